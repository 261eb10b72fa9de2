using System.Text;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments.Scoring;

/// <summary>Transactions as an upload in memory, so that they are read and judged by the code that reads uploads.</summary>
internal static class TransactionTable
{
    /// <summary>The id that all lines carry.</summary>
    public const string Customer = "customer";

    private const char Delimiter = ',';

    /// <summary>How the table is read: nothing is left to be detected.</summary>
    /// <param name="transactions">The lines: columns that none of them has are not there.</param>
    /// <param name="import">Gives the limits.</param>
    public static ImportOptions Import(IReadOnlyList<ScoringTransaction> transactions, ImportOptions import) => new()
    {
        Columns = Columns(transactions).ToDictionary(column => column.Field, column => ColumnMapping.OptionName(column.Field)),
        Header = true,
        Encoding = "utf-8",
        Delimiter = Delimiter,
        DecimalSeparator = '.',
        DateFormat = "yyyy-MM-dd",
        MaxFieldBytes = import.MaxFieldBytes,
    };

    /// <summary>The bytes: a header and one record a transaction, every field in quotes.</summary>
    public static byte[] Write(IReadOnlyList<ScoringTransaction> transactions)
    {
        (TransactionField Field, Func<ScoringTransaction, string?> Text)[] columns = Columns(transactions);
        var text = new StringBuilder();
        text.AppendJoin(Delimiter, columns.Select(column => ColumnMapping.OptionName(column.Field))).Append('\n');
        foreach (ScoringTransaction transaction in transactions)
        {
            foreach ((_, Func<ScoringTransaction, string?> cell) in columns)
            {
                text.Append('"').Append(cell(transaction)?.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\",");
            }

            text.Length--;
            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static (TransactionField Field, Func<ScoringTransaction, string?> Text)[] Columns(
        IReadOnlyList<ScoringTransaction> transactions)
    {
        (TransactionField Field, Func<ScoringTransaction, string?> Text)[] optional =
        [
            (TransactionField.Invoice, line => line.Invoice),
            (TransactionField.Quantity, line => line.Quantity),
            (TransactionField.Price, line => line.Price),
            (TransactionField.Amount, line => line.Amount),
            (TransactionField.Product, line => line.Product),
        ];
        return
        [
            (TransactionField.Customer, _ => Customer),
            (TransactionField.Date, line => line.Date),
            .. optional.Where(column => transactions.Any(line => column.Text(line) is not null))
                .Select(column => column.Field == TransactionField.Quantity ? (column.Field, line => line.Quantity ?? "1") : column),
        ];
    }
}
