using System.Numerics;

namespace Segmentation.Numerics;

/// <summary>The generator xoshiro256** 1.0 (Blackman and Vigna, 2018): 256 bits of state, period 2²⁵⁶ − 1.</summary>
/// <remarks>
/// The state is filled by SplitMix64 from the seed, so that near seeds give unrelated sequences. The sequence of a seed is part of
/// the contract: it is the same on every machine and in every version. Not for secrets. Not thread-safe: one a task.
/// </remarks>
public sealed class Xoshiro256StarStar
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>
    /// A generator for a purpose: the parts (seed, algorithm, refit, k…) are mixed in order, so that no two purposes share a sequence.
    /// </summary>
    public Xoshiro256StarStar(params ReadOnlySpan<ulong> seed)
    {
        ulong state = 0;
        foreach (ulong part in seed)
        {
            state = SplitMix64(ref state) ^ part;
        }

        _s0 = SplitMix64(ref state);
        _s1 = SplitMix64(ref state);
        _s2 = SplitMix64(ref state);
        _s3 = SplitMix64(ref state);
    }

    /// <summary>A generator in a given state, for comparison with published sequences.</summary>
    internal Xoshiro256StarStar((ulong S0, ulong S1, ulong S2, ulong S3) state) => (_s0, _s1, _s2, _s3) = state;

    /// <summary>The next 64 bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>The next number in [0, 1): a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// The next integer in [0, <paramref name="exclusiveMax" />), every one equally likely (Lemire's multiplication with rejection).
    /// </summary>
    public int NextInt32(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        ulong range = (ulong)exclusiveMax;
        ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
        if (low < range)
        {
            ulong threshold = unchecked(0UL - range) % range;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), range, out low);
            }
        }

        return (int)high;
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
