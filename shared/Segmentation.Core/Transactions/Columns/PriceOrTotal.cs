namespace Segmentation.Core.Transactions;

/// <summary>Tells the price of one from the total of the line, where a column without a name is one of them.</summary>
/// <remarks>A total grows with the quantity; a price does not. What lies between is left open.</remarks>
internal sealed class PriceOrTotal(decimal?[] quantities, decimal?[] money)
{
    private const int LeastRows = 5;
    private const decimal Grows = 1.5m;
    private const decimal Stays = 1.1m;

    /// <summary>Price or amount, or null where it cannot be told.</summary>
    public TransactionField? Decide()
    {
        decimal[] single = [.. Of(static quantity => quantity == 1)];
        decimal[] several = [.. Of(static quantity => quantity > 1)];
        if (single.Length < LeastRows || several.Length < LeastRows)
        {
            return null;
        }

        decimal ratio = Median(several) / Median(single);
        return ratio >= Grows ? TransactionField.Amount : ratio <= Stays ? TransactionField.Price : null;
    }

    private IEnumerable<decimal> Of(Func<decimal, bool> isTaken) =>
        quantities.Zip(money).Where(row => row.First is { } quantity && isTaken(quantity) && row.Second > 0).Select(static row => row.Second!.Value);

    private static decimal Median(decimal[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
