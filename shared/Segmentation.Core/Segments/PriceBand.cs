using Segmentation.Core.Rfm;
using Segmentation.Numerics;

namespace Segmentation.Core.Segments;

/// <summary>
/// The prices at which customers of a segment buy: quartiles over its customers of their average order (spend ÷ orders, where returns that count
/// are part of the spend), or of the average price that they paid for an item (kept sales ÷ kept quantity of the lines that have one).
/// </summary>
/// <remarks>Half of the customers lie between the two outer figures.</remarks>
/// <param name="Low">A quarter spends at most this on an average order, or item.</param>
/// <param name="Typical">The median.</param>
/// <param name="High">A quarter spends at least this.</param>
public sealed record PriceBand(double Low, double Typical, double High)
{
    private const int Quarters = 4;

    /// <summary>Half of the least price that two decimals show.</summary>
    private const double LeastShown = 0.005;

    /// <summary>The band of the orders of some customers; null for nobody.</summary>
    internal static PriceBand? Of(CustomerMeasures measures, IReadOnlyList<int> rows) =>
        Quartiles([.. rows.Select(row => measures.Monetary[row] / measures.Frequency[row])]);

    /// <summary>The band of the items of some customers; null where the price is known of none of them.</summary>
    /// <param name="prices">What an item cost each customer on average; 0 where that is not known.</param>
    /// <param name="rows">The customers.</param>
    internal static PriceBand? OfItems(double[] prices, IReadOnlyList<int> rows) =>
        Quartiles([.. rows.Select(row => prices[row]).Where(price => price > 0)]);

    /// <summary>The band of orders in words.</summary>
    internal string Describe(Language language)
    {
        string low = LocalNumbers.Amount(Low, language);
        string high = LocalNumbers.Amount(High, language);
        return string.Equals(low, high, StringComparison.Ordinal)
            ? language.Pick($"A typical order comes to {low}.", $"Обычный заказ — {low}.")
            : language.Pick($"Half of them spend {low} to {high} on an order.", $"Половина тратит на заказ от {low} до {high}.");
    }

    /// <summary>The band of items in words; null where it is nothing but zeros to two decimals, as of things that are sold by the gram.</summary>
    internal string? DescribeItems(Language language)
    {
        if (High < LeastShown)
        {
            return null;
        }

        string low = LocalNumbers.Amount(Low, language);
        string high = LocalNumbers.Amount(High, language);
        return string.Equals(low, high, StringComparison.Ordinal)
            ? language.Pick($"A typical item costs them {low}.", $"Обычная цена одного товара — {low}.")
            : language.Pick($"Per item, half of them pay {low} to {high} on average.", $"За один товар половина платит в среднем от {low} до {high}.");
    }

    private static PriceBand? Quartiles(double[] prices)
    {
        if (prices.Length == 0)
        {
            return null;
        }

        Array.Sort(prices);
        return new PriceBand(
            Quantiles.Interpolated(prices, 1, Quarters), Quantiles.Interpolated(prices, 2, Quarters), Quantiles.Interpolated(prices, 3, Quarters));
    }
}
