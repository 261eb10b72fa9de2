using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Storage.Files;

/// <summary>
/// The assignments of one shard, sorted by customer id: the records, then where each starts (8 bytes), then their number, the version
/// and a mark (16 bytes). A lookup is a binary search over the places, so it reads a few records and not the file.
/// </summary>
internal static class SegmentFile
{
    /// <summary>Bytes behind the places.</summary>
    public const int TailLength = 16;

    /// <summary>Bytes of a place.</summary>
    public const int PlaceLength = 8;

    private const int Version = 1;
    private const int Mark = 0x53474553;

    /// <summary>Writes a file.</summary>
    public static async Task WriteAsync(Stream stream, IReadOnlyList<SegmentAssignment> assignments, CancellationToken cancellationToken)
    {
        var writer = new RecordStreamWriter(stream);
        var record = new RecordBuffer();
        byte[] index = new byte[(assignments.Count * PlaceLength) + TailLength];
        for (int i = 0; i < assignments.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(index.AsSpan(i * PlaceLength), writer.Position);
            assignments[i].Write(record);
            await writer.WriteAsync(record.WrittenMemory, cancellationToken);
        }

        Span<byte> tail = index.AsSpan(assignments.Count * PlaceLength);
        BinaryPrimitives.WriteInt64LittleEndian(tail, assignments.Count);
        BinaryPrimitives.WriteInt32LittleEndian(tail[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(tail[12..], Mark);
        await writer.FlushAsync(cancellationToken);
        await stream.WriteAsync(index, cancellationToken);
    }

    /// <summary>Reads all customers, in their order.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of an unknown version.</exception>
    public static async IAsyncEnumerable<SegmentAssignment> ReadAllAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CheckLength(stream.Length);
        byte[] tail = new byte[TailLength];
        stream.Position = stream.Length - TailLength;
        await stream.ReadExactlyAsync(tail, cancellationToken);
        var reader = new RecordStreamReader(stream, 0, ReadTail(tail, stream.Length).Index);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return SegmentAssignmentRecord.Read(reader.Current.Span);
        }
    }

    /// <summary>Checks that a file can have a tail.</summary>
    /// <exception cref="InvalidDataException">It cannot.</exception>
    public static void CheckLength(long length)
    {
        if (length < TailLength)
        {
            throw new InvalidDataException("A file of segments is damaged: it is shorter than its tail.");
        }
    }

    /// <summary>Reads the last bytes of a file: the number of records, and where their places start, which is where records end.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of an unknown version.</exception>
    public static (long Count, long Index) ReadTail(ReadOnlySpan<byte> tail, long length)
    {
        long count = BinaryPrimitives.ReadInt64LittleEndian(tail);
        int version = BinaryPrimitives.ReadInt32LittleEndian(tail[8..]);
        if (BinaryPrimitives.ReadInt32LittleEndian(tail[12..]) != Mark || version != Version)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"A file of segments has format {version}; expected {Version}."));
        }

        return count >= 0 && count <= (length - TailLength) / PlaceLength
            ? (count, length - TailLength - (count * PlaceLength))
            : throw new InvalidDataException("A file of segments is damaged: it is shorter than its index.");
    }
}
