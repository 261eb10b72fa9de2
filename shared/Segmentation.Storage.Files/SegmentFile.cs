using System.Buffers.Binary;
using System.Globalization;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Storage.Files;

/// <summary>
/// The assignments of one shard, sorted by customer id: the records, then where each starts (8 bytes), then their number, the version
/// and a mark (16 bytes). A lookup is a binary search over the places, so it reads a few records and not the file.
/// </summary>
internal static class SegmentFile
{
    private const int Version = 1;
    private const int Mark = 0x53474553;
    private const int TailLength = 16;
    private const int PlaceLength = 8;

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

    /// <summary>Finds a customer, or null.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of an unknown version.</exception>
    public static async Task<SegmentAssignment?> FindAsync(Stream stream, string customerId, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[TailLength];
        if (stream.Length < TailLength)
        {
            throw new InvalidDataException("A file of segments is damaged: it is shorter than its tail.");
        }

        await ReadAsync(stream, stream.Length - TailLength, bytes, cancellationToken);
        long count = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12)) != Mark || version != Version)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"A file of segments has format {version}; expected {Version}."));
        }

        if (count < 0 || count > (stream.Length - TailLength) / PlaceLength)
        {
            throw new InvalidDataException("A file of segments is damaged: it is shorter than its index.");
        }

        long index = stream.Length - TailLength - (count * PlaceLength);
        long low = 0;
        long high = count - 1;
        while (low <= high)
        {
            long middle = low + ((high - low) / 2);
            await ReadAsync(stream, index + (middle * PlaceLength), bytes.AsMemory(0, PlaceLength), cancellationToken);
            long place = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            var reader = new RecordStreamReader(stream, place, index);
            if (place < 0 || place >= index || !await reader.ReadAsync(cancellationToken))
            {
                throw new InvalidDataException("A file of segments is damaged: its index points past its records.");
            }

            SegmentAssignment found = SegmentAssignmentRecord.Read(reader.Current.Span);
            int order = string.CompareOrdinal(found.CustomerId, customerId);
            if (order == 0)
            {
                return found;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>Reads all customers, in their order.</summary>
    public static async IAsyncEnumerable<SegmentAssignment> ReadAllAsync(
        Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[TailLength];
        await ReadAsync(stream, stream.Length - TailLength, bytes, cancellationToken);
        long count = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var reader = new RecordStreamReader(stream, 0, stream.Length - TailLength - (count * PlaceLength));
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return SegmentAssignmentRecord.Read(reader.Current.Span);
        }
    }

    private static async Task ReadAsync(Stream stream, long position, Memory<byte> into, CancellationToken cancellationToken)
    {
        stream.Position = position;
        await stream.ReadExactlyAsync(into, cancellationToken);
    }
}
