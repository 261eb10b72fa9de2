using System.Globalization;
using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Compares the column that names give for the customer with e-mail addresses and phone numbers beside it, by what they hold.</summary>
/// <remarks>
/// An id tells persons apart best, then an e-mail address, then a phone number, then a name. A word such as <c>Customer</c> stands above ids and above names:
/// names give way to contacts that are as complete. So does a column that is empty, or 0, where guests bought, to contacts that are not.
/// Decided from the sample alone.
/// </remarks>
internal sealed class CustomerChoice(ColumnProfiles profiles, ImportOptions import, ICollection<string> warnings)
{
    private const int LeastRows = 5;

    /// <summary>The mapping with the column that tells customers best.</summary>
    public ColumnMapping Check(ColumnMapping columns)
    {
        int taken = columns[TransactionField.Customer];
        if (taken < 0 || import.Columns.ContainsKey(TransactionField.Customer) || profiles.Rows.Count < LeastRows)
        {
            return columns;
        }

        bool holdsNames = ColumnSynonyms.IsUnclearCustomer(ColumnSynonyms.KeyOf(columns.NameOf(taken))) && profiles[taken].IsText;
        int filled = Filled(taken);
        foreach (int contact in Contacts(columns))
        {
            int there = Filled(contact);
            if (there > 0 && (holdsNames ? there * 10 >= filled * 9 : filled * 5 < there * 4))
            {
                string reason = holdsNames ? "holds names" : string.Create(CultureInfo.InvariantCulture, $"says who bought on {filled} of the first {profiles.Rows.Count} rows only");
                warnings.Add(
                    $"Column {columns.NameOf(taken)} {reason}: {columns.NameOf(contact)} was taken for the customer, not {columns.NameOf(taken)}. "
                    + "Set import.columns.customer to choose another.");
                return columns.With(TransactionField.Customer, contact);
            }
        }

        return columns;
    }

    private static IEnumerable<int> Contacts(ColumnMapping columns) => Enumerable.Range(0, columns.Count)
        .Where(column => columns.IsFree(column) && ColumnSynonyms.IsContact(ColumnSynonyms.KeyOf(columns.NameOf(column))))
        .OrderBy(column => ColumnSynonyms.FindName(columns.NameOf(column), columns.Style)?.Rank).ThenBy(static column => column);

    private int Filled(int column) =>
        profiles[column].Values.Count(static value => !string.Equals(value, "0", StringComparison.Ordinal) && !FieldText.IsMissingId(Encoding.UTF8.GetBytes(value)));
}
