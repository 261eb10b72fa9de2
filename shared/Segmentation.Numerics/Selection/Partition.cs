namespace Segmentation.Numerics.Selection;

/// <summary>Labels that have been checked against a matrix: the sizes of the clusters, and the rows sorted by cluster.</summary>
internal sealed class Partition
{
    internal Partition(FeatureMatrix points, ReadOnlySpan<int> labels, int clusterCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clusterCount);
        if (labels.Length != points.Rows)
        {
            throw new ArgumentException($"{labels.Length} labels were given; expected {points.Rows}, one a row.", nameof(labels));
        }

        Starts = new int[clusterCount + 1];
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)clusterCount)
            {
                throw new ArgumentException($"The label of row {i} is {labels[i]}; expected 0 to {clusterCount - 1}.", nameof(labels));
            }

            Starts[labels[i] + 1]++;
        }

        for (int c = 0; c < clusterCount; c++)
        {
            NonEmpty += Starts[c + 1] > 0 ? 1 : 0;
            Starts[c + 1] += Starts[c];
        }

        int[] next = Starts[..clusterCount];
        Order = new int[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            Order[next[labels[i]]++] = i;
        }

        ClusterCount = clusterCount;
        Sorted = points.SelectRows(Order);
    }

    internal int ClusterCount { get; }

    internal int NonEmpty { get; }

    /// <summary>The place in <see cref="Order" /> where each cluster starts, and n at the end.</summary>
    internal int[] Starts { get; }

    /// <summary>The rows, cluster after cluster, ascending within each.</summary>
    internal int[] Order { get; }

    /// <summary>The points in that order.</summary>
    internal FeatureMatrix Sorted { get; }

    internal int Size(int cluster) => Starts[cluster + 1] - Starts[cluster];

    /// <summary>The mean of each cluster, row by row; 0 for an empty one.</summary>
    internal double[] Means()
    {
        double[] means = new double[ClusterCount * Sorted.Columns];
        for (int c = 0; c < ClusterCount; c++)
        {
            for (int j = 0; j < Sorted.Columns && Size(c) > 0; j++)
            {
                means[(c * Sorted.Columns) + j] = StandardScaler.Moments(Sorted.Column(j)[Starts[c]..Starts[c + 1]]).Mean;
            }
        }

        return means;
    }
}
