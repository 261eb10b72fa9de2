using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Segmentation.Core.Erasure;

/// <summary>Finds the entries of a zip archive by their own headers, where its directory is damaged or was cut off.</summary>
/// <remarks>What anybody could still take out of such a file must be searched too. PKWARE APPNOTE 6.3, section 4.3.7.</remarks>
internal static class ArchiveSalvage
{
    private const int HeaderBytes = 30;
    private const int BlockBytes = 64 << 10;
    private const int Stored = 0;
    private const int Deflated = 8;

    private static ReadOnlySpan<byte> Signature => "PK\u0003\u0004"u8;

    /// <summary>The entries in the order of the file. Each must be read before the next one is asked for; reading may end in a damage.</summary>
    /// <param name="bytes">The archive, which can seek.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async IAsyncEnumerable<(string Name, Stream Bytes)> EntriesAsync(
        Stream bytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] header = new byte[HeaderBytes];
        long next = 0;
        while ((next = await FindAsync(bytes, next, cancellationToken)) >= 0)
        {
            bytes.Position = next;
            if (await bytes.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) < header.Length)
            {
                yield break;
            }

            int method = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8));
            long length = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(18));
            byte[] name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26))];
            int named = await bytes.ReadAtLeastAsync(name, name.Length, throwOnEndOfStream: false, cancellationToken);
            long start = next + HeaderBytes + named + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
            bool isMeasured = length > 0 && start + length <= bytes.Length;
            next = isMeasured ? start + length : Math.Min(start, bytes.Length);
            if (method is not (Stored or Deflated) || start >= bytes.Length)
            {
                continue;
            }

            bytes.Position = start;
            await using Stream entry = method == Deflated
                ? new DeflateStream(bytes, CompressionMode.Decompress, leaveOpen: true)
                : new BoundedBytes(bytes, new ByteBudget(isMeasured ? length : bytes.Length - start));
            yield return (Encoding.UTF8.GetString(name, 0, named), entry);
        }
    }

    private static async Task<long> FindAsync(Stream bytes, long from, CancellationToken cancellationToken)
    {
        byte[] block = new byte[BlockBytes];
        while (true)
        {
            bytes.Position = from;
            int length = await bytes.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken);
            int found = block.AsSpan(0, length).IndexOf(Signature);
            if (found >= 0)
            {
                return from + found;
            }

            if (length < block.Length)
            {
                return -1;
            }

            from += length - Signature.Length + 1;
        }
    }
}
