using Segmentation.Core.Segments.Lookup;

namespace Segmentation.Core.Segments;

/// <summary>What is to come for customers of a run: when they fall, and what lifts them. Immutable; thread-safe.</summary>
internal sealed class CustomerOutlook
{
    private readonly SegmentModel _model;
    private readonly IReadOnlyDictionary<int, ClusterRank> _ranks;
    private readonly ClusterAgeing _ageing;
    private readonly NextBetterCluster _betterClusters;

    /// <summary>Asks the model of a run.</summary>
    /// <param name="model">The model.</param>
    /// <param name="profiles">The profiles of its run.</param>
    /// <param name="language">Their language.</param>
    public CustomerOutlook(SegmentModel model, IReadOnlyList<SegmentProfile> profiles, Language language)
    {
        // A tree speaks of the customers as they were: one that orders, or is silent, is a new point, and belongs to the nearest centre.
        _model = model with { Tree = null };
        _ranks = ClusterRank.Of(profiles, language);
        var assigner = new SegmentAssigner(_model);
        _ageing = new ClusterAgeing(_model, assigner);
        _betterClusters = new NextBetterCluster(_model, assigner, _ranks);
    }

    /// <summary>What becomes of the customer's cluster if nothing is bought.</summary>
    /// <remarks>
    /// No longer silence is looked at than the model has seen: beyond it a mixture takes anybody for a customer of its widest component.
    /// </remarks>
    public ClusterProspect Prospect(SegmentAssignment customer, DateOnly asOf, DateOnly today)
    {
        if (customer.Cluster is not { } told)
        {
            return ClusterProspect.None;
        }

        DateOnly from = today > asOf ? today : asOf;
        long recency = customer.RecencyDays + (long)(from.DayNumber - asOf.DayNumber);
        long days = Math.Min(DateOnly.MaxValue.DayNumber - from.DayNumber, (_model.LongestRecency ?? long.MaxValue) - recency);
        (DateOnly, int)? fall = null;
        var reached = new HashSet<int>();
        foreach ((int after, int cluster) in _ageing.Changes(
            recency, customer.Frequency, customer.Monetary.ToDouble(), (int)Math.Clamp(days, 0, ClusterAgeing.MostDays)))
        {
            reached.Add(cluster);
            if (fall is null && cluster != told && !_ranks[cluster].IsBetterThan(_ranks[told]))
            {
                fall = (from.AddDays(after), cluster);
            }
        }

        return new ClusterProspect(fall, reached);
    }

    /// <summary>The fewest orders that lead to a better named segment.</summary>
    public OrderOffer? NextBetter(SegmentAssignment customer) =>
        NextBetterNamed.Find(_model.Edges, customer.Scores, customer.Frequency, customer.Monetary);

    /// <summary>The cheapest orders that lead to a better cluster, which silence alone does not lead to.</summary>
    public OrderOffer? NextBetterCluster(SegmentAssignment customer, ClusterProspect prospect) =>
        customer.Cluster is { } cluster ? _betterClusters.Find(cluster, customer.Frequency, customer.Monetary, prospect.Reached) : null;

    /// <summary>An offer with the names of the run.</summary>
    /// <param name="offer">The offer, or null.</param>
    /// <param name="run">The run.</param>
    /// <param name="kind">The kind of its segment.</param>
    /// <param name="before">The date before which the orders have to come, or null.</param>
    public static BetterSegment? Describe(OrderOffer? offer, PublishedRun run, string kind, DateOnly? before) => offer is null
        ? null
        : new BetterSegment(new SegmentName(offer.Id, run.Profile(kind, offer.Id).Name), offer.Orders, offer.Amount, before);
}
