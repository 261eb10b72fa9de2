using System.IO.Compression;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <content>Text within gzip and archives, to some depth.</content>
internal sealed partial class TokenRedaction
{
    private const int MostDepth = 4;

    /// <summary>Rewrites what is packed; null where it is not, and then the text from its start.</summary>
    private async Task<Stream?> WritePackedAsync(byte[] head, Stream bytes, Stream into, int depth, CancellationToken cancellationToken)
    {
        var whole = new PrefixedStream(head, bytes);
        if (depth == 0)
        {
            return whole;
        }

        Rewriting inner = (from, to, token) => WriteAsync(from, to, depth - 1, token);
        if (head is [0x1F, 0x8B])
        {
            var unpacked = new GzipBytes(whole);
            await using var packed = new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true);
            await inner(unpacked, packed, cancellationToken);
            return null;
        }

        if (head is not [(byte)'P', (byte)'K'])
        {
            return whole;
        }

        if (bytes.CanSeek)
        {
            if (await ArchiveRedaction.WriteAsync(bytes, into, inner, Rename, cancellationToken))
            {
                return null;
            }

            bytes.Position = 0;
            return bytes;
        }

        // An archive is read from its end, so one within another container is held in memory as when it is cleaned.
        byte[] held = await HoldAsync(whole, cancellationToken);
        return held.Length <= ArchiveLimits.MostNestedBytes
            && await ArchiveRedaction.WriteAsync(new MemoryStream(held, writable: false), into, inner, Rename, cancellationToken)
            ? null
            : new PrefixedStream(held, bytes);
    }

    private string Rename(string name)
    {
        string redacted = Redact(name);
        _found |= redacted != name;
        return redacted;
    }

    private static async Task<byte[]> HoldAsync(Stream bytes, CancellationToken cancellationToken)
    {
        using var held = new MemoryStream();
        byte[] block = new byte[BufferBytes];
        int read;
        while (held.Length <= ArchiveLimits.MostNestedBytes && (read = await ReadAsync(bytes, block, cancellationToken)) > 0)
        {
            held.Write(block, 0, read);
        }

        return held.ToArray();
    }
}
