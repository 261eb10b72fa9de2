using Segmentation.Numerics.Assignment;

namespace Segmentation.Core.Segments;

/// <summary>What a cluster continues.</summary>
/// <param name="Id">The id of the earlier cluster.</param>
/// <param name="Distance">How far the centre moved, in standardised units of the run.</param>
/// <param name="Basis">What tells so: one of the constants of <see cref="ClusterMatch" />.</param>
internal sealed record ClusterOrigin(int Id, double Distance, string Basis);

/// <summary>Pairs the clusters of a model with earlier ones, one kind of evidence after another. Not thread-safe.</summary>
/// <param name="centroids">The centres now, in standardised units of the run.</param>
/// <param name="features">What standardises them.</param>
/// <param name="previous">The model of the previous run.</param>
internal sealed class ClusterSuccession(IReadOnlyList<double[]> centroids, ModelFeatures features, SegmentModel previous)
{
    private readonly ClusterOrigin?[] _origins = new ClusterOrigin?[centroids.Count];
    private readonly Earlier[] _before =
    [
        .. (previous.Centroids ?? []).Select((centroid, place) =>
            new Earlier(previous.ClusterId(place), place, features.Standardised(previous.Features.Logarithms(centroid)))),
    ];

    private readonly HashSet<int> _taken = [];

    /// <summary>What each cluster continues; null where nothing is known so far.</summary>
    public IReadOnlyList<ClusterOrigin?> Origins => _origins;

    /// <summary>Pairs that are in both runs most of each other's customers, where the name still holds.</summary>
    public void PairByCustomers(ClusterOverlap overlap, Func<int, int, bool> isStillCalled)
    {
        for (int cluster = 0; cluster < _origins.Length; cluster++)
        {
            foreach (Earlier earlier in _before)
            {
                if (overlap.IsMostOfBoth(cluster, earlier.Place) && isStillCalled(cluster, earlier.Id))
                {
                    Take(cluster, earlier, ClusterMatch.ByCustomers);
                }
            }
        }
    }

    /// <summary>The pairs of the rest with the least sum of distances, none beyond a limit; where the name still holds, half a distance counts.</summary>
    /// <remarks>
    /// A pair at the limit costs no more than leaving both alone: it is never made for the sake of another. Without the name a cluster
    /// that splits would give its id to the half that is called otherwise, and its name to a new id.
    /// </remarks>
    public void PairByCentre(double mostDistance, Func<int, int, bool> isStillCalled) => Assign(
        _before,
        mostDistance,
        ClusterMatch.ByCentre,
        (cluster, earlier) => DistanceTo(cluster, earlier) / (isStillCalled(cluster, earlier.Id) ? 2 : 1));

    /// <summary>The pairs of the rest of which the name still holds, with the most customers in common.</summary>
    /// <remarks>To be alone costs more than any such pair, so that none is left in which both are.</remarks>
    public void PairByName(ClusterOverlap overlap, Func<int, int, bool> isStillCalled) => Assign(
        _before,
        2,
        ClusterMatch.ByName,
        (cluster, earlier) => isStillCalled(cluster, earlier.Id) ? 1 - overlap.Jaccard(cluster, earlier.Place) : null);

    /// <summary>The pairs of the rest with clusters that ended: near and the name still holds, or nearer by half.</summary>
    /// <remarks>No customers speak for them, and what comes back after a year has to mean what it meant.</remarks>
    public void PairWithRetired(double mostDistance, Func<int, int, bool> isStillCalled)
    {
        Earlier[] retired = [.. (previous.Retired ?? []).Select(one => new Earlier(one.Id, -1, features.Standardised(one.Centre)))];
        Assign(retired, mostDistance, ClusterMatch.Returned, CostOf);

        double? CostOf(int cluster, Earlier earlier)
        {
            double distance = DistanceTo(cluster, earlier);
            return distance <= mostDistance / 2 || isStillCalled(cluster, earlier.Id) ? distance : null;
        }
    }

    private void Assign(IEnumerable<Earlier> candidates, double alone, string basis, Func<int, Earlier, double?> costOf)
    {
        int[] clusters = [.. Enumerable.Range(0, _origins.Length).Where(cluster => _origins[cluster] is null)];
        Earlier[] rest = [.. candidates.Where(earlier => !_taken.Contains(earlier.Id))];
        if (clusters.Length == 0 || rest.Length == 0)
        {
            return;
        }

        // As many columns that stand for "none" as there are clusters, so that each can stay alone.
        double[,] costs = new double[clusters.Length, rest.Length + clusters.Length];
        for (int row = 0; row < clusters.Length; row++)
        {
            for (int column = 0; column < costs.GetLength(1); column++)
            {
                costs[row, column] = column < rest.Length ? Math.Min(alone, costOf(clusters[row], rest[column]) ?? alone) : alone;
            }
        }

        foreach ((int row, int column) in LinearAssignment.Solve(costs).Index())
        {
            if (column < rest.Length && costOf(clusters[row], rest[column]) <= alone)
            {
                Take(clusters[row], rest[column], basis);
            }
        }
    }

    private void Take(int cluster, Earlier earlier, string basis)
    {
        _origins[cluster] = new ClusterOrigin(earlier.Id, DistanceTo(cluster, earlier), basis);
        _taken.Add(earlier.Id);
    }

    private double DistanceTo(int cluster, Earlier earlier)
    {
        double squares = 0;
        for (int i = 0; i < earlier.Centre.Length; i++)
        {
            double difference = centroids[cluster][i] - earlier.Centre[i];
            squares += difference * difference;
        }

        return Math.Sqrt(squares);
    }

    private sealed record Earlier(int Id, int Place, double[] Centre);
}
