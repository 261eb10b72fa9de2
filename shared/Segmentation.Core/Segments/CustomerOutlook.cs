using System.Globalization;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments.Lookup;

namespace Segmentation.Core.Segments;

/// <summary>What is to come for customers of a run: when they fall, and what lifts them. Immutable; thread-safe.</summary>
internal sealed class CustomerOutlook
{
    private readonly ScoreEdges _edges;
    private readonly ClusterAgeing _ageing;
    private readonly NextBetterCluster _betterClusters;

    /// <summary>Asks the model of a run.</summary>
    public CustomerOutlook(SegmentModel model, IReadOnlyList<SegmentProfile> profiles)
    {
        _edges = model.Edges;

        // The days are those that scores of the same figures tell: the tree's where it knows them, as on the as-of date.
        _ageing = new ClusterAgeing(model, new SegmentAssigner(model));

        // A tree speaks of the customers as they were: one that orders is a new point, and belongs to the nearest centre.
        SegmentModel ofNewPoints = model with { Tree = null };
        _betterClusters = new NextBetterCluster(ofNewPoints, new SegmentAssigner(ofNewPoints), profiles
            .Where(profile => profile.Kind == SegmentProfile.ClusterKind)
            .ToDictionary(profile => int.Parse(profile.Id, CultureInfo.InvariantCulture), profile => profile.Means?.Monetary ?? 0));
    }

    /// <summary>
    /// The first date after the as-of date and after today on which the cluster is another than on the day before, if nothing is bought;
    /// null if never within ten years.
    /// </summary>
    public (DateOnly Date, int Cluster)? NextClusterChange(SegmentAssignment customer, DateOnly asOf, DateOnly today)
    {
        if (customer.Cluster is null)
        {
            return null;
        }

        DateOnly from = today > asOf ? today : asOf;
        return _ageing.NextChange(
            customer.RecencyDays + (long)(from.DayNumber - asOf.DayNumber),
            customer.Frequency,
            customer.Monetary.ToDouble(),
            DateOnly.MaxValue.DayNumber - from.DayNumber) is { } change
            ? (from.AddDays(change.Days), change.Cluster)
            : null;
    }

    /// <summary>The fewest orders that lead to a better named segment.</summary>
    public OrderOffer? NextBetter(SegmentAssignment customer) =>
        NextBetterNamed.Find(_edges, customer.Scores, customer.Frequency, customer.Monetary);

    /// <summary>The cheapest orders that lead to a cluster that spends more.</summary>
    public OrderOffer? NextBetterCluster(SegmentAssignment customer) =>
        customer.Cluster is { } cluster ? _betterClusters.Find(cluster, customer.Frequency, customer.Monetary) : null;

    /// <summary>An offer with the names of the run.</summary>
    /// <param name="offer">The offer, or null.</param>
    /// <param name="run">The run.</param>
    /// <param name="kind">The kind of its segment.</param>
    /// <param name="before">The date before which the orders have to come, or null.</param>
    public static BetterSegment? Describe(OrderOffer? offer, PublishedRun run, string kind, DateOnly? before) => offer is null
        ? null
        : new BetterSegment(new SegmentName(offer.Id, run.Profile(kind, offer.Id).Name), offer.Orders, offer.Amount, before);
}
