using System.IO.Compression;

namespace Segmentation.Core.Transactions;

/// <summary>What the entries of an archive say it is.</summary>
internal static class ArchiveContent
{
    /// <summary>The end of the name of an entry that was a sheet before rows were taken out of the upload.</summary>
    public const string SheetEnding = ".sheet.csv";

    private const int LongestName = 100;

    /// <summary>Whether it is a workbook of today's Excel.</summary>
    public static bool IsWorkbook(ZipArchive archive) => Has(archive, "xl/workbook.xml");

    /// <summary>Refuses documents that are archives too, and archives within archives.</summary>
    /// <exception cref="UnusableUploadException">It is one of them.</exception>
    public static void RefuseForeign(ZipArchive archive, bool isNested)
    {
        string? what = Has(archive, "xl/workbook.bin") ? "a binary Excel workbook (.xlsb)"
            : Has(archive, "content.xml") ? "an OpenDocument file (.ods)"
            : Has(archive, "word/document.xml") ? "a Word document"
            : isNested ? "a zip archive within another"
            : null;
        if (what is not null)
        {
            throw new UnusableUploadException(
                $"The file looks like {what}; expected delimited text (CSV) or an Excel workbook (.xlsx).", advice: "Save it as CSV or .xlsx and upload that.");
        }
    }

    /// <summary>Whether an entry is a file of the user's: no folder, and nothing that systems and programs leave behind.</summary>
    public static bool MayBeTable(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
        {
            throw new UnusableUploadException("The zip archive is protected by a password.", advice: "Zip it without a password.") { IsDamage = true };
        }

        return !entry.FullName.EndsWith('/') && !entry.FullName.EndsWith('\\') && !UploadNames.IsIgnored(FileName(entry))
            && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);
    }

    /// <summary>The name for messages: without folders and control characters, and cut.</summary>
    public static string DisplayName(ZipArchiveEntry entry)
    {
        string name = string.Concat(FileName(entry).Where(static letter => !char.IsControl(letter)));
        return name.Length > LongestName ? name[..LongestName] + "…" : name;
    }

    private static string FileName(ZipArchiveEntry entry) => entry.FullName[(entry.FullName.LastIndexOfAny(['/', '\\']) + 1)..];

    private static bool Has(ZipArchive archive, string name) =>
        archive.Entries.Any(entry => string.Equals(entry.FullName, name, StringComparison.OrdinalIgnoreCase));
}
