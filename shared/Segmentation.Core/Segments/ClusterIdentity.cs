using Segmentation.Numerics;
using Segmentation.Numerics.Assignment;

namespace Segmentation.Core.Segments;

/// <summary>The ids of the clusters of a model: those of the previous run where clusters match, new ones where they do not.</summary>
/// <param name="Ids">The id of each cluster, in the order of the model.</param>
/// <param name="NextId">The least id that no run before has used.</param>
/// <param name="Distances">How far the centre of each moved from that of the cluster it continues; null where it is new.</param>
internal sealed record ClusterIdentity(IReadOnlyList<int> Ids, int NextId, IReadOnlyList<double?> Distances)
{
    /// <summary>
    /// The farthest that a centre may move and still be that of the same cluster: one standardised unit, which is one deviation of a
    /// single feature over all customers.
    /// </summary>
    public const double MostDistance = 1;

    /// <summary>Numbers clusters 1…k: there is no previous run to follow.</summary>
    public static ClusterIdentity First(int clusters) =>
        new([.. Enumerable.Range(1, clusters)], clusters + 1, [.. Enumerable.Repeat<double?>(null, clusters)]);

    /// <summary>Follows the previous model by the assignment of centres of least total distance.</summary>
    /// <param name="centroids">The centres now, in standardised units of this run.</param>
    /// <param name="features">What standardises them.</param>
    /// <param name="previous">The model of the previous run.</param>
    /// <remarks>
    /// The previous centres are brought back to logarithms and standardised as those of this run, so that both lie in one space. A pair
    /// farther apart than <see cref="MostDistance" /> costs no more than leaving both alone: it is never made for the sake of another.
    /// </remarks>
    public static ClusterIdentity Follow(IReadOnlyList<double[]> centroids, ModelFeatures features, SegmentModel previous)
    {
        double[][] earlier = [.. (previous.Centroids ?? []).Select(centroid => InSpaceOf(features, previous.Features, centroid))];
        int next = previous.NextClusterId ?? (previous.Centroids?.Count ?? 0) + 1;
        int[] ids = new int[centroids.Count];
        var distances = new double?[centroids.Count];
        int[] partners = Pair(centroids, earlier);
        for (int i = 0; i < ids.Length; i++)
        {
            double distance = partners[i] < earlier.Length ? Distance(centroids[i], earlier[partners[i]]) : double.PositiveInfinity;
            if (distance <= MostDistance)
            {
                ids[i] = previous.ClusterId(partners[i]);
                distances[i] = distance;
            }
        }

        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = distances[i] is null ? next++ : ids[i];
        }

        return new ClusterIdentity(ids, next, distances);
    }

    // As many columns that stand for "none" as there are clusters, so that each can stay alone.
    private static int[] Pair(IReadOnlyList<double[]> centroids, double[][] earlier)
    {
        double[,] costs = new double[centroids.Count, earlier.Length + centroids.Count];
        for (int i = 0; i < centroids.Count; i++)
        {
            for (int j = 0; j < costs.GetLength(1); j++)
            {
                costs[i, j] = j < earlier.Length ? Math.Min(MostDistance, Distance(centroids[i], earlier[j])) : MostDistance;
            }
        }

        return LinearAssignment.Solve(costs);
    }

    private static double[] InSpaceOf(ModelFeatures features, ModelFeatures earlier, double[] centroid)
    {
        double[] row = new double[centroid.Length];
        new StandardScaler(earlier.Means, earlier.Deviations).InverseTransform(centroid, row);
        new StandardScaler(features.Means, features.Deviations).Transform(row, row);
        return row;
    }

    private static double Distance(double[] a, double[] b)
    {
        double squares = 0;
        for (int i = 0; i < a.Length; i++)
        {
            squares += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return Math.Sqrt(squares);
    }
}
