namespace Segmentation.Numerics.Selection;

/// <summary>Labels that have been checked against points: the sizes of the clusters, and the points sorted by cluster.</summary>
internal sealed class Partition
{
    private readonly double[] _weights = [];
    private readonly long[] _totals = [];

    internal Partition(WeightedPoints weighted, ReadOnlySpan<int> labels, int clusterCount)
    {
        FeatureMatrix points = weighted.Points;
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
        if (weighted.IsWeighted)
        {
            _weights = Array.ConvertAll(Order, row => (double)weighted.Weight(row));
            _totals = new long[clusterCount];
            for (int i = 0; i < labels.Length; i++)
            {
                _totals[labels[i]] += weighted.Weight(i);
            }
        }
    }

    internal int ClusterCount { get; }

    internal int NonEmpty { get; }

    /// <summary>The place in <see cref="Order" /> where each cluster starts, and n at the end.</summary>
    internal int[] Starts { get; }

    /// <summary>The rows, cluster after cluster, ascending within each.</summary>
    internal int[] Order { get; }

    /// <summary>The points in that order.</summary>
    internal FeatureMatrix Sorted { get; }

    /// <summary>The weights in that order; empty where all are 1.</summary>
    internal ReadOnlySpan<double> Weights => _weights;

    /// <summary>All places of <see cref="Order" />, 0…n − 1.</summary>
    internal int[] Places() => [.. Enumerable.Range(0, Order.Length)];

    /// <summary>The points of a cluster, whatever their weights.</summary>
    internal int Size(int cluster) => Starts[cluster + 1] - Starts[cluster];

    /// <summary>The weight of a cluster: the rows that its points stand for.</summary>
    internal long Total(int cluster) => _totals.Length == 0 ? Size(cluster) : _totals[cluster];

    /// <summary>The weights of a cluster's points; empty where all weights are 1.</summary>
    internal ReadOnlySpan<double> WeightsOf(int cluster) => _weights.Length == 0 ? default : _weights.AsSpan(Starts[cluster]..Starts[cluster + 1]);

    /// <summary>Mean and population variance of a feature of a cluster that has points.</summary>
    internal (double Mean, double Variance) Moments(int cluster, int feature) =>
        StandardScaler.Moments(Sorted.Column(feature)[Starts[cluster]..Starts[cluster + 1]], WeightsOf(cluster));

    /// <summary>The mean of each cluster, row by row; 0 for an empty one.</summary>
    internal double[] Means()
    {
        double[] means = new double[ClusterCount * Sorted.Columns];
        for (int c = 0; c < ClusterCount; c++)
        {
            for (int j = 0; j < Sorted.Columns && Size(c) > 0; j++)
            {
                means[(c * Sorted.Columns) + j] = Moments(c, j).Mean;
            }
        }

        return means;
    }

    /// <summary>The sum over all rows of the squared distance to the mean of their cluster.</summary>
    internal double WithinSquares()
    {
        double squares = 0;
        for (int c = 0; c < ClusterCount; c++)
        {
            for (int j = 0; j < Sorted.Columns && Size(c) > 0; j++)
            {
                squares += Total(c) * Moments(c, j).Variance;
            }
        }

        return squares;
    }
}
