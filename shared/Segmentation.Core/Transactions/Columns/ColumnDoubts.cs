using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Says what the columns that were found leave in doubt.</summary>
internal sealed class ColumnDoubts(ImportOptions import, ICollection<string> warnings)
{
    /// <summary>Warns of a file without an invoice or a quantity where columns are left over, and of a price that is what the shop paid.</summary>
    public void Tell(ColumnMapping columns, bool hasHeader)
    {
        // A second price or date is no quantity, and was told of.
        string[] left =
        [
            .. Enumerable.Range(0, columns.Count).Where(columns.IsFree).Select(columns.NameOf)
                .Where(name => ColumnSynonyms.FindName(name, columns.Style) is null),
        ];
        if (columns[TransactionField.Invoice] < 0 && !import.Columns.ContainsKey(TransactionField.Invoice) && left.Length > 0)
        {
            warnings.Add(
                $"No column for the invoice was found: what a customer buys on a day counts as one. Columns left over: {ColumnList.Show(left)}. "
                + "Set import.columns.invoice to one of them, or to none.");
        }

        if (columns[TransactionField.Amount] >= 0)
        {
            return;
        }

        if (columns[TransactionField.Quantity] < 0 && !import.Columns.ContainsKey(TransactionField.Quantity) && left.Length > 0)
        {
            warnings.Add(
                $"No column for the quantity was found: each row counts as one piece. Columns left over: {ColumnList.Show(left)}. "
                + "Set import.columns.quantity to one of them, or to none.");
        }

        if (hasHeader && !import.Columns.ContainsKey(TransactionField.Price) && ColumnSynonyms.IsCost(ColumnSynonyms.KeyOf(columns.ColumnName(TransactionField.Price))))
        {
            warnings.Add(
                $"Column {columns.ColumnName(TransactionField.Price)} was taken for the price, though it reads like what the shop itself paid. "
                + "Set import.columns.price if another column is the price.");
        }
    }
}
