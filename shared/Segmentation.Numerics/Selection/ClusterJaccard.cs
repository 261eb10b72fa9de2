namespace Segmentation.Numerics.Selection;

/// <summary>How well each cluster of a partition is found again in another: the greatest Jaccard coefficient (Hennig, 2007).</summary>
public static class ClusterJaccard
{
    /// <summary>For each cluster C of the first partition the largest |C ∩ D| ÷ |C ∪ D| over the clusters D of the second. O(n + k·l).</summary>
    /// <param name="points">The points, whose weights count.</param>
    /// <param name="first">The cluster of each point, 0…<paramref name="clusterCount" /> − 1.</param>
    /// <param name="clusterCount">k.</param>
    /// <param name="second">The cluster of each point in the other partition, from 0.</param>
    /// <returns>k numbers from 0 to 1; 0 for a cluster that holds no point.</returns>
    /// <exception cref="ArgumentException">Labels do not fit the points, or one is outside its range.</exception>
    public static double[] Score(WeightedPoints points, ReadOnlySpan<int> first, int clusterCount, ReadOnlySpan<int> second)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clusterCount);
        int n = points.Points.Rows;
        if (first.Length != n || second.Length != n)
        {
            throw new ArgumentException($"{first.Length} and {second.Length} labels were given; expected {n} each, one a point.", nameof(second));
        }

        int others = 1;
        for (int i = 0; i < n; i++)
        {
            if ((uint)first[i] >= (uint)clusterCount || second[i] < 0)
            {
                throw new ArgumentException(
                    $"The labels of point {i} are {first[i]} and {second[i]}; expected 0 to {clusterCount - 1} and at least 0.", nameof(first));
            }

            others = Math.Max(others, second[i] + 1);
        }

        long[] common = new long[checked(clusterCount * others)];
        long[] sizes = new long[clusterCount];
        long[] otherSizes = new long[others];
        for (int i = 0; i < n; i++)
        {
            long weight = points.Weight(i);
            common[(first[i] * others) + second[i]] += weight;
            sizes[first[i]] += weight;
            otherSizes[second[i]] += weight;
        }

        double[] best = new double[clusterCount];
        for (int c = 0; c < clusterCount; c++)
        {
            for (int o = 0; o < others; o++)
            {
                long both = common[(c * others) + o];
                if (both > 0)
                {
                    best[c] = Math.Max(best[c], (double)both / (sizes[c] + otherSizes[o] - both));
                }
            }
        }

        return best;
    }
}
