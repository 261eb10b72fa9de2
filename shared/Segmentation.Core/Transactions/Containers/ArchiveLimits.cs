using System.Globalization;

namespace Segmentation.Core.Transactions;

/// <summary>How far compressed bytes may expand, so that a small file cannot fill the memory or take hours.</summary>
internal static class ArchiveLimits
{
    /// <summary>Decompressed bytes that are never too many.</summary>
    public const long AlwaysAllowed = 256L << 20;

    /// <summary>How many times larger decompressed text may be beyond that. Real exports are 5 to 20 times as large.</summary>
    public const int MostExpansion = 40;

    /// <summary>How many times larger the parts of a workbook may be beyond that; its markup is slow to read.</summary>
    public const int MostWorkbookExpansion = 50;

    /// <summary>Most bytes of one part of a workbook: a sheet of a million rows has fewer.</summary>
    public const long MostSheetBytes = 1L << 30;

    /// <summary>Most bytes of the texts that the cells of a workbook share; they are held in memory.</summary>
    public const long MostSharedBytes = 96L << 20;

    /// <summary>Most bytes of a workbook or archive within another container, which is held in memory.</summary>
    public const int MostNestedBytes = 64 << 20;

    /// <summary>Most bytes of the directory of an archive.</summary>
    public const long MostDirectoryBytes = 8L << 20;

    /// <summary>Most entries of an archive.</summary>
    public const int MostEntries = 10_000;

    /// <summary>Most sheets of a workbook.</summary>
    public const int MostSheets = 256;

    /// <summary>Most rows of a sheet: those that spreadsheets have.</summary>
    public const int MostSheetRows = 1 << 20;

    /// <summary>Refuses what is larger than <c>import.maxBytes</c>.</summary>
    public static UnusableUploadException TooLarge(long limit) => new(
        string.Create(CultureInfo.InvariantCulture, $"The file is larger than {limit} bytes (import.maxBytes; the decompressed size counts)."),
        advice: "Split the file, or raise import.maxBytes.")
    {
        IsDamage = true,
    };

    /// <summary>Refuses what expands too far.</summary>
    public static UnusableUploadException Bomb(string what, int most) => new(
        string.Create(CultureInfo.InvariantCulture, $"{what} expands to more than {most} times its size, as no export of transactions does."),
        advice: "Upload the decompressed file.")
    {
        IsDamage = true,
    };

    /// <summary>Refuses a container that is damaged.</summary>
    public static UnusableUploadException Damaged(string what, string fault) => new(
        $"{what} is damaged or cut off: {fault.TrimEnd('.')}.", advice: "Export or compress it again, and upload it again.")
    {
        IsDamage = true,
    };
}
