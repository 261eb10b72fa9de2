using System.IO.Compression;
using System.Runtime.CompilerServices;
using Segmentation.Core.Options;

namespace Segmentation.Core.Transactions;

/// <summary>The tables of an upload, whatever it is packed in: told by its bytes, never by its name.</summary>
/// <remarks>
/// Read are plain text, gzip of it, workbooks (.xlsx), zip archives of all of these, and workbooks or archives in gzip. Names of entries
/// appear in messages only. What is nested is held in memory, up to <see cref="ArchiveLimits.MostNestedBytes" />.
/// </remarks>
internal static class UploadTables
{
    private const string Zip = "The zip archive";

    /// <summary>The tables in their order. Each must be read before the next one is asked for.</summary>
    /// <param name="open">Opens the bytes of the upload; the stream can seek.</param>
    /// <param name="import">The limits.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async IAsyncEnumerable<UploadTable> ReadAsync(
        Func<CancellationToken, Task<Stream>> open, ImportOptions import, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Packing packing = await PackingOfAsync(open, import, cancellationToken);
        if (packing == Packing.None)
        {
            await using Stream bytes = await OpenTextAsync(open, import, cancellationToken);
            yield return new UploadTable { Bytes = bytes, OpenAgainAsync = token => OpenTextAsync(open, import, token) };
            yield break;
        }

        if (packing == Packing.GzippedArchive)
        {
            byte[] archive = await HoldAsync(await OpenTextAsync(open, import, cancellationToken), "The gzip file", cancellationToken);
            open = _ => Task.FromResult<Stream>(new MemoryStream(archive, writable: false));
        }

