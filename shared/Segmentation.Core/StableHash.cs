using System.Buffers.Binary;
using System.Text;

namespace Segmentation.Core;

/// <summary>A 64-bit hash that is the same on every machine and in every version: buckets and shards are chosen by it.</summary>
/// <remarks>Multiply and xor-shift over 8 bytes at a time, finished by the mixer of MurmurHash3. Not for secrets.</remarks>
public static class StableHash
{
    private const ulong Multiplier = 0x9DDFEA08EB382D69;

    /// <summary>The hash of some bytes.</summary>
    public static ulong Compute(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length * Multiplier;
        while (bytes.Length >= 8)
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        if (!bytes.IsEmpty)
        {
            ulong tail = 0;
            for (int i = bytes.Length - 1; i >= 0; i--)
            {
                tail = (tail << 8) | bytes[i];
            }

            hash = Mix(hash, tail);
        }

        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCD;
        hash ^= hash >> 33;
        hash *= 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }

    /// <summary>The hash of a text's UTF-8 bytes.</summary>
    public static ulong Compute(string text) => Compute(Encoding.UTF8.GetBytes(text));

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Multiplier;
        return hash ^ (hash >> 47);
    }
}
