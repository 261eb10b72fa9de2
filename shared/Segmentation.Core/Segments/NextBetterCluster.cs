using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments;

/// <summary>The cheapest orders that lift a customer to a better cluster, as <see cref="ClusterRank" /> has it.</summary>
/// <remarks>
/// Exact in cents: the offer is that of trying every amount. With recency 1 after an order and a number of orders given, only the spend
/// moves, along a line, on which <see cref="NearestCentreSpend" /> or, for a mixture, <see cref="MixtureSpend" /> finds the least amount. An
/// order is worth at least what the customer's orders came to on average (spend ÷ orders, rounded up to a cent): nobody is won by an order
/// for a cent. At most <see cref="MostOrders" /> orders and the mean spend of the best cluster are asked for: what is more is no offer.
/// No order leads to a cluster of customers who drift away or sleep. A tree makes no offer: it knows nothing of customers as they will be.
/// </remarks>
public sealed class NextBetterCluster
{
    /// <summary>More orders at once are no offer.</summary>
    public const int MostOrders = 3;

    // Doubles of such sizes are exact to a cent.
    private const double MostCents = 1e13;

    private readonly SpendAfterOrders _spend;
    private readonly ILeastSpend? _search;
    private readonly SegmentModel _model;
    private readonly Dictionary<int, ClusterRank> _ranks;
    private readonly double _mostSpend;

    /// <summary>Asks a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="assigner">Its assigner.</param>
    /// <param name="ranks">Where each cluster stands, by id.</param>
    public NextBetterCluster(SegmentModel model, SegmentAssigner assigner, IReadOnlyDictionary<int, ClusterRank> ranks)
    {
        _model = model;
        _ranks = new Dictionary<int, ClusterRank>(ranks);
        _mostSpend = ranks.Values.Select(static rank => rank.MeanSpend).DefaultIfEmpty().Max();
        _spend = new SpendAfterOrders(model, assigner);
        _search = model switch
        {
            { Centroids: null } or { Tree: not null } => null,
            { Mixture: { } mixture } => new MixtureSpend(model, mixture, _spend),
            _ => new NearestCentreSpend(model, _spend),
        };
    }

    /// <summary>The offer of the least amount, of those the one of fewest orders; null where there is none.</summary>
    /// <param name="cluster">The customer's cluster.</param>
    /// <param name="frequency">Orders so far.</param>
    /// <param name="monetary">Spend so far, positive.</param>
    /// <param name="reached">Clusters that the customer comes to without any order: they are nothing to be offered.</param>
    public OrderOffer? Find(int cluster, long frequency, Money monetary, IReadOnlySet<int> reached)
    {
        bool[] better = _search is null ? [] : [.. Enumerable.Range(0, _model.Centroids!.Count).Select(place => IsOffered(_model.ClusterId(place)))];
        if (_search is null || !better.Contains(true))
        {
            return null;
        }

        OrderOffer? best = null;
        long most = (long)Math.Min(Math.Floor(_mostSpend * Cents.OfUnit), MostCents);
        long usual = UsualOrder(frequency, monetary, most);
        for (int orders = 1; orders <= MostOrders && orders * usual <= most; orders++)
        {
            var after = new Orders(frequency + orders, monetary, better);
            if (!_search.TryFind(after, orders * usual, most, out long? found))
            {
                return null;
            }

            if (found is { } cents)
            {
                // One cent less than the best so far is the most that is still worth finding.
                best = new OrderOffer(
                    SegmentTransitions.IdOf(_spend.ClusterAt(after, cents))!, orders, new Money((Int128)cents * Cents.Micros));
                most = cents - 1;
            }
        }

        return best;

        bool IsOffered(int other) => !_ranks[other].IsAway && _ranks[other].IsBetterThan(_ranks[cluster]) && !reached.Contains(other);
    }

    // In cents; what is beyond the most that may be asked for stays just beyond it.
    private static long UsualOrder(long frequency, Money monetary, long most)
    {
        Int128 part = (Int128)Math.Max(1, frequency) * Cents.Micros;
        Int128 cents = (monetary.Micros + part - 1) / part;
        return (long)Int128.Clamp(cents, 1, (Int128)Math.Max(0, most) + 1);
    }
}
