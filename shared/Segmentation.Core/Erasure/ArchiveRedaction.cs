using System.IO.Compression;

namespace Segmentation.Core.Erasure;

/// <summary>Rewrites every entry of a zip archive, such as a workbook, which hides its texts from a look at the bytes.</summary>
internal static class ArchiveRedaction
{
    private const long MostBytes = 1L << 30;

    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the archive with its entries rewritten; false, and nothing written, where it is none that can be read.</summary>
    /// <param name="bytes">The archive, which can seek.</param>
    /// <param name="into">Takes the new one.</param>
    /// <param name="rewriting">Rewrites an entry.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task<bool> WriteAsync(Stream bytes, Stream into, Rewriting rewriting, CancellationToken cancellationToken)
    {
        // Written to memory first: a damaged entry shows only when it is read.
        using var written = new MemoryStream();
        try
        {
            await using ZipArchive archive = await ZipArchive.CreateAsync(bytes, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            if (archive.Entries.Sum(static entry => entry.Length) > MostBytes)
            {
                return false;
            }

            await using var redacted = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                ZipArchiveEntry copy = redacted.CreateEntry(entry.FullName, CompressionLevel.Fastest);
                copy.LastWriteTime = NoTime;
                await using Stream from = await entry.OpenAsync(cancellationToken);
                await using Stream to = await copy.OpenAsync(cancellationToken);
                await rewriting(from, to, cancellationToken);
            }
        }
        catch (InvalidDataException)
        {
            // No archive that can be read: its bytes are looked at as they are.
            return false;
        }

        written.Position = 0;
        await written.CopyToAsync(into, cancellationToken);
        return true;
    }
}
