using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Customer ids that people and programs give, in the form in which they are stored.</summary>
public static class CustomerIds
{
    /// <summary>Trimmed, in Unicode's composed form (NFC), case kept, and without the fraction of <c>17850.0</c>; empty where the id is missing or holds U+FFFE, which no row that counts does.</summary>
    public static string Normalise(string customerId)
    {
        // A lone surrogate is no text: it becomes the replacement character here as in a file.
        byte[] text = Encoding.UTF8.GetBytes(customerId);
        if (FieldText.HasNoncharacter(text))
        {
            return "";
        }

        byte[] composed = FieldText.Compose(text);
        ReadOnlySpan<byte> id = FieldText.WithoutZeroFraction(FieldText.Trim(composed));
        return FieldText.IsMissingId(id) ? "" : Encoding.UTF8.GetString(id);
    }
}
