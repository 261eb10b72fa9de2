using System.Globalization;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow.Results;

/// <summary>One file of rejected rows to correct and drop again: that of an upload, or of one table of a workbook or an archive.</summary>
/// <param name="Name">Its name below the folder of rejects.</param>
/// <param name="Encoding">The web name of its encoding: the upload's own, UTF-8 where that was packed.</param>
/// <param name="Delimiter">Its delimiter.</param>
/// <param name="IsGzip">Whether it is compressed, as the upload is.</param>
/// <param name="Preamble">The lines before the header.</param>
/// <param name="Announcement">The line above the header that says how the upload was read and which one it was, or nothing.</param>
/// <param name="Header">The header, or null.</param>
/// <param name="BeforeLine">The line at which the next table starts.</param>
internal sealed record RejectsFile(
    string Name, string Encoding, byte Delimiter, bool IsGzip, string Preamble, string Announcement, string? Header, long BeforeLine)
{
    /// <summary>Behind a name that is another upload's or a folder's too.</summary>
    public const string ClashMark = ".rejected";

    /// <summary>The file of a row.</summary>
    /// <param name="record">The upload.</param>
    /// <param name="line">The line of the row.</param>
    /// <param name="dropsDuplicates">Whether a row equal to an earlier one of its upload is merged.</param>
    public static RejectsFile Of(UploadRecord record, long line, bool dropsDuplicates)
    {
        UploadReading reading = record.Reading!;
        int table = reading.Tables.Count - 1;
        while (table > 0 && reading.Tables[table].FirstLine > line)
        {
            table--;
        }

        RejectsFile file = table < 0 ? OfPlain(record, reading) : OfTable(record, reading.Tables, table);
        Dialect dialect = table < 0 ? reading.Dialect : reading.Tables[table].Dialect;
        return CorrectionRule.Of(record, dialect, reading.Tables.Count > 1 ? table + 1 : 0, dropsDuplicates) is { } correction
            ? file with { Announcement = CorrectionRule.Add(file.Announcement, correction) }
            : file;
    }

    /// <summary>All files that an upload may have, without what they announce of the upload itself.</summary>
    public static IEnumerable<RejectsFile> AllOf(UploadRecord record)
    {
        UploadReading reading = record.Reading!;
        return reading.Tables.Count == 0
            ? [OfPlain(record, reading)]
            : Enumerable.Range(0, reading.Tables.Count).Select(table => OfTable(record, reading.Tables, table));
    }

    private static RejectsFile OfPlain(UploadRecord record, UploadReading reading) => new(
        record.Name, reading.Dialect.Encoding, (byte)reading.Dialect.Delimiter[0], record.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase),
        AnnouncementLine.Without(reading.Preamble), reading.Announcement, reading.Header, long.MaxValue);

    // What was in a workbook or an archive becomes a file of text of its own, whose name says so.
    private static RejectsFile OfTable(UploadRecord record, IReadOnlyList<TableReading> tables, int table) => new(
        tables.Count == 1 ? record.Name + ".csv" : string.Create(CultureInfo.InvariantCulture, $"{record.Name}.{table + 1}.csv"),
        "utf-8", (byte)tables[table].Dialect.Delimiter[0], false,
        AnnouncementLine.Without(tables[table].Preamble), tables[table].Announcement, tables[table].Header,
        table + 1 < tables.Count ? tables[table + 1].FirstLine : long.MaxValue);
}
