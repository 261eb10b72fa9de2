using System.IO.Compression;

namespace Segmentation.Core.Erasure;

/// <summary>Rewrites every entry of a zip archive, such as a workbook, which hides its texts from a look at the bytes.</summary>
/// <remarks>
/// Of a damaged archive each entry that has its own header is taken; what cannot be unpacked cannot be searched and is not kept, nor are
/// comments, nor bytes beyond the limit. Entries are written as they are read: memory is that of one block.
/// </remarks>
internal static class ArchiveRedaction
{
    private const long MostBytes = 1L << 30;

    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the archive with its entries rewritten; false, and nothing written, where it holds no entry.</summary>
    /// <param name="bytes">The archive, which can seek.</param>
    /// <param name="into">Takes the new one.</param>
    /// <param name="rewriting">Rewrites an entry.</param>
    /// <param name="renaming">Rewrites a name or a comment.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task<bool> WriteAsync(
        Stream bytes, Stream into, Rewriting rewriting, Func<string, string> renaming, CancellationToken cancellationToken)
    {
        var budget = new ByteBudget(MostBytes);
        ZipArchive? redacted = null;
        try
        {
            await foreach ((string name, Stream entry) in EntriesAsync(bytes, renaming, cancellationToken))
            {
                redacted ??= await ZipArchive.CreateAsync(into, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
                ZipArchiveEntry copy = redacted.CreateEntry(renaming(name), CompressionLevel.Fastest);
                copy.LastWriteTime = NoTime;
                await using Stream to = await copy.OpenAsync(cancellationToken);
                await using var from = new BoundedBytes(entry, budget);
                await rewriting(from, to, cancellationToken);
            }

            return redacted is not null;
        }
        finally
        {
            if (redacted is not null)
            {
                await redacted.DisposeAsync();
            }
        }
    }

    private static async IAsyncEnumerable<(string Name, Stream Bytes)> EntriesAsync(
        Stream bytes, Func<string, string> renaming, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using ZipArchive? archive = await OpenAsync(bytes, cancellationToken);
        if (archive is null)
        {
            await foreach ((string, Stream) entry in ArchiveSalvage.EntriesAsync(bytes, cancellationToken))
            {
                yield return entry;
            }

            yield break;
        }

        renaming(archive.Comment);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            renaming(entry.Comment);
            await using Stream content = await entry.OpenAsync(cancellationToken);
            yield return (entry.FullName, content);
        }
    }

    /// <summary>The archive by its directory; null where that, or the header of an entry, is damaged.</summary>
    private static async Task<ZipArchive?> OpenAsync(Stream bytes, CancellationToken cancellationToken)
    {
        ZipArchive? archive = null;
        try
        {
            bytes.Position = 0;
            archive = await ZipArchive.CreateAsync(bytes, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                await using Stream content = await entry.OpenAsync(cancellationToken);
            }

            return archive;
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException)
        {
            // Its entries are looked for one by one.
            if (archive is not null)
            {
                await archive.DisposeAsync();
            }

            return null;
        }
    }
}
