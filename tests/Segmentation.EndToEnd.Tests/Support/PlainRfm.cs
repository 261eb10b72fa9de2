namespace Segmentation.EndToEnd.Tests.Support;

/// <summary>The rows of <c>customers.csv</c> up to the scores, computed from the definitions as plainly as can be.</summary>
internal static class PlainRfm
{
    /// <summary>Customer id → recency, frequency, monetary, and the scores unless the customer is excluded.</summary>
    public static IReadOnlyDictionary<string, (int Recency, int Frequency, decimal Monetary, (int R, int F, int M)? Scores)> Of(
        IEnumerable<ShopLine> lines)
    {
        ShopLine[] judged = [.. lines.Where(line => line.Customer.Length > 0).Distinct().Where(line => !IsNonProduct(line))];
        ILookup<string, ShopLine> returned = judged.Where(line => line.IsReturn).ToLookup(line => line.Customer, StringComparer.Ordinal);
        ShopLine[] kept = [.. judged.Where(line => !line.IsReturn && line.Quantity > 0 && line.Price > 0)];
        DateTime asOf = kept.Max(line => line.Date).Date.AddDays(1);
        var customers = kept.GroupBy(line => line.Customer, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => (
                Recency: (asOf - group.Max(line => line.Date).Date).Days,
                Frequency: group.Select(line => line.Invoice).Distinct(StringComparer.Ordinal).Count(),
                Monetary: group.Concat(returned[group.Key]).Sum(line => line.Quantity * line.Price)),
            StringComparer.Ordinal);

        (int Recency, int Frequency, decimal Monetary)[] counted = [.. customers.Values.Where(customer => customer.Monetary > 0)];
        double[] recency = Edges(counted.Select(customer => (double)customer.Recency));
        double[] frequency = Edges(counted.Select(customer => (double)customer.Frequency));
        double[] monetary = Edges(counted.Select(customer => (double)customer.Monetary));
        return customers.ToDictionary(
            customer => customer.Key,
            customer => (
                customer.Value.Recency,
                customer.Value.Frequency,
                customer.Value.Monetary,
                customer.Value.Monetary <= 0
                    ? ((int, int, int)?)null
                    : (5 - Below(recency, customer.Value.Recency),
                        1 + Below(frequency, customer.Value.Frequency),
                        1 + Below(monetary, (double)customer.Value.Monetary))),
            StringComparer.Ordinal);
    }

    private static bool IsNonProduct(ShopLine line) =>
        line.Product == "POST" || line.Product.StartsWith("gift_", StringComparison.Ordinal);

    private static int Below(double[] edges, double value) => edges.Count(edge => edge < value);

    private static double[] Edges(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return [.. Enumerable.Range(1, 4).Select(fifth =>
        {
            double position = (sorted.Length - 1) * (fifth / 5.0);
            int below = (int)position;
            double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
            return sorted[below] + ((above - sorted[below]) * (position - below));
        })];
    }
}
