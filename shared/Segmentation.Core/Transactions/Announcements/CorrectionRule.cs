using System.Globalization;

namespace Segmentation.Core.Transactions;

/// <summary>Decides which upload the rejected rows of a table announce as theirs, and what such announcements may say.</summary>
internal static class CorrectionRule
{
    /// <summary>The key of the origin.</summary>
    public const string OriginKey = "corrects";

    /// <summary>The key of the table.</summary>
    public const string TableKey = "table";

    /// <summary>The key of the round.</summary>
    public const string RoundKey = "round";

    /// <summary>The least digits that name an upload.</summary>
    public const int LeastDigits = 16;

    /// <summary>The most rounds that are told apart.</summary>
    public const int MostRounds = 1_000;

    // Half of a hash: nobody makes two uploads that share it.
    private const int WrittenDigits = 32;
    private const int MostDigits = 64;

    /// <summary>Whether a text can name an upload.</summary>
    public static bool IsOrigin(string text) => text.Length is >= LeastDigits and <= MostDigits && text.All(char.IsAsciiHexDigit);

    /// <summary>What a file of rejected rows announces; null where a corrected row takes the place of no good one anyway.</summary>
    /// <remarks>
    /// With a product column the unit of supersession is a product of an order, in nearly all files one line. Without one it is an order, whose
    /// other lines may be good. Rows without an invoice are units of their own; how many are equal counts only where equal rows are kept.
    /// </remarks>
    /// <param name="upload">The upload that the rows come from.</param>
    /// <param name="dialect">How their table was read.</param>
    /// <param name="table">The table, from 1; 0 where the upload is one table.</param>
    /// <param name="dropsDuplicates">Whether a row equal to an earlier one of its upload is merged.</param>
    public static Correction? Of(UploadRecord upload, Dialect dialect, int table, bool dropsDuplicates)
    {
        if (upload.Reading?.Corrects is { } known)
        {
            return known with { Table = known.Table > 0 ? known.Table : table, Round = Math.Min(known.Round + 1, MostRounds) };
        }

        bool hasInvoices = dialect.Columns.ContainsKey(ColumnMapping.OptionName(TransactionField.Invoice));
        bool hasProducts = dialect.Columns.ContainsKey(ColumnMapping.OptionName(TransactionField.Product));
        bool matters = hasInvoices ? !hasProducts : !dropsDuplicates;
        return matters ? new Correction(upload.Sha256[..WrittenDigits], table, 1) : null;
    }

    /// <summary>What several tables of one upload say together; null where they do not all say the same origin.</summary>
    public static Correction? OfTables(IReadOnlyList<Correction?> tables) => tables switch
    {
        [var only] => only,
        [{ } first, ..] when tables.All(table => table?.Origin == first.Origin) =>
            first with { Table = tables.All(table => table == first) ? first.Table : 0, Round = tables.Min(static table => table!.Round) },
        _ => null,
    };

    /// <summary>The line of announcements with a correction in it.</summary>
    public static string Add(string announcement, Correction correction)
    {
        var values = new List<(string Key, string Value)> { (OriginKey, correction.Origin) };
        if (correction.Table > 0)
        {
            values.Add((TableKey, Text(correction.Table)));
        }

        if (correction.Round > 1)
        {
            values.Add((RoundKey, Text(correction.Round)));
        }

        return AnnouncementLine.Add(announcement, values);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
