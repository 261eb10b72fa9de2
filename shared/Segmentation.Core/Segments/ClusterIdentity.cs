namespace Segmentation.Core.Segments;

/// <summary>The ids of the clusters of a model: those of earlier clusters that they continue, new ones where they continue none.</summary>
/// <param name="Ids">The id of each cluster, in the order of the model.</param>
/// <param name="NextId">The least id that no run before has used.</param>
/// <param name="Origins">What each continues; null where it is new.</param>
internal sealed record ClusterIdentity(IReadOnlyList<int> Ids, int NextId, IReadOnlyList<ClusterOrigin?> Origins)
{
    /// <summary>
    /// The farthest that a centre may move and still be that of the same cluster for that reason alone: one standardised unit, which is
    /// one deviation of a single feature over all customers.
    /// </summary>
    public const double MostDistance = 1;

    /// <summary>How far the centre of each moved from that of the cluster it continues; null where it is new.</summary>
    public IReadOnlyList<double?> Distances => [.. Origins.Select(origin => origin?.Distance)];

    /// <summary>Numbers clusters 1…k: there is no previous run to follow.</summary>
    public static ClusterIdentity First(int clusters) =>
        new([.. Enumerable.Range(1, clusters)], clusters + 1, new ClusterOrigin?[clusters]);

    /// <summary>Follows the previous model: by customers, by centres, by names, then by what ended before.</summary>
    /// <param name="centroids">The centres now, in standardised units of this run.</param>
    /// <param name="features">What standardises them.</param>
    /// <param name="previous">The model of the previous run.</param>
    /// <param name="overlap">Where the customers of both runs are and were.</param>
    /// <param name="isStillCalled">Whether the name of an earlier cluster, by its id, is true of a cluster, by its place.</param>
    /// <remarks>
    /// Customers come first, because they are right also where the figures are not: amounts that are a hundred times too large put each
    /// centre where another was. Earlier centres are brought back to logarithms and standardised as those of this run, so that
    /// both lie in one space. A name that still holds halves a distance; alone it decides only between what would otherwise have ended
    /// and begun under it.
    /// </remarks>
    public static ClusterIdentity Follow(
        IReadOnlyList<double[]> centroids,
        ModelFeatures features,
        SegmentModel previous,
        ClusterOverlap overlap,
        Func<int, int, bool> isStillCalled)
    {
        var succession = new ClusterSuccession(centroids, features, previous);
        succession.PairByCustomers(overlap, isStillCalled);
        succession.PairByCentre(MostDistance, isStillCalled);
        succession.PairByName(overlap, isStillCalled);
        succession.PairWithRetired(MostDistance, isStillCalled);
        int next = previous.NextClusterId ?? (previous.Centroids?.Count ?? 0) + 1;
        int[] ids = new int[centroids.Count];
        foreach ((int cluster, ClusterOrigin? origin) in succession.Origins.Index())
        {
            ids[cluster] = origin?.Id ?? next++;
        }

        return new ClusterIdentity(ids, next, succession.Origins);
    }
}
