using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments;

/// <summary>The cheapest orders that lift a customer to a cluster that spends more on average.</summary>
/// <remarks>
/// Exact in cents: the offer is that of trying every amount. With recency 1 after an order and a number of orders given, only the spend
/// moves, along a line, on which <see cref="NearestCentreSpend" /> or, for a mixture, <see cref="MixtureSpend" /> finds the least amount. An
/// order is worth at least what the customer's orders came to on average (spend ÷ orders, rounded up to a cent): nobody is won by an order
/// for a cent. At most <see cref="MostOrders" /> orders and the mean spend of the best cluster are asked for: what is more is no offer.
/// A tree makes none: it knows nothing of customers as they will be.
/// </remarks>
public sealed class NextBetterCluster
{
    /// <summary>More orders at once are no offer.</summary>
    public const int MostOrders = 3;

    // Doubles of such sizes are exact to a cent.
    private const double MostCents = 1e13;

    private readonly SpendAfterOrders _spend;
    private readonly ILeastSpend? _search;
    private readonly Dictionary<int, double> _means;
    private readonly double _mostSpend;

    /// <summary>Asks a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="assigner">Its assigner.</param>
    /// <param name="means">The mean spend of each cluster by id: the more, the better.</param>
    public NextBetterCluster(SegmentModel model, SegmentAssigner assigner, IReadOnlyDictionary<int, double> means)
    {
        _means = new Dictionary<int, double>(means);
        _mostSpend = means.Values.DefaultIfEmpty().Max();
        _spend = new SpendAfterOrders(model, assigner, _means);
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
    public OrderOffer? Find(int cluster, long frequency, Money monetary)
    {
        if (_search is null || _mostSpend <= _means[cluster])
        {
            return null;
        }

        OrderOffer? best = null;
        long most = (long)Math.Min(Math.Floor(_mostSpend * Cents.OfUnit), MostCents);
        long usual = UsualOrder(frequency, monetary, most);
        for (int orders = 1; orders <= MostOrders && orders * usual <= most; orders++)
        {
            var after = new Orders(frequency + orders, monetary, _means[cluster]);
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
    }

    // In cents; what is beyond the most that may be asked for stays just beyond it.
    private static long UsualOrder(long frequency, Money monetary, long most)
    {
        Int128 part = (Int128)Math.Max(1, frequency) * Cents.Micros;
        Int128 cents = (monetary.Micros + part - 1) / part;
        return (long)Int128.Clamp(cents, 1, (Int128)Math.Max(0, most) + 1);
    }
}
