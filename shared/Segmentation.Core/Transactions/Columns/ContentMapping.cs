using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Finds columns by what they hold where names say nothing, and checks a line total that may be the order's.</summary>
/// <remarks>
/// A wrong column gives wrong numbers without a word, so a column is taken only where one alone fits, always with a warning that names the
/// option; else the file is refused with what was seen. Decided from the sample alone.
/// </remarks>
internal sealed class ContentMapping(ColumnProfiles profiles, ImportOptions import, ICollection<string> warnings)
{
    private const int LeastRows = 5;
    private const int UniqueRows = 50;

    /// <summary>The mapping with what content tells, or a refusal.</summary>
    /// <param name="byName">The columns that names and options give.</param>
    /// <param name="hasHeader">Whether the file has names.</param>
    /// <param name="line">The line of the header, for a message.</param>
    /// <exception cref="UnusableUploadException">A column that is needed is not there, or cannot be told.</exception>
    public ColumnMapping Complete(ColumnMapping byName, bool hasHeader, long line)
    {
        if (byName.IsComplete)
        {
            return new LineTotals(profiles, import, warnings).Check(byName, line);
        }

        ColumnMapping columns = byName;
        if (profiles.Rows.Count >= LeastRows)
        {
            columns = WithDate(columns);
            columns = columns[TransactionField.Date] >= 0 ? WithKeys(columns) : columns;
            columns = columns[TransactionField.Customer] >= 0 ? WithMoney(columns) : columns;
        }

        if (!columns.IsComplete || IsOfCustomers(byName, columns))
        {
            throw ColumnList.Missing(
                byName, [.. Enumerable.Range(0, byName.Count).Select(byName.NameOf)], hasHeader, line);
        }

        warnings.Add(
            $"Columns were taken by what they hold: {string.Join(", ", columns.Names.Where(pair => !byName.Names.ContainsKey(pair.Key)).Select(static pair => $"{pair.Key} = {pair.Value}"))}. "
            + "Set import.columns.* if that is wrong.");
        return new LineTotals(profiles, import, warnings).Check(columns, line);
    }

    private bool IsFree(ColumnMapping columns, TransactionField field) => columns[field] < 0 && !import.Columns.ContainsKey(field);

    private static IEnumerable<int> Free(ColumnMapping columns) => Enumerable.Range(0, columns.Count).Where(columns.IsFree);

    private ColumnMapping WithDate(ColumnMapping columns)
    {
        int[] dates = IsFree(columns, TransactionField.Date) ? [.. Free(columns).Where(column => profiles[column].IsDate)] : [];
        return dates.Length == 1 ? columns.With(TransactionField.Date, dates[0]) : columns;
    }

    /// <summary>Customer, invoice and product by what depends on what: an invoice has one date and one customer, and several products.</summary>
    private ColumnMapping WithKeys(ColumnMapping columns)
    {
        if (!IsFree(columns, TransactionField.Customer))
        {
            return columns;
        }

        string[] dates = profiles[columns[TransactionField.Date]].Values;
        List<int> keys = [.. Free(columns).Where(column => IsKey(column))];
        int invoice = columns[TransactionField.Invoice];
        if (IsFree(columns, TransactionField.Invoice))
        {
            invoice = keys.Where(column => Determines(column, dates) && profiles[column].Distinct > 1)
                .OrderByDescending(column => profiles[column].Distinct).ThenBy(static column => column).DefaultIfEmpty(-1).First();
            columns = invoice < 0 ? columns : columns.With(TransactionField.Invoice, invoice);
        }

        List<int> customers = [.. keys.Where(column => column != invoice && !profiles[column].IsText && profiles[column].Filled * 2 >= profiles.Rows.Count
            && !Determines(column, dates) && (invoice < 0 || Determines(invoice, profiles[column].Values)))];
        if (customers.Count == 0)
        {
            return columns;
        }

        // Of columns that say the same, the first; of others the one that tells most customers apart, such as a city or country does not.
        int customer = customers.MaxBy(column => profiles[column].Distinct);
        if (customers.Exists(column => column != customer && profiles[column].Distinct * 2 > profiles[customer].Distinct && !IsSame(column, customer)))
        {
            return columns;
        }

        columns = columns.With(TransactionField.Customer, customer);
        List<int> products = [.. keys.Where(column => column != invoice && column != customer && !profiles[column].IsText && invoice >= 0
            && !Determines(invoice, profiles[column].Values))];
        return products.Count == 1 && IsFree(columns, TransactionField.Product) ? columns.With(TransactionField.Product, products[0]) : columns;
    }

    private bool IsKey(int column)
    {
        ColumnProfile profile = profiles[column];
        return profile is { IsDate: false, HasFractions: false, IsCount: false, Distinct: > 1 };
    }

    /// <summary>Whether rows that are equal in a column are equal in other values too.</summary>
    private bool Determines(int column, string[] others)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        int repeated = 0;
        int different = 0;
        string[] values = profiles[column].Values;
        for (int row = 0; row < values.Length; row++)
        {
            if (values[row].Length == 0)
            {
                continue;
            }

            if (!seen.TryAdd(values[row], others[row]))
            {
                repeated++;
                different += seen[values[row]] == others[row] ? 0 : 1;
            }
        }

        return repeated > 0 && different * 50 <= repeated;
    }

    private bool IsSame(int one, int other) =>
        Determines(one, profiles[other].Values) && Determines(other, profiles[one].Values);

    private ColumnMapping WithMoney(ColumnMapping columns)
    {
        if (columns[TransactionField.Price] >= 0 || columns[TransactionField.Amount] >= 0
            || !IsFree(columns, TransactionField.Price) || !IsFree(columns, TransactionField.Amount))
        {
            return columns;
        }

        int[] money = [.. Free(columns).Where(column => profiles[column].HasFractions)];
        int[] counts = [.. Free(columns).Where(column => profiles[column].IsCount)];
        int quantity = columns[TransactionField.Quantity] >= 0 ? columns[TransactionField.Quantity] : counts.Length == 1 ? counts[0] : -1;
        if (money.Length != 1)
        {
            return columns;
        }

        if (quantity < 0)
        {
            // Without a quantity, what was paid is the line's total.
            return counts.Length > 1 ? columns : columns.With(TransactionField.Amount, money[0]);
        }

        TransactionField? role = new PriceOrTotal(profiles[quantity].Numbers, profiles[money[0]].Numbers).Decide();
        if (role is null)
        {
            return columns;
        }

        columns = columns.With(role.Value, money[0]);
        return columns[TransactionField.Quantity] < 0 && IsFree(columns, TransactionField.Quantity) ? columns.With(TransactionField.Quantity, quantity) : columns;
    }

    /// <summary>A row a customer is a table of customers, whatever dates it has.</summary>
    private bool IsOfCustomers(ColumnMapping byName, ColumnMapping columns)
    {
        ColumnProfile customers = profiles[columns[TransactionField.Customer]];
        return byName[TransactionField.Date] < 0 && profiles.Rows.Count >= UniqueRows && customers.Distinct == customers.Filled;
    }
}
