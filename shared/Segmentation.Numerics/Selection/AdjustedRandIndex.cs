using System.Runtime.InteropServices;

namespace Segmentation.Numerics.Selection;

/// <summary>The adjusted Rand index (Hubert and Arabie, 1985): how far two partitions of the same rows agree, beyond chance.</summary>
public static class AdjustedRandIndex
{
    /// <summary>1 for equal partitions whatever their labels, about 0 for unrelated ones, never below −1. O(n).</summary>
    /// <remarks>
    /// Pairs are counted in integers of 128 bits and divided once, so the result is exact to the last rounding for any n. Two partitions
    /// that are
    /// both trivial in the same way (one cluster, or every row alone; also fewer than two rows) are equal: 1.
    /// </remarks>
    /// <param name="first">A label for each row; any integers.</param>
    /// <param name="second">A label for each row; any integers.</param>
    /// <exception cref="ArgumentException">The two have different lengths.</exception>
    public static double Score(ReadOnlySpan<int> first, ReadOnlySpan<int> second) => Score(first, second, null);

    /// <summary>The index of partitions of points that stand for several rows each.</summary>
    /// <param name="first">A label for each point; any integers.</param>
    /// <param name="second">A label for each point; any integers.</param>
    /// <param name="points">The points, whose weights count; null: each counts once.</param>
    /// <exception cref="ArgumentException">The two have different lengths, or another than the points.</exception>
    public static double Score(ReadOnlySpan<int> first, ReadOnlySpan<int> second, WeightedPoints? points)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"The second partition has {second.Length} labels; expected {first.Length}, as the first has.", nameof(second));
        }

        if (points is not null && points.Points.Rows != first.Length)
        {
            throw new ArgumentException($"The partitions have {first.Length} labels; expected {points.Points.Rows}, one a point.", nameof(first));
        }

        int[] a = Numbered(first, out int groupsOfFirst);
        int[] b = Numbered(second, out int groupsOfSecond);
        Int128 pairsOfFirst = Pairs(Counts(a, groupsOfFirst, points));
        Int128 pairsOfSecond = Pairs(Counts(b, groupsOfSecond, points));
        Int128 rows = points?.Total ?? first.Length;
        Int128 pairs = rows * (rows - 1) / 2;
        Int128 product = pairsOfFirst * pairsOfSecond;
        Int128 denominator = ((pairsOfFirst + pairsOfSecond) * pairs) - (2 * product);
        if (denominator == 0)
        {
            return 1;
        }

        Int128 common = PairsInBoth(a, b, groupsOfFirst, groupsOfSecond, points);
        return (double)(2 * ((common * pairs) - product)) / (double)denominator;
    }

    private static Int128 PairsInBoth(int[] a, int[] b, int groupsOfFirst, int groupsOfSecond, WeightedPoints? points)
    {
        long cells = (long)groupsOfFirst * groupsOfSecond;
        if (cells <= Math.Max(1 << 16, a.Length))
        {
            long[] table = new long[cells];
            for (int i = 0; i < a.Length; i++)
            {
                table[(a[i] * groupsOfSecond) + b[i]] += points?.Weight(i) ?? 1;
            }

            return Pairs(table);
        }

        var sparse = new Dictionary<long, long>();
        for (int i = 0; i < a.Length; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sparse, ((long)a[i] * groupsOfSecond) + b[i], out _) += points?.Weight(i) ?? 1;
        }

        return Pairs([.. sparse.Values]);
    }

    /// <summary>The labels as 0, 1, 2… in the order in which they first come.</summary>
    private static int[] Numbered(ReadOnlySpan<int> labels, out int groups)
    {
        int[] numbered = new int[labels.Length];
        int[] small = new int[256];
        Dictionary<int, int>? large = null;
        groups = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            int label = labels[i];
            ref int number = ref ((uint)label < (uint)small.Length
                ? ref small[label]
                : ref CollectionsMarshal.GetValueRefOrAddDefault(large ??= [], label, out _));
            if (number == 0)
            {
                number = ++groups;
            }

            numbered[i] = number - 1;
        }

        return numbered;
    }

    private static long[] Counts(int[] numbered, int groups, WeightedPoints? points)
    {
        long[] counts = new long[groups];
        for (int i = 0; i < numbered.Length; i++)
        {
            counts[numbered[i]] += points?.Weight(i) ?? 1;
        }

        return counts;
    }

    private static Int128 Pairs(ReadOnlySpan<long> counts)
    {
        Int128 pairs = 0;
        foreach (long count in counts)
        {
            // At most WeightedPoints.MaxTotal: the product fits.
            pairs += count * (count - 1) / 2;
        }

        return pairs;
    }
}
