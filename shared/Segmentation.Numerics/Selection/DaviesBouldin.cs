using Segmentation.Numerics.Clustering;

namespace Segmentation.Numerics.Selection;

/// <summary>The index of Davies and Bouldin (1979): the mean over clusters of the worst (sᵢ + sⱼ) ÷ dᵢⱼ; 0 is best.</summary>
/// <remarks>s is the mean Euclidean distance of a cluster's rows to its centroid (their mean), d the distance of two centroids.</remarks>
public static class DaviesBouldin
{
    /// <summary>The score of n rows of d features (a point of weight w is w rows). O(n·d + k²·d). Clusters without rows count for nothing.</summary>
    /// <returns>
    /// The score, or null where fewer than two clusters hold rows, or two centroids coincide (where the ratio is infinite). With every row
    /// on its centroid it is 0.
    /// </returns>
    /// <exception cref="ArgumentException">The labels do not fit the rows or the number of clusters.</exception>
    public static double? Score(WeightedPoints points, ReadOnlySpan<int> labels, int clusterCount)
    {
        var partition = new Partition(points, labels, clusterCount);
        if (partition.NonEmpty < 2)
        {
            return null;
        }

        int d = points.Points.Columns;
        double[] means = partition.Means();
        double[] spread = Spreads(partition, means);
        double sum = 0;
        for (int a = 0; a < clusterCount; a++)
        {
            if (partition.Size(a) == 0)
            {
                continue;
            }

            double worst = 0;
            for (int b = 0; b < clusterCount; b++)
            {
                if (a == b || partition.Size(b) == 0)
                {
                    continue;
                }

                double distance = Math.Sqrt(CentroidDistances.OfRow(means.AsSpan(a * d, d), means.AsSpan(b * d, d)));
                double ratio = (spread[a] + spread[b]) / distance;
                if (!double.IsFinite(ratio))
                {
                    return null;
                }

                worst = Math.Max(worst, ratio);
            }

            sum += worst;
        }

        return sum / partition.NonEmpty;
    }

    private static double[] Spreads(Partition partition, double[] means)
    {
        int d = partition.Sorted.Columns;
        double[] row = new double[d];
        double[] spread = new double[partition.ClusterCount];
        for (int c = 0; c < spread.Length; c++)
        {
            double[] distances = new double[partition.Size(c)];
            for (int i = 0; i < distances.Length; i++)
            {
                partition.Sorted.CopyRow(partition.Starts[c] + i, row);
                distances[i] = Math.Sqrt(CentroidDistances.OfRow(row, means.AsSpan(c * d, d)));
            }

            ReadOnlySpan<double> weights = partition.WeightsOf(c);
            for (int i = 0; i < weights.Length; i++)
            {
                distances[i] *= weights[i];
            }

            spread[c] = distances.Length == 0 ? 0 : FixedOrderSum.Of(distances) / partition.Total(c);
        }

        return spread;
    }
}
