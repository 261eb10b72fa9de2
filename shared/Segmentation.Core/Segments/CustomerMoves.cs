namespace Segmentation.Core.Segments;

/// <summary>Counts where customers went between two runs, one after another. Not thread-safe.</summary>
/// <param name="earlier">The model of the previous run.</param>
/// <param name="now">The model of this run.</param>
internal sealed class CustomerMoves(SegmentModel earlier, SegmentModel now)
{
    private readonly SegmentAssigner _earlier = new(earlier);
    private readonly bool _hasClusters = earlier.Centroids is not null && now.Centroids is not null;

    /// <summary>Between clusters; nothing where one of the runs has none.</summary>
    public SegmentTransitions Clusters { get; } = new();

    /// <summary>Between named segments.</summary>
    public SegmentTransitions Named { get; } = new();

    /// <summary>Adds a customer.</summary>
    /// <param name="was">What the previous run says of it, or null.</param>
    /// <param name="customer">What this run says of it, or null.</param>
    public void Add(SegmentAssignment? was, SegmentAssignment? customer)
    {
        // The previous model on the figures of now: where it leaves a customer alone, it is the new model that moved it.
        string? clusterByEarlier = null;
        string? namedByEarlier = null;
        if (was is not null && customer is not null)
        {
            clusterByEarlier = namedByEarlier = SegmentTransitions.Excluded;
            if (customer.Excluded is null)
            {
                (RfmScores scores, int? cluster) = _earlier.Place(customer.RecencyDays, customer.Frequency, customer.Monetary.ToDouble());
                clusterByEarlier = SegmentTransitions.IdOf(cluster);
                namedByEarlier = NamedSegment.Of(scores.R, scores.F).Id;
            }
        }

        Named.Add(NamedOf(was), NamedOf(customer), namedByEarlier);
        if (_hasClusters)
        {
            Clusters.Add(ClusterOf(was), ClusterOf(customer), clusterByEarlier);
        }
    }

    private static string? NamedOf(SegmentAssignment? customer) => customer switch
    {
        null => null,
        { Scores: { } scores } => NamedSegment.Of(scores.R, scores.F).Id,
        _ => SegmentTransitions.Excluded,
    };

    private static string? ClusterOf(SegmentAssignment? customer) =>
        customer is null ? null : SegmentTransitions.IdOf(customer.Cluster) ?? SegmentTransitions.Excluded;
}
