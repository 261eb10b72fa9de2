namespace Segmentation.Numerics.Selection;

/// <summary>The variance ratio of Caliński and Harabasz (1974): (B ÷ (k − 1)) ÷ (W ÷ (n − k)); larger is better.</summary>
/// <remarks>
/// B is the squared distance of the centroids to the mean of all rows, weighted by size; W that of the rows to their centroids.
/// </remarks>
public static class CalinskiHarabasz
{
    /// <summary>The score of n rows of d features (a point of weight w is w rows); k is the number of clusters that hold rows. O(n·d).</summary>
    /// <param name="points">The points.</param>
    /// <param name="labels">The cluster of each point, 0…<paramref name="clusterCount" /> − 1.</param>
    /// <param name="clusterCount">The clusters, some of which may be empty.</param>
    /// <param name="withinPoints">Squared distances of the rows to the points that stand for them, where points are means of rows.</param>
    /// <returns>
    /// The ratio, or null where it is undefined: k below 2, k = n, or every row on its centroid (or so near that the ratio is not finite).
    /// </returns>
    /// <exception cref="ArgumentException">The labels do not fit the rows or the number of clusters.</exception>
    public static double? Score(WeightedPoints points, ReadOnlySpan<int> labels, int clusterCount, double withinPoints = 0)
    {
        var partition = new Partition(points, labels, clusterCount);
        int k = partition.NonEmpty;
        long n = points.Total;
        if (k < 2 || k == n)
        {
            return null;
        }

        double between = 0;
        double within = withinPoints;
        ReadOnlySpan<double> weights = points.IsWeighted ? points.PaddedWeights[..points.Points.Rows] : default;
        for (int j = 0; j < points.Points.Columns; j++)
        {
            double mean = StandardScaler.Moments(points.Points.Column(j), weights).Mean;
            for (int c = 0; c < clusterCount; c++)
            {
                long size = partition.Total(c);
                if (size > 0)
                {
                    var (own, variance) = partition.Moments(c, j);
                    between += size * (own - mean) * (own - mean);
                    within += size * variance;
                }
            }
        }

        double ratio = between / (k - 1) / (within / (n - k));
        return double.IsFinite(ratio) ? ratio : null;
    }
}
