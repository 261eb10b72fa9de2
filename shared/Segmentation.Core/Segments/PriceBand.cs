using Segmentation.Core.Rfm;
using Segmentation.Numerics;

namespace Segmentation.Core.Segments;

/// <summary>What customers of a segment spend on an order: quartiles over its customers of their average order (spend ÷ orders).</summary>
/// <remarks>Half of the customers lie between the two outer figures. Returns that count are part of the spend.</remarks>
/// <param name="Low">A quarter spends at most this on an average order.</param>
/// <param name="Typical">The median.</param>
/// <param name="High">A quarter spends at least this.</param>
public sealed record PriceBand(double Low, double Typical, double High)
{
    private const int Quarters = 4;

    /// <summary>The band of some customers; null for nobody.</summary>
    internal static PriceBand? Of(CustomerMeasures measures, IReadOnlyList<int> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        double[] orders = [.. rows.Select(row => measures.Monetary[row] / measures.Frequency[row])];
        Array.Sort(orders);
        return new PriceBand(
            Quantiles.Interpolated(orders, 1, Quarters), Quantiles.Interpolated(orders, 2, Quarters), Quantiles.Interpolated(orders, 3, Quarters));
    }

    /// <summary>The band in words.</summary>
    internal string Describe(Language language)
    {
        string low = LocalNumbers.Amount(Low, language);
        string high = LocalNumbers.Amount(High, language);
        return string.Equals(low, high, StringComparison.Ordinal)
            ? language.Pick($"A typical order comes to {low}.", $"Обычный заказ — {low}.")
            : language.Pick($"Half of them spend {low} to {high} on an order.", $"Половина тратит на заказ от {low} до {high}.");
    }
}
