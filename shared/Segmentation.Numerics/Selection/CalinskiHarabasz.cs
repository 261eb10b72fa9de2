namespace Segmentation.Numerics.Selection;

/// <summary>The variance ratio of Caliński and Harabasz (1974): (B ÷ (k − 1)) ÷ (W ÷ (n − k)); larger is better.</summary>
/// <remarks>
/// B is the squared distance of the centroids to the mean of all rows, weighted by size; W that of the rows to their centroids.
/// </remarks>
public static class CalinskiHarabasz
{
    /// <summary>The score of n rows of d features; k is the number of clusters that hold rows. O(n·d).</summary>
    /// <returns>
    /// The ratio, or null where it is undefined: k below 2, k = n, or every row on its centroid (or so near that the ratio is not finite).
    /// </returns>
    /// <exception cref="ArgumentException">The labels do not fit the rows or the number of clusters.</exception>
    public static double? Score(FeatureMatrix points, ReadOnlySpan<int> labels, int clusterCount)
    {
        var partition = new Partition(points, labels, clusterCount);
        int k = partition.NonEmpty;
        int n = points.Rows;
        if (k < 2 || k == n)
        {
            return null;
        }

        double between = 0;
        double within = 0;
        for (int j = 0; j < points.Columns; j++)
        {
            double mean = StandardScaler.Moments(points.Column(j)).Mean;
            var column = partition.Sorted.Column(j);
            for (int c = 0; c < clusterCount; c++)
            {
                int size = partition.Size(c);
                if (size > 0)
                {
                    var (own, variance) = StandardScaler.Moments(column.Slice(partition.Starts[c], size));
                    between += size * (own - mean) * (own - mean);
                    within += size * variance;
                }
            }
        }

        double ratio = between / (k - 1) / (within / (n - k));
        return double.IsFinite(ratio) ? ratio : null;
    }
}
