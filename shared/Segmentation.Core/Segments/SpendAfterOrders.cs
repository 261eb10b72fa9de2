using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Segments;

/// <summary>Orders of an amount that is looked for.</summary>
/// <param name="Frequency">Orders, these included.</param>
/// <param name="Monetary">Spend before them.</param>
/// <param name="Better">Whether each cluster, by its place in the model, is one that the orders may lead to.</param>
internal readonly record struct Orders(long Frequency, Money Monetary, bool[] Better);

/// <summary>Finds the least amount that leads to a better cluster.</summary>
internal interface ILeastSpend
{
    /// <summary>The least amount of orders after which the cluster is a better one.</summary>
    /// <param name="orders">The orders.</param>
    /// <param name="least">The least amount to try, in cents.</param>
    /// <param name="most">The greatest, not less.</param>
    /// <param name="cents">The amount, or null where no amount leads there.</param>
    /// <returns>False where the search was given up, so that nothing is known.</returns>
    bool TryFind(Orders orders, long least, long most, out long? cents);
}

/// <summary>Where a customer is on the day after orders of some amount: recency is 1 then, so only the spend is open. Immutable; thread-safe.</summary>
internal sealed class SpendAfterOrders(SegmentModel model, SegmentAssigner assigner)
{
    /// <summary>The place of the spend among the features.</summary>
    public const int Feature = 2;

    private readonly Dictionary<int, int> _places =
        Enumerable.Range(0, model.Centroids?.Count ?? 0).ToDictionary(model.ClusterId, static place => place);

    private readonly StandardScaler _scaler = new(model.Features.Means, model.Features.Deviations);

    /// <summary>The deviation of the logarithm of spend; where it is 0, the spend moves nobody.</summary>
    public double Deviation => model.Features.Deviations[Feature];

    /// <summary>The mean of the logarithm of spend.</summary>
    public double Mean => model.Features.Means[Feature];

    /// <summary>The id of the cluster after orders of so many cents.</summary>
    public int ClusterAt(Orders orders, long cents) =>
        assigner.Place(NextBetterNamed.RecencyAfterOrder, orders.Frequency, SpendAt(orders, cents)).Cluster!.Value;

    /// <summary>Whether the cluster after orders of so many cents is a better one.</summary>
    public bool IsBetterAt(Orders orders, long cents) => orders.Better[_places[ClusterAt(orders, cents)]];

    /// <summary>The standardised features after orders of so many cents.</summary>
    public void Standardise(Orders orders, long cents, Span<double> point)
    {
        Span<double> row =
        [
            DeterministicMath.Log1P(NextBetterNamed.RecencyAfterOrder),
            DeterministicMath.Log1P(orders.Frequency),
            DeterministicMath.Log1P(SpendAt(orders, cents)),
        ];
        _scaler.Transform(row, point);
    }

    private static double SpendAt(Orders orders, long cents) => (orders.Monetary + new Money((Int128)cents * Cents.Micros)).ToDouble();
}
