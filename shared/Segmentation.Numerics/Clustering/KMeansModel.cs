namespace Segmentation.Numerics.Clustering;

/// <summary>The result of k-means on n rows of d features. Thread-safe as long as nobody writes to <see cref="Labels" />.</summary>
public sealed class KMeansModel
{
    private readonly NearestCentroid _rule;

    internal KMeansModel(FeatureMatrix centroids, int[] labels, double inertia, int iterations)
    {
        _rule = new NearestCentroid(centroids);
        Labels = labels;
        Inertia = inertia;
        Iterations = iterations;
    }

    /// <summary>The centres, one row a cluster, none empty: k × d, or fewer rows where the data hold fewer points that differ.</summary>
    public FeatureMatrix Centroids => _rule.Centroids;

    /// <summary>The cluster, 0…k − 1, of each of the n rows: the nearest of <see cref="Centroids" />.</summary>
    public int[] Labels { get; }

    /// <summary>The sum over all rows of the squared distance to the nearest centre.</summary>
    public double Inertia { get; }

    /// <summary>How many times the winning start assigned the rows and moved the centres.</summary>
    public int Iterations { get; }

    /// <summary>The cluster of each row of another matrix of d features.</summary>
    public int[] Predict(FeatureMatrix rows) => _rule.Predict(rows);

    /// <summary>The cluster of one row of d features.</summary>
    public int PredictRow(ReadOnlySpan<double> row) => _rule.PredictRow(row);
}
