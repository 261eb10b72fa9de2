using System.Globalization;

namespace Segmentation.Core.Transactions;

/// <summary>Sentences about the columns of a file.</summary>
internal static class ColumnList
{
    private const int Shown = 30;

    private static readonly string[] IdKeys = ["id", "ид", "customerid", "clientid", "userid", "idклиента"];

    /// <summary>The names, comma-separated, cut when there are many.</summary>
    public static string Show(IReadOnlyList<string> names)
    {
        string list = string.Join(", ", names.Take(Shown).Select(static name => name.Length == 0 ? "(no name)" : name.Length > 60 ? name[..60] + "…" : name));
        return names.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $"{list} and {names.Count - Shown} more") : list;
    }

    /// <summary>What a file without a needed column is told: all that is missing in one sentence, what was found, what to do.</summary>
    public static UnusableUploadException Missing(ColumnMapping mapping, IReadOnlyList<string> names, bool hasHeader, long line)
    {
        IReadOnlyList<TransactionField> missing = mapping.MissingFields();
        string what = Join([.. missing.Select(Describe)], "or");
        string options = Join([.. missing.Select(static field => "import.columns." + ColumnMapping.OptionName(field))], "and");
        if (!hasHeader)
        {
            return new UnusableUploadException(
                string.Create(CultureInfo.InvariantCulture, $"Line {line}: the file has no header, so no column for {what} is known. It has {names.Count} columns."),
                line,
                $"Add a header row like 'CustomerID,InvoiceDate,Quantity,UnitPrice', or set {options} to column numbers from 1.");
        }

        string examples = Join([.. missing.Select(Example)], "and");
        bool attributes = names.Any(static name => IdKeys.Contains(FieldText.Key(name), StringComparer.Ordinal)) && missing.Contains(TransactionField.Date);
        string advice = attributes
            ? "It looks like a table of customers' attributes: upload it under customers/. If it holds transactions, set " + options + "."
            : $"Rename the columns, or set {options}.";
        return new UnusableUploadException(
            string.Create(CultureInfo.InvariantCulture, $"Line {line}: no column for {what} was found. Found: {Show(names)}. Expected {examples}."),
            line,
            advice);
    }

    private static string Describe(TransactionField field) => field switch
    {
        TransactionField.Customer => "the customer",
        TransactionField.Date => "the date",
        _ => "the price or the line total",
    };

    private static string Example(TransactionField field) => field switch
    {
        TransactionField.Customer => "one like 'CustomerID'",
        TransactionField.Date => "one like 'InvoiceDate'",
        _ => "one like 'UnitPrice' or 'Amount'",
    };

    private static string Join(string[] items, string word) =>
        items.Length < 2 ? string.Concat(items) : $"{string.Join(", ", items[..^1])} {word} {items[^1]}";
}
