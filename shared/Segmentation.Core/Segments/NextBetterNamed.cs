using Segmentation.Core.Rfm;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments;

/// <summary>The fewest orders that lift a customer to a better named segment.</summary>
/// <remarks>
/// On the day after an order recency is 1, whenever the order comes, so the answer does not depend on the day. The spend takes no part in
/// named segments: any amount does, but for a customer whose returns are to be made up for first.
/// </remarks>
public static class NextBetterNamed
{
    /// <summary>Recency on the day after an order.</summary>
    public const int RecencyAfterOrder = 1;

    /// <summary>The offer; null where no number of orders leads to a better segment.</summary>
    /// <param name="edges">The edges of the scores.</param>
    /// <param name="scores">The customer's scores, or null for an excluded customer, for whom every segment is better.</param>
    /// <param name="frequency">Orders so far.</param>
    /// <param name="monetary">Spend so far.</param>
    public static OrderOffer? Find(ScoreEdges edges, RfmScores? scores, long frequency, Money monetary)
    {
        int rank = scores is { } now ? NamedSegment.Of(now.R, now.F).Rank : NamedSegment.All.Count;

        // The score of frequency rises on the first whole number above an edge, and at no other: one order, or so many as reach an edge.
        IEnumerable<long> reaching = edges.Frequency
            .Select(edge => Math.Floor(edge) + 1 - frequency)
            .Where(orders => orders is > 1 and < int.MaxValue)
            .Select(orders => (long)orders);
        foreach (long orders in reaching.Prepend(1).Order())
        {
            RfmScores then = edges.Score(RecencyAfterOrder, frequency + orders, 0);
            NamedSegment segment = NamedSegment.Of(then.R, then.F);
            if (segment.Rank < rank)
            {
                return new OrderOffer(segment.Id, orders, Amount(monetary, orders));
            }
        }

        return null;
    }

    // More than what is missing, in whole cents, and a cent an order at least.
    private static Money? Amount(Money monetary, long orders) => monetary.Micros > 0
        ? null
        : new Money(Int128.Max(orders, (-monetary.Micros / Cents.Micros) + 1) * Cents.Micros);
}
