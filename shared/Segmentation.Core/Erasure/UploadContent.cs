using System.Globalization;
using System.IO.Compression;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <summary>The rows of an upload at rest: where some of them stand, and the same file without them.</summary>
/// <remarks>
/// Plain text keeps all its other bytes. A workbook or an archive becomes a zip archive of the tables that were read, as UTF-8 text, so
/// that nothing of a row is left in shared texts or markup; lines keep their numbers.
/// </remarks>
/// <param name="uploads">The container of uploads.</param>
/// <param name="record">The upload, which was read.</param>
internal sealed class UploadContent(IBlobContainer uploads, UploadRecord record)
{
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private UploadReading Reading => record.Reading ?? throw new InvalidOperationException($"Upload '{record.Name}' was not read.");

    // The file at rest is the archive that was made when rows were taken out of a workbook or an archive.
    private bool IsRewritten => record.StoredSha256 is not null && Reading.Tables.Count > 0;

    /// <summary>Where the rows end that start on some lines: a field may span lines.</summary>
    /// <param name="starts">The lines, ascending.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<LineRanges> FindAsync(List<long> starts, CancellationToken cancellationToken)
    {
        var lines = new LineRanges();
        await foreach ((Stream text, TableReading table) in TablesAsync(cancellationToken))
        {
            var reader = new RecordReader(text, (byte)table.Dialect.Delimiter[0], ImportOptions.DefaultMaxFieldBytes, firstLine: table.FirstLine);
            await reader.SkipLinesAsync(LinesOf(table.Preamble), cancellationToken);
            await RecordLines.FindAsync(reader, row => starts.BinarySearch(row.Line) >= 0, lines, cancellationToken);
        }

        return lines;
    }

    /// <summary>The file without some lines.</summary>
    public Rewriting Without(LineRanges lines) => Reading.Tables.Count == 0
        ? (bytes, into, token) => LineRedaction.WriteAsync(bytes, into, lines, Reading.Dialect.Encoding, keepLineEnds: true, token)
        : (_, into, token) => WriteTablesAsync(into, lines, token);

    private static string NumberedName(int number, TableReading table) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:000}{(table.IsSheet ? ArchiveContent.SheetEnding : ".csv")}");

    // Once rows were taken out, the tables bear numbers, while the reading still says what they were called.
    private bool IsNumbered(UploadTable table, int number, TableReading read) =>
        IsRewritten && table.Name == NumberedName(number, read);

    private static int LinesOf(string text)
    {
        int lines = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n';
            lines += text[i] is '\r' or '\n' ? 1 : 0;
            i += isPair ? 1 : 0;
        }

        return lines;
    }

    private async Task WriteTablesAsync(Stream into, LineRanges lines, CancellationToken cancellationToken)
    {
        await using ZipArchive archive = await ZipArchive.CreateAsync(into, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        int number = 0;
        await foreach ((Stream text, TableReading table) in TablesAsync(cancellationToken))
        {
            ZipArchiveEntry entry = archive.CreateEntry(NumberedName(++number, table), CompressionLevel.Fastest);
            entry.LastWriteTime = NoTime;
            await using Stream written = await entry.OpenAsync(cancellationToken);
            var counted = new CountedBytes(text);
            long firstRow = table.FirstLine + LinesOf(table.Preamble) + (table.Header is { } header ? LinesOf(header) + 1 : 0);
            await LineRedaction.WriteAsync(counted, written, lines.From(firstRow), "utf-8", keepLineEnds: true, cancellationToken, table.FirstLine);
            if (counted.Last is not ((byte)'\n' or (byte)'\r'))
            {
                // A last line that is taken out must still count as one.
                await written.WriteAsync("\n"u8.ToArray(), cancellationToken);
            }
        }
    }

    private async IAsyncEnumerable<(Stream Text, TableReading Table)> TablesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var import = new ImportOptions { MaxBytes = long.MaxValue };
        TableReading[] read = Reading.Tables.Count > 0
            ? [.. Reading.Tables]
            : [new TableReading { Name = "", FirstLine = 1, Dialect = Reading.Dialect, Header = Reading.Header, Preamble = Reading.Preamble }];
        int next = 0;
        await foreach (UploadTable table in UploadTables.ReadAsync(token => uploads.OpenReadAsync(record.Name, token), import, cancellationToken))
        {
            if (next == read.Length || ((table.Name ?? "") != read[next].Name && !IsNumbered(table, next + 1, read[next])))
            {
                continue;
            }

            string encoding = table.IsSheet || IsRewritten ? "utf-8" : read[next].Dialect.Encoding;
            await using UploadSource source = await UploadSource.OfAsync(table.Bytes, import with { Encoding = encoding }, cancellationToken);
            yield return (source.Text, read[next++]);
        }
    }
}
