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
    public static double Score(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"The second partition has {second.Length} labels; expected {first.Length}, as the first has.", nameof(second));
        }

        int[] a = Numbered(first, out int groupsOfFirst);
        int[] b = Numbered(second, out int groupsOfSecond);
        Int128 pairsOfFirst = Pairs(Counts(a, groupsOfFirst));
        Int128 pairsOfSecond = Pairs(Counts(b, groupsOfSecond));
        Int128 pairs = (Int128)first.Length * (first.Length - 1) / 2;
        Int128 product = pairsOfFirst * pairsOfSecond;
        Int128 denominator = ((pairsOfFirst + pairsOfSecond) * pairs) - (2 * product);
        if (denominator == 0)
        {
            return 1;
        }

        Int128 common = PairsInBoth(a, b, groupsOfFirst, groupsOfSecond);
        return (double)(2 * ((common * pairs) - product)) / (double)denominator;
    }

    private static Int128 PairsInBoth(int[] a, int[] b, int groupsOfFirst, int groupsOfSecond)
    {
        long cells = (long)groupsOfFirst * groupsOfSecond;
        if (cells <= Math.Max(1 << 16, a.Length))
        {
            int[] table = new int[cells];
            for (int i = 0; i < a.Length; i++)
            {
                table[(a[i] * groupsOfSecond) + b[i]]++;
            }

            return Pairs(table);
        }

        var sparse = new Dictionary<long, int>();
        for (int i = 0; i < a.Length; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sparse, ((long)a[i] * groupsOfSecond) + b[i], out _)++;
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

    private static int[] Counts(int[] numbered, int groups)
    {
        int[] counts = new int[groups];
        foreach (int group in numbered)
        {
            counts[group]++;
        }

        return counts;
    }

    private static Int128 Pairs(ReadOnlySpan<int> counts)
    {
        Int128 pairs = 0;
        foreach (int count in counts)
        {
            pairs += (long)count * (count - 1) / 2;
        }

        return pairs;
    }
}
