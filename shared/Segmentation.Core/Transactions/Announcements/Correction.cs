namespace Segmentation.Core.Transactions;

/// <summary>Which upload a file of corrected rows completes, as its announcement says.</summary>
/// <remarks>
/// It names the first upload of a chain, whatever came between, so that it still holds when a file between is withdrawn. It is as little
/// to be trusted as anything else in a file: all it can do is to let rows of two uploads count side by side.
/// </remarks>
/// <param name="Origin">The first 16 to 64 digits of the SHA-256 of that upload, in lower-case hexadecimal digits.</param>
/// <param name="Table">The table of that upload, from 1, whose rows these are; 0 where it is one table.</param>
/// <param name="Round">How often the rows came back: 1 for those that the upload itself was refused, 2 for those that a correction was.</param>
public sealed record Correction(string Origin, int Table, int Round)
{
    /// <summary>The key of the origin.</summary>
    internal const string OriginKey = "corrects";

    /// <summary>The key of the table.</summary>
    internal const string TableKey = "table";

    /// <summary>The key of the round.</summary>
    internal const string RoundKey = "round";

    /// <summary>The least digits that name an upload.</summary>
    internal const int LeastDigits = 16;

    /// <summary>The most rounds that are told apart.</summary>
    internal const int MostRounds = 1_000;

    // Half of a hash: nobody makes two uploads that share it.
    private const int WrittenDigits = 32;
    private const int MostDigits = 64;

    /// <summary>Whether a text can name an upload.</summary>
    internal static bool IsOrigin(string text) => text.Length is >= LeastDigits and <= MostDigits && text.All(char.IsAsciiHexDigit);

    /// <summary>What a file of rejected rows announces; null where a corrected row takes the place of no good one anyway.</summary>
    /// <remarks>
    /// With a product column the unit of supersession is a product of an order, in nearly all files one line. Without one it is an order, whose other
    /// lines may be good. Rows without an invoice are units of their own; how many are equal counts only where equal rows are kept.
    /// </remarks>
    /// <param name="upload">The upload that the rows come from.</param>
    /// <param name="dialect">How their table was read.</param>
    /// <param name="table">The table, from 1; 0 where the upload is one table.</param>
    /// <param name="dropsDuplicates">Whether a row equal to an earlier one of its upload is merged.</param>
    internal static Correction? Of(UploadRecord upload, Dialect dialect, int table, bool dropsDuplicates)
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
    internal static Correction? OfTables(IReadOnlyList<Correction?> tables) => tables switch
    {
        [var only] => only,
        [{ } first, ..] when tables.All(table => table?.Origin == first.Origin) =>
            first with { Table = tables.All(table => table == first) ? first.Table : 0, Round = tables.Min(static table => table!.Round) },
        _ => null,
    };

    /// <summary>The line of announcements with this in it.</summary>
    internal string AddTo(string announcement)
    {
        var values = new List<(string Key, string Value)> { (OriginKey, Origin) };
        if (Table > 0)
        {
            values.Add((TableKey, Text(Table)));
        }

        if (Round > 1)
        {
            values.Add((RoundKey, Text(Round)));
        }

        return AnnouncementLine.Add(announcement, values);
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
