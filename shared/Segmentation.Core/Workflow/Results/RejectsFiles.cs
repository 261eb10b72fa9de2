using System.Globalization;
using System.IO.Compression;
using System.Text;
using Segmentation.Core.Rfm;
using Segmentation.Core.Storage;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow.Results;

/// <summary>
/// The rejected rows: <c>rejects.csv</c> with all of them and why, and <c>rejects/&lt;upload&gt;</c> with the same rows as they were
/// written, under the upload's own header and the lines before it, to correct and drop again: with a line that announces how the upload
/// was read and which one it was, and with the fields that an order's first line carried to its further ones.
/// </summary>
/// <param name="storage">Where the rejected rows of uploads lie.</param>
/// <param name="results">Takes the files.</param>
/// <param name="dropsDuplicates">Whether a row equal to an earlier one of its upload is merged.</param>
internal sealed class RejectsFiles(SegmentationStorage storage, ResultFiles results, bool dropsDuplicates)
{
    /// <summary>The name of the file of all rejects.</summary>
    public const string Name = "rejects.csv";

    /// <summary>The folder of the files by upload.</summary>
    public const string Folder = "rejects/";

    /// <summary>Writes all files. Memory: a buffer for each sorted run of late rejects.</summary>
    /// <param name="uploads">The uploads of the run.</param>
    /// <param name="late">Rows rejected by shards, sorted by upload and line.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public Task WriteAsync(
        IReadOnlyList<RunUpload> uploads, IAsyncEnumerable<LateReject> late, CancellationToken cancellationToken) =>
        results.WriteTextAsync(Name, async (all, token) =>
        {
            await all.WriteLineAsync("upload,line,reason,detail,raw");
            await using IAsyncEnumerator<LateReject> lateRows = late.GetAsyncEnumerator(token);
            bool hasLate = await lateRows.MoveNextAsync();
            HashSet<string> folders = FoldersOf(uploads);
            var names = uploads.Select(upload => upload.Record.Name).ToHashSet(StringComparer.Ordinal);
            for (int i = 0; i < uploads.Count; i++)
            {
                if (!uploads[i].TakesPart)
                {
                    continue;
                }

                int upload = i;
                UploadRecord record = uploads[i].Record;
                IAsyncEnumerable<Rejected> rows = InOrderAsync(
                    ReadOwnAsync(record, token), lateRows, hasLate, upload, left => hasLate = left);
                await using IAsyncEnumerator<Rejected> next = rows.GetAsyncEnumerator(token);
                bool more = await next.MoveNextAsync();
                while (more)
                {
                    RejectsFile part = RejectsFile.Of(record, next.Current.Line, dropsDuplicates);
                    string name = folders.Contains(part.Name) || (part.Name != record.Name && names.Contains(part.Name)) ? part.Name + RejectsFile.ClashMark : part.Name;
                    await results.WriteAsync(
                        Folder + name, async (file, fileToken) => more = await WriteUploadAsync(file, all, record, part, next, fileToken), token);
                }
            }
        }, cancellationToken);

    // Over time a name can have been that of an upload and that of a folder of others.
    private static HashSet<string> FoldersOf(IReadOnlyList<RunUpload> uploads)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in uploads.Select(upload => upload.Record.Name))
        {
            for (int slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
            {
                folders.Add(name[..slash]);
            }
        }

        return folders;
    }

    // Whether rows of another table follow.
    private static async Task<bool> WriteUploadAsync(
        Stream file, TextWriter all, UploadRecord record, RejectsFile part, IAsyncEnumerator<Rejected> rows, CancellationToken cancellationToken)
    {
        // The same container and encoding as the upload's, so that the file can take its place.
        await using Stream? gzip = part.IsGzip ? new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true) : null;
        await using var own = new StreamWriter(gzip ?? file, UploadEncodings.ForWriting(part.Encoding), leaveOpen: true);
        own.NewLine = "\n";
        await own.WriteAsync(part.Preamble.AsMemory(), cancellationToken);
        if (part.Announcement.Length > 0)
        {
            await own.WriteLineAsync(part.Announcement.AsMemory(), cancellationToken);
        }

        if (part.Header is { } header)
        {
            await own.WriteLineAsync(header.AsMemory(), cancellationToken);
        }

        bool more;
        do
        {
            Rejected row = rows.Current;
            await own.WriteLineAsync((row.Filled.Length > 0 ? row.Filled : row.Raw).AsMemory(), cancellationToken);
            all.WriteText(record.Name);
            await all.WriteAsync(string.Create(CultureInfo.InvariantCulture, $",{row.Line},{row.Reason.Name()},"));
            all.WriteText(row.Detail);
            await all.WriteAsync(',');
            all.WriteText(row.Raw);
            await all.WriteAsync('\n');
            more = await rows.MoveNextAsync();
        }
        while (more && rows.Current.Line < part.BeforeLine);
        return more;
    }

    // Both sequences ascend by line; the late ones are one sequence over all uploads, of which this upload's part is taken.
    private static async IAsyncEnumerable<Rejected> InOrderAsync(
        IAsyncEnumerable<Rejected> own, IAsyncEnumerator<LateReject> late, bool hasLate, int upload, Action<bool> setHasLate)
    {
        await foreach (Rejected row in own)
        {
            while (hasLate && late.Current.Upload == upload && late.Current.Line < row.Line)
            {
                yield return Rejected.Of(late.Current);
                hasLate = await late.MoveNextAsync();
            }

            yield return row;
        }

        while (hasLate && late.Current.Upload == upload)
        {
            yield return Rejected.Of(late.Current);
            hasLate = await late.MoveNextAsync();
        }

        setHasLate(hasLate);
    }

    private async IAsyncEnumerable<Rejected> ReadOwnAsync(
        UploadRecord record, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using Stream stream = await storage.Clean.OpenReadAsync(CleanBlobs.Rejects(record.CleanKey!), cancellationToken);
        var reader = new RecordStreamReader(stream);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return Rejected.Of(reader.Current.Span);
        }
    }

    private readonly record struct Rejected(long Line, RejectionReason Reason, string Detail, string Raw, string Filled)
    {
        public static Rejected Of(LateReject row) => new(row.Line, row.Reason, row.Detail, row.Raw, row.Filled);

        public static Rejected Of(ReadOnlySpan<byte> record)
        {
            OwnReject own = OwnReject.Read(record, out ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> filled);
            return new Rejected(own.Line, own.Reason, own.Detail, Encoding.UTF8.GetString(raw), Encoding.UTF8.GetString(filled));
        }
    }
}
