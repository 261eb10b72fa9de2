using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Segments;

/// <summary>The cheapest orders that lift a customer to a cluster that spends more on average.</summary>
/// <remarks>
/// Exact in cents, for models whose borders are straight. With recency 1 after an order and a number of orders given, only the spend
/// moves, along a line: the nearest centre changes nowhere but where two centres are equally far, and each such place is known in closed
/// form. The assigner of the run decides on both sides of each. At most <see cref="MostOrders" /> orders and the mean spend of the best
/// cluster are asked for: what is more is no offer. O(orders · k² · k) at worst; most customers need a few places.
/// </remarks>
public sealed class NextBetterCluster
{
    /// <summary>More orders at once are no offer.</summary>
    public const int MostOrders = 12;

    // Doubles of such sizes are exact to a cent, and a place in closed form is right to some cents.
    private const double MostCents = 1e13;
    private const int Slack = 2;

    private readonly SegmentModel _model;
    private readonly SegmentAssigner _assigner;
    private readonly Dictionary<int, double> _means;

    /// <summary>Asks a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="assigner">Its assigner.</param>
    /// <param name="means">The mean spend of each cluster by id: the more, the better.</param>
    public NextBetterCluster(SegmentModel model, SegmentAssigner assigner, IReadOnlyDictionary<int, double> means)
    {
        _model = model;
        _assigner = assigner;
        _means = new Dictionary<int, double>(means);
    }

    /// <summary>The offer of the least amount, of those the one of fewest orders; null where there is none.</summary>
    /// <param name="cluster">The customer's cluster.</param>
    /// <param name="frequency">Orders so far.</param>
    /// <param name="monetary">Spend so far, positive.</param>
    public OrderOffer? Find(int cluster, long frequency, Money monetary)
    {
        double mostSpend = _means.Values.Max();
        if (!_model.HasStraightBorders || mostSpend <= _means[cluster])
        {
            return null;
        }

        OrderOffer? best = null;
        double mostCents = Math.Min(Math.Floor(mostSpend * Cents.OfUnit), MostCents);
        for (int orders = 1; orders <= MostOrders && orders <= mostCents; orders++)
        {
            if (LeastCents(cluster, frequency + orders, monetary, orders, (long)mostCents) is { } cents)
            {
                // One cent less than the best so far is the most that is still worth finding.
                best = new OrderOffer(
                    SegmentTransitions.IdOf(ClusterAt(frequency + orders, monetary, cents))!, orders, new Money((Int128)cents * Cents.Micros));
                mostCents = cents - 1;
            }
        }

        return best;
    }

    private long? LeastCents(int cluster, long frequency, Money monetary, long least, long most)
    {
        foreach (long place in Places(frequency, monetary, least, most))
        {
            if (!IsBetter(place))
            {
                continue;
            }

            // The place in closed form may be some cents late.
            long cents = place;
            while (cents > least && IsBetter(cents - 1))
            {
                cents--;
            }

            return cents;
        }

        return null;

        bool IsBetter(long cents) => _means[ClusterAt(frequency, monetary, cents)] > _means[cluster];
    }

    private int ClusterAt(long frequency, Money monetary, long cents) => _assigner.Place(
        NextBetterNamed.RecencyAfterOrder, frequency, (monetary + new Money((Int128)cents * Cents.Micros)).ToDouble()).Cluster!.Value;

    // The least amount, and those around every place where two centres are equally far.
    private SortedSet<long> Places(long frequency, Money monetary, long least, long most)
    {
        var places = new SortedSet<long> { least };
        IReadOnlyList<double[]> centroids = _model.Centroids!;
        (double mean, double deviation) = (_model.Features.Means[2], _model.Features.Deviations[2]);
        if (deviation == 0)
        {
            return places;
        }

        double[] fixedPart = FixedDistances(frequency);
        for (int i = 0; i < centroids.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double gap = centroids[i][2] - centroids[j][2];
                if (gap == 0)
                {
                    continue;
                }

                double squares = (centroids[i][2] * centroids[i][2]) - (centroids[j][2] * centroids[j][2]);
                double at = (squares + fixedPart[i] - fixedPart[j]) / (2 * gap);
                double cents = (DeterministicMath.Expm1((at * deviation) + mean) - monetary.ToDouble()) * Cents.OfUnit;
                if (cents > least - Slack && cents < most + Slack)
                {
                    for (long place = (long)Math.Floor(cents) - Slack; place <= (long)Math.Floor(cents) + Slack + 1; place++)
                    {
                        places.Add(Math.Clamp(place, least, most));
                    }
                }
            }
        }

        return places;
    }

    private double[] FixedDistances(long frequency)
    {
        Span<double> row = [DeterministicMath.Log1P(NextBetterNamed.RecencyAfterOrder), DeterministicMath.Log1P(frequency), 0];
        double[] point = new double[row.Length];
        new StandardScaler(_model.Features.Means, _model.Features.Deviations).Transform(row, point);
        return
        [
            .. _model.Centroids!.Select(centroid =>
                ((point[0] - centroid[0]) * (point[0] - centroid[0])) + ((point[1] - centroid[1]) * (point[1] - centroid[1]))),
        ];
    }
}
