using Segmentation.Numerics;

namespace Segmentation.Core.Segments;

/// <summary>The least spend that leads to a better cluster where customers belong to the nearest centre.</summary>
/// <remarks>
/// Only the spend moves, along a line: from the centre that is nearest at the least amount the next one takes over where both are equally
/// far, and so on, always one with more spend. The assigner of the run decides around each such place. O(k²), without memory.
/// </remarks>
internal sealed class NearestCentreSpend(SegmentModel model, SpendAfterOrders spend) : ILeastSpend
{
    // A place in closed form is right to a cent or two.
    private const int Slack = 3;

    // Centres that are nearer along the spend do not take over from each other at any place that can be known.
    private const double LeastGap = 1e-6;

    private readonly IReadOnlyList<double[]> _centroids = model.Centroids!;

    /// <inheritdoc />
    public bool TryFind(Orders orders, long least, long most, out long? cents)
    {
        cents = spend.IsBetterAt(orders, least) ? least : Beyond(orders, least, most);
        return true;
    }

    private long? Beyond(Orders orders, long least, long most)
    {
        if (spend.Deviation == 0)
        {
            return null;
        }

        double spent = orders.Monetary.ToDouble();
        Span<double> others = stackalloc double[_centroids.Count];
        double at = Distances(orders, least, others);
        int nearest = Nearest(others, at);
        while (TakesOver(others, nearest) is { } next)
        {
            nearest = next.Label;
            double cents = (DeterministicMath.Expm1((next.At * spend.Deviation) + spend.Mean) - spent) * Cents.OfUnit;
            if (cents > most + Slack)
            {
                return null;
            }

            if (orders.Better[nearest]
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
                if (spend.IsBetterAt(orders, place))
                {
                    return place;
                }
            }

            return null;
        }
    }

    // Squared distances by recency and frequency, which stay; returns where the spend is.
    private double Distances(Orders orders, long cents, Span<double> others)
    {
        Span<double> point = stackalloc double[SpendAfterOrders.Feature + 1];
        spend.Standardise(orders, cents, point);
        for (int i = 0; i < others.Length; i++)
        {
            double[] centre = _centroids[i];
            others[i] = ((point[0] - centre[0]) * (point[0] - centre[0])) + ((point[1] - centre[1]) * (point[1] - centre[1]));
        }

        return point[SpendAfterOrders.Feature];
    }

    private int Nearest(ReadOnlySpan<double> others, double at)
    {
        int nearest = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < others.Length; i++)
        {
            double along = at - _centroids[i][SpendAfterOrders.Feature];
            double distance = others[i] + (along * along);
            if (distance < least)
            {
                (nearest, least) = (i, distance);
            }
        }

        return nearest;
    }

    // Of the centres with more spend, the one that is first as near as the nearest.
    private (int Label, double At)? TakesOver(ReadOnlySpan<double> others, int nearest)
    {
        (int Label, double At)? next = null;
        double here = _centroids[nearest][SpendAfterOrders.Feature];
        for (int i = 0; i < others.Length; i++)
        {
            double there = _centroids[i][SpendAfterOrders.Feature];
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
