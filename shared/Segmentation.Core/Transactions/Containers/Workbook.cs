using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using ExcelDataReader;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>Reads the sheets of a workbook (.xlsx) one after the other.</summary>
internal static class Workbook
{
    private const string What = "The Excel workbook";

    // The library asks for code page 1252 even where the workbook needs none, and .NET has it only when it is asked to.
    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Refuses workbooks that would expand too far in memory or time.</summary>
    public static void Check(ZipArchive archive, long compressedBytes, ImportOptions import)
    {
        long all = 0;
        foreach (ZipArchiveEntry part in archive.Entries)
        {
            // What unpacks a part stops at the length that the directory names, so that a lie about it helps nobody.
            all += part.Length;
            bool isShared = part.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase);
            if (part.Length > (isShared ? ArchiveLimits.MostSharedBytes : ArchiveLimits.MostSheetBytes))
            {
                throw new UnusableUploadException(
                    $"{What} is too large to be read: its part '{part.Name}' has {part.Length} bytes.", advice: "Save the sheet as CSV and upload that.")
                {
                    IsDamage = true,
                };
            }
        }

        if (all > import.MaxBytes)
        {
            throw ArchiveLimits.TooLarge(import.MaxBytes);
        }

        if (all > ArchiveLimits.AlwaysAllowed && all / ArchiveLimits.MostWorkbookExpansion > compressedBytes)
        {
            throw ArchiveLimits.Bomb(What, ArchiveLimits.MostWorkbookExpansion);
        }
    }

    /// <summary>The visible sheets in their order. Memory: the shared texts and a row.</summary>
    /// <param name="openAsync">Opens the workbook; the stream can seek.</param>
    /// <param name="name">The name of the entry that the workbook is, or null.</param>
    /// <param name="import">The limits.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<UploadTable> SheetsAsync(
        Func<CancellationToken, Task<Stream>> openAsync, string? name, ImportOptions import, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream bytes = await openAsync(cancellationToken);
        await using (bytes.ConfigureAwait(false))
        {
            using IExcelDataReader sheets = Open(bytes);
            int count = WorkbookFaults.Guard(() => sheets.ResultsCount);
            if (count > ArchiveLimits.MostSheets)
            {
                throw ArchiveLimits.Damaged(What, $"it has {count} sheets, at most {ArchiveLimits.MostSheets} are read");
            }

            int index = 0;
            do
            {
                int sheet = index++;
                if (WorkbookFaults.Guard(() => sheets.VisibleState) == "visible")
                {
                    yield return new UploadTable
                    {
                        Name = name is null ? $"sheet '{sheets.Name}'" : $"{name}, sheet '{sheets.Name}'",
                        IsSheet = true,
                        Bytes = TextOf(sheets, import),
                        OpenAgainAsync = async token => OpenSheet(await openAsync(token), sheet, import),
                    };
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
            while (WorkbookFaults.Guard(sheets.NextResult));
        }
    }

    private static IExcelDataReader Open(Stream bytes) =>
        WorkbookFaults.Guard(() => ExcelReaderFactory.CreateOpenXmlReader(bytes, new ExcelReaderConfiguration { LeaveOpen = true }));

    private static OwnedText OpenSheet(Stream bytes, int sheet, ImportOptions import)
    {
        IExcelDataReader sheets = Open(bytes);
        for (int i = 0; i < sheet; i++)
        {
            WorkbookFaults.Guard(sheets.NextResult);
        }

        return new OwnedText(TextOf(sheets, import), sheets, bytes);
    }

    private static SheetText TextOf(IExcelDataReader sheet, ImportOptions import) =>
        new(sheet, new ImportOptionsOfSheet(import.MaxColumns, import.DecimalSeparator));

    /// <summary>Text that takes what it is read from with it.</summary>
    private sealed class OwnedText(Stream text, IDisposable reader, Stream file) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => text.Read(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            text.ReadAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                text.Dispose();
                reader.Dispose();
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