        await foreach (UploadTable table in OfArchiveAsync(open, null, import, cancellationToken))
        {
            yield return table;
        }
    }

    private static async Task<Packing> PackingOfAsync(Func<CancellationToken, Task<Stream>> open, ImportOptions import, CancellationToken cancellationToken)
    {
        byte[] head = new byte[4];
        await using (Stream file = await open(cancellationToken))
        {
            int length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            if (IsArchive(head.AsSpan(0, length)))
            {
                return Packing.Archive;
            }

            if (!IsGzip(head))
            {
                return Packing.None;
            }
        }

        await using Stream inflated = await OpenTextAsync(open, import, cancellationToken);
        int inflatedLength = await inflated.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return IsArchive(head.AsSpan(0, inflatedLength)) ? Packing.GzippedArchive : Packing.None;
    }

    private static bool IsArchive(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    private static bool IsGzip(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>The bytes of a file, decompressed if they are gzip, counted against the limits.</summary>
    public static async Task<Stream> OpenTextAsync(Func<CancellationToken, Task<Stream>> open, ImportOptions import, CancellationToken cancellationToken)
    {
        Stream file = await open(cancellationToken);
        byte[] head = new byte[2];
        int length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        if (!IsGzip(head.AsSpan(0, length)))
        {
            return new UploadBytes(file, import.MaxBytes, "The file", null);
        }

        var counted = new CountedBytes(file);
        return new UploadBytes(new GzipBytes(counted), import.MaxBytes, "The gzip data", counted);
    }

    private static async IAsyncEnumerable<UploadTable> OfArchiveAsync(
        Func<CancellationToken, Task<Stream>> open, string? name, ImportOptions import, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream file = await open(cancellationToken);
        long bytes = file.Length;
        await using ZipArchive archive = await ZipDirectory.OpenAsync(file, name is null ? Zip : $"Entry '{name}'", cancellationToken);
        if (ArchiveContent.IsWorkbook(archive))
        {
            Workbook.Check(archive, bytes, import);
            await foreach (UploadTable sheet in Workbook.SheetsAsync(open, name, import, cancellationToken))
            {
                yield return sheet;
            }

            yield break;
        }

        ArchiveContent.RefuseForeign(archive, isNested: name is not null);
        int entries = 0;
        for (int i = 0; i < archive.Entries.Count; i++)
        {
            ZipArchiveEntry entry = archive.Entries[i];
            if (!ArchiveContent.MayBeTable(entry))
            {
                continue;
            }

            entries++;
            await foreach (UploadTable table in OfEntryAsync(open, entry, i, import, cancellationToken))
            {
                yield return table;
            }
        }

        if (entries == 0)
        {
            throw new UnusableUploadException($"{Zip} holds no file.", advice: "Zip the exported files, and upload that.");
        }
    }

    private static async IAsyncEnumerable<UploadTable> OfEntryAsync(
        Func<CancellationToken, Task<Stream>> open, ZipArchiveEntry entry, int index, ImportOptions import, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string name = ArchiveContent.DisplayName(entry);
        Task<Stream> OpenEntryAsync(CancellationToken token) => OpenEntryOnceAsync(entry, name, import, token);
        Packing packing = await PackingOfEntryAsync(OpenEntryAsync, cancellationToken);
        if (packing == Packing.None)
        {
            await using Stream text = await OpenEntryAsync(cancellationToken);
            yield return new UploadTable
            {
                Name = name,
                IsSheet = name.EndsWith(ArchiveContent.SheetEnding, StringComparison.Ordinal),
                Bytes = text,
                OpenAgainAsync = token => ReopenAsync(open, index, import, token),
            };
            yield break;
        }

        byte[] held = await HoldAsync(await OpenEntryAsync(cancellationToken), $"Entry '{name}'", cancellationToken);
        await foreach (UploadTable table in OfArchiveAsync(_ => Task.FromResult<Stream>(new MemoryStream(held, writable: false)), name, import, cancellationToken))
        {
            yield return table;
        }
    }

    private static async Task<Packing> PackingOfEntryAsync(Func<CancellationToken, Task<Stream>> open, CancellationToken cancellationToken)
    {
        byte[] head = new byte[4];
        await using Stream bytes = await open(cancellationToken);
        int length = await bytes.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return IsArchive(head.AsSpan(0, length)) ? Packing.Archive : Packing.None;
    }

    private static async Task<Stream> OpenEntryOnceAsync(ZipArchiveEntry entry, string name, ImportOptions import, CancellationToken cancellationToken)
    {
        string what = $"Entry '{name}' of the zip archive";
        try
        {
            byte[] head = new byte[2];
            Stream opened = await entry.OpenAsync(cancellationToken);
            var counted = new CountedBytes(entry.CompressedLength);
            var bytes = new UploadBytes(new CheckedEntry(entry, opened), import.MaxBytes, what, counted);
            int length = await bytes.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            Array.Resize(ref head, length);
            var whole = new PrefixedStream(head, bytes);
            return IsGzip(head) ? new UploadBytes(new GzipBytes(whole), import.MaxBytes, what, counted) : whole;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw ArchiveLimits.Damaged(what, fault.Message);
        }
    }

    private static async Task<Stream> ReopenAsync(Func<CancellationToken, Task<Stream>> open, int index, ImportOptions import, CancellationToken cancellationToken)
    {
        ZipArchive archive = await ZipDirectory.OpenAsync(await open(cancellationToken), Zip, cancellationToken);
        ZipArchiveEntry entry = archive.Entries[index];
        Stream text = await OpenEntryOnceAsync(entry, ArchiveContent.DisplayName(entry), import, cancellationToken);
        return new ArchivedText(text, archive);
    }

    private static async Task<byte[]> HoldAsync(Stream bytes, string what, CancellationToken cancellationToken)
    {
        await using (bytes.ConfigureAwait(false))
        {
            using var held = new MemoryStream();
            byte[] block = new byte[64 << 10];
            int read;
            while ((read = await bytes.ReadAsync(block, cancellationToken)) > 0)
            {
                if (held.Length + read > ArchiveLimits.MostNestedBytes)
                {
                    throw new UnusableUploadException(
                        $"{what} holds a workbook or an archive of more than {ArchiveLimits.MostNestedBytes} bytes.", advice: "Upload that by itself.")
                    {
                        IsDamage = true,
                    };
                }

                held.Write(block, 0, read);
            }

            return held.ToArray();
        }
    }

    private enum Packing
    {
        None,
        Archive,
        GzippedArchive,
    }

    /// <summary>Text that takes its archive with it.</summary>
    private sealed class ArchivedText(Stream text, ZipArchive archive) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => text.Read(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            text.ReadAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                text.Dispose();
                archive.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
