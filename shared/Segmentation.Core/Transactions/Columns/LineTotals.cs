using System.Globalization;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Checks, on the sample, that a column that was taken for the line's total by its name is not the order's, repeated on each line.</summary>
internal sealed class LineTotals(ColumnProfiles profiles, ImportOptions import, ICollection<string> warnings)
{
    private const int LeastOrders = 3;
    private const decimal Tolerance = 0.02m;

    /// <summary>The mapping without a total that is the order's.</summary>
    /// <exception cref="UnusableUploadException">The total is the order's, and there is no price.</exception>
    public ColumnMapping Check(ColumnMapping columns, long line)
    {
        int amount = columns[TransactionField.Amount];
        if (amount < 0 || import.Columns.ContainsKey(TransactionField.Amount) || !ColumnSynonyms.MayBeOrderTotal(FieldText.Key(columns.NameOf(amount)))
            || !RepeatsWithinOrders(columns, amount))
        {
            return columns;
        }

        string name = columns.ColumnName(TransactionField.Amount);
        if (columns[TransactionField.Price] < 0)
        {
            throw new UnusableUploadException(
                string.Create(CultureInfo.InvariantCulture, $"Line {line}: column {name} has the same value on all lines of an order: it looks like the order's total, and no column has the line's."),
                line,
                "Add a column with the price or the line total, or set import.columns.amount to the column if it is the line's total.");
        }

        warnings.Add(
            $"Column {name} has the same value on all lines of an order, and not quantity × price: it was taken for the order's total and left out. "
            + "Set import.columns.amount if it is the line's total.");
        return columns.With(TransactionField.Amount, -1);
    }

    private bool RepeatsWithinOrders(ColumnMapping columns, int amount)
    {
        int invoice = columns[TransactionField.Invoice];
        if (invoice < 0)
        {
            return false;
        }

        var orders = profiles.Rows.GroupBy(row => row[invoice], StringComparer.Ordinal)
            .Where(static order => order.Key.Length > 0 && order.Skip(1).Any()).ToList();
        int repeated = orders.Count(order => order.Select(row => row[amount]).Distinct(StringComparer.Ordinal).Count() == 1
            && order.Select(static row => string.Join('\0', row)).Distinct(StringComparer.Ordinal).Count() > 1);
        return repeated >= LeastOrders && repeated * 10 >= orders.Count * 9 && !IsProduct(columns, amount)
            && orders.Select(order => order.First()[amount]).Distinct(StringComparer.Ordinal).Count() > 1;
    }

    private bool IsProduct(ColumnMapping columns, int amount)
    {
        int price = columns[TransactionField.Price];
        if (price < 0)
        {
            return false;
        }

        decimal?[] quantities = columns[TransactionField.Quantity] < 0 ? [.. profiles.Rows.Select(static _ => (decimal?)1)] : profiles[columns[TransactionField.Quantity]].Numbers;
        decimal?[] prices = profiles[price].Numbers;
        decimal?[] totals = profiles[amount].Numbers;
        if (quantities.Length == 0 || prices.Length == 0 || totals.Length == 0)
        {
            return false;
        }

        int equal = 0;
        for (int i = 0; i < totals.Length; i++)
        {
            equal += quantities[i] * prices[i] is { } product && totals[i] is { } total && Math.Abs(product - total) <= Tolerance * Math.Abs(total) ? 1 : 0;
        }

        return equal * 2 >= totals.Length;
    }
}
