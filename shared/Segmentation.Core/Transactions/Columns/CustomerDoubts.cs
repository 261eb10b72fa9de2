using System.Globalization;
using System.Text;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Says where an e-mail address or a phone number would tell customers apart better than the column that was taken for them.</summary>
/// <remarks>
/// It is only said: which column identifies a customer follows from the header alone, so that the next file of the same shop, with fewer guests or
/// more addresses in it, does not give the same person another identity.
/// </remarks>
internal sealed class CustomerDoubts(ColumnProfiles profiles, ImportOptions import, ICollection<string> warnings)
{
    private const int LeastRows = 5;

    /// <summary>Warns of a column of names, and of one that is often empty or 0, where a contact is there more often.</summary>
    public void Tell(ColumnMapping columns)
    {
        int taken = columns[TransactionField.Customer];
        if (taken < 0 || import.Columns.ContainsKey(TransactionField.Customer) || profiles.Rows.Count < LeastRows)
        {
            return;
        }

        bool holdsNames = ColumnSynonyms.IsUnclearCustomer(ColumnSynonyms.KeyOf(columns.NameOf(taken))) && profiles[taken].IsText;
        int filled = profiles[taken].Values.Count(IsFilled);
        foreach (int contact in Contacts(columns))
        {
            (string Customer, string Contact)[] pairs = [.. profiles[taken].Values.Zip(profiles[contact].Values).Where(pair => IsFilled(pair.Second))];
            int without = pairs.Count(pair => !IsFilled(pair.Customer));
            if (pairs.Length > 0 && (holdsNames ? pairs.Length * 10 >= filled * 9 : without * 5 > pairs.Length))
            {
                string reason = holdsNames
                    ? "holds names, which several persons may share"
                    : string.Create(CultureInfo.InvariantCulture, $"says who bought on {filled} of the first {profiles.Rows.Count} rows only");
                warnings.Add(
                    $"Column {columns.NameOf(taken)}, which was taken for the customer, {reason}. "
                    + $"Set import.columns.customer to {columns.NameOf(contact)} to tell customers apart by that.");
                return;
            }
        }
    }

    private static IEnumerable<int> Contacts(ColumnMapping columns) => Enumerable.Range(0, columns.Count)
        .Where(column => columns.IsFree(column) && ColumnSynonyms.IsContact(ColumnSynonyms.KeyOf(columns.NameOf(column))))
        .OrderBy(column => ColumnSynonyms.FindName(columns.NameOf(column), columns.Style)?.Rank).ThenBy(static column => column);

    private static bool IsFilled(string value) => !string.Equals(value, "0", StringComparison.Ordinal) && !FieldText.IsMissingId(Encoding.UTF8.GetBytes(value));
}
