using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Segments;

/// <summary>The cheapest orders that lift a customer to a cluster that spends more on average.</summary>
/// <remarks>
/// Exact in cents, for models whose borders are straight. With recency 1 after an order and a number of orders given, only the spend
/// moves, along a line: from the centre that is nearest at the least amount the next one takes over where both are equally far, and so on,
/// always one with more spend. The assigner of the run decides around each such place. An order is worth at least what the customer's
/// orders came to on average (spend ÷ orders, rounded up to a cent): nobody is won by an order for a cent. At most
/// <see cref="MostOrders" /> orders and the mean spend of the best cluster are asked for: what is more is no offer.
/// O(orders · k²), without memory.
/// </remarks>
public sealed class NextBetterCluster
{
    /// <summary>More orders at once are no offer.</summary>
    public const int MostOrders = 3;

    private const int Spend = 2;

    // Doubles of such sizes are exact to a cent, and a place in closed form is right to a cent or two.
    private const double MostCents = 1e13;
    private const int Slack = 3;

    // Centres that are nearer along the spend do not take over from each other at any place that can be known.
    private const double LeastGap = 1e-6;

    private readonly SegmentModel _model;
    private readonly SegmentAssigner _assigner;
    private readonly StandardScaler _scaler;
    private readonly Dictionary<int, double> _means;
    private readonly double _mostSpend;

    /// <summary>Asks a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="assigner">Its assigner.</param>
    /// <param name="means">The mean spend of each cluster by id: the more, the better.</param>
    public NextBetterCluster(SegmentModel model, SegmentAssigner assigner, IReadOnlyDictionary<int, double> means)
    {
        _model = model;
        _assigner = assigner;
        _scaler = new StandardScaler(model.Features.Means, model.Features.Deviations);
        _means = new Dictionary<int, double>(means);
        _mostSpend = means.Values.DefaultIfEmpty().Max();
    }

    /// <summary>The offer of the least amount, of those the one of fewest orders; null where there is none.</summary>
    /// <param name="cluster">The customer's cluster.</param>
    /// <param name="frequency">Orders so far.</param>
    /// <param name="monetary">Spend so far, positive.</param>
    public OrderOffer? Find(int cluster, long frequency, Money monetary)
    {
        if (!_model.HasStraightBorders || _mostSpend <= _means[cluster])
        {
            return null;
        }

        OrderOffer? best = null;
        long most = (long)Math.Min(Math.Floor(_mostSpend * Cents.OfUnit), MostCents);
        long usual = UsualOrder(frequency, monetary, most);
        for (int orders = 1; orders <= MostOrders && orders * usual <= most; orders++)
        {
            if (LeastCents(cluster, frequency + orders, monetary, orders * usual, most) is { } cents)
            {
                // One cent less than the best so far is the most that is still worth finding.
                best = new OrderOffer(
                    SegmentTransitions.IdOf(ClusterAt(frequency + orders, monetary, cents))!, orders, new Money((Int128)cents * Cents.Micros));
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

    private long? LeastCents(int cluster, long frequency, Money monetary, long least, long most)
    {
        double enough = _means[cluster];
        if (_means[ClusterAt(frequency, monetary, least)] > enough)
        {
            return least;
        }

        (double mean, double deviation) = (_model.Features.Means[Spend], _model.Features.Deviations[Spend]);
        if (deviation == 0)
        {
            return null;
        }

        IReadOnlyList<double[]> centroids = _model.Centroids!;
        double spent = monetary.ToDouble();
        Span<double> others = stackalloc double[centroids.Count];
        double at = Distances(frequency, spent + (least / Cents.OfUnit), others);
        int nearest = Nearest(centroids, others, at);
        while (TakesOver(centroids, others, nearest) is { } next)
        {
            nearest = next.Label;
            double cents = (DeterministicMath.Expm1((next.At * deviation) + mean) - spent) * Cents.OfUnit;
            if (cents > most + Slack)
            {
                return null;
            }

            if (_means[_model.ClusterId(nearest)] > enough
                && First(Math.Max(least, (long)Math.Floor(cents) - Slack), Math.Min(most, (long)Math.Floor(cents) + Slack)) is { } found)
            {
                return found;
            }
        }

        return null;

        long? First(long from, long to)
        {
            for (long place = from; place <= to; place++)
            {
                if (_means[ClusterAt(frequency, monetary, place)] > enough)
                {
                    return place;
                }
            }

            return null;
        }
    }

    private int ClusterAt(long frequency, Money monetary, long cents) => _assigner.Place(
        NextBetterNamed.RecencyAfterOrder, frequency, (monetary + new Money((Int128)cents * Cents.Micros)).ToDouble()).Cluster!.Value;

    // Squared distances by recency and frequency, which stay; returns where the spend is.
    private double Distances(long frequency, double spend, Span<double> others)
    {
        Span<double> point =
            [DeterministicMath.Log1P(NextBetterNamed.RecencyAfterOrder), DeterministicMath.Log1P(frequency), DeterministicMath.Log1P(spend)];
        _scaler.Transform(point, point);
        for (int i = 0; i < others.Length; i++)
        {
            double[] centre = _model.Centroids![i];
            others[i] = ((point[0] - centre[0]) * (point[0] - centre[0])) + ((point[1] - centre[1]) * (point[1] - centre[1]));
        }

        return point[Spend];
    }

    private static int Nearest(IReadOnlyList<double[]> centroids, ReadOnlySpan<double> others, double at)
    {
        int nearest = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < others.Length; i++)
        {
            double along = at - centroids[i][Spend];
            double distance = others[i] + (along * along);
            if (distance < least)
            {
                (nearest, least) = (i, distance);
            }
        }

        return nearest;
    }

    // Of the centres with more spend, the one that is first as near as the nearest.
    private static (int Label, double At)? TakesOver(IReadOnlyList<double[]> centroids, ReadOnlySpan<double> others, int nearest)
    {
        (int Label, double At)? next = null;
        double here = centroids[nearest][Spend];
        for (int i = 0; i < others.Length; i++)
        {
            double there = centroids[i][Spend];
            if (there - here <= LeastGap)
            {
                continue;
            }

            double at = ((there * there) - (here * here) + others[i] - others[nearest]) / (2 * (there - here));
            if (next is null || at < next.Value.At)
            {
                next = (i, at);
            }
        }

        return next;
    }
}
