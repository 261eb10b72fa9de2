namespace Segmentation.Numerics.Selection;

/// <summary>Simple random samples of row numbers, without replacement, in memory of the sample alone.</summary>
internal static class SampleOfRows
{
    /// <summary>m of 0…n − 1, ascending, every set of m equally likely: the algorithm F2 of Floyd (Bentley and Floyd, 1987). O(m log m).</summary>
    internal static int[] Draw(int n, int m, Xoshiro256StarStar generator)
    {
        var drawn = new HashSet<int>(m);
        for (int last = n - m; last < n; last++)
        {
            if (!drawn.Add(generator.NextInt32(last + 1)))
            {
                drawn.Add(last);
            }
        }

        int[] rows = [.. drawn];
        Array.Sort(rows);
        return rows;
    }
}
