using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Segmentation.Numerics;

/// <summary>Sums of doubles whose order and shape depend on the length alone, never on the machine.</summary>
/// <remarks>
/// Eight lanes (element i goes to lane i mod 8) within blocks of 1,024, and pairs of halves above. The eight lanes are one 512-bit
/// vector; where the hardware has none, the runtime carries the same eight additions out in pieces. The error grows with log n.
/// </remarks>
internal static class FixedOrderSum
{
    internal const int Lanes = 8;
    private const int Block = 1024;

    internal static double Of(ReadOnlySpan<double> values)
    {
        if (values.Length <= Block)
        {
            return OfBlock(values);
        }

        int half = Half(values.Length);
        return Of(values[..half]) + Of(values[half..]);
    }

    /// <summary>The sum of value − centre, and of its square, in the same order.</summary>
    internal static (double Deviations, double Squares) OfDeviations(ReadOnlySpan<double> values, double centre)
    {
        if (values.Length > Block)
        {
            int half = Half(values.Length);
            var left = OfDeviations(values[..half], centre);
            var right = OfDeviations(values[half..], centre);
            return (left.Deviations + right.Deviations, left.Squares + right.Squares);
        }

        Span<double> deviations = stackalloc double[Block];
        deviations = deviations[..values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            deviations[i] = values[i] - centre;
        }

        double sum = OfBlock(deviations);
        foreach (ref double deviation in deviations)
        {
            deviation *= deviation;
        }

        return (sum, OfBlock(deviations));
    }

    /// <summary>Adds eight lanes in the one order that is used everywhere.</summary>
    internal static double OfLanes(Vector512<double> lanes) =>
        ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));

    /// <summary>Adds eight lanes that lie in memory, in the same order.</summary>
    internal static double OfLanes(ReadOnlySpan<double> lanes) =>
        ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));

    private static double OfBlock(ReadOnlySpan<double> values)
    {
        if (!VectorMath.IsAccelerated)
        {
            Span<double> plain = stackalloc double[Lanes];
            plain.Clear();
            for (int v = 0; v < values.Length; v++)
            {
                plain[v % Lanes] += values[v];
            }

            return OfLanes(plain);
        }

        var lanes = Vector512<double>.Zero;
        ref double first = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Lanes; i += Lanes)
        {
            lanes += Vector512.LoadUnsafe(ref first, (nuint)i);
        }

        if (i < values.Length)
        {
            Span<double> rest = stackalloc double[Lanes];
            rest.Clear();
            values[i..].CopyTo(rest);
            lanes += Vector512.Create<double>(rest);
        }

        return OfLanes(lanes);
    }

    private static int Half(int length) => ((length / 2) + Block - 1) / Block * Block;
}
