using System.Buffers.Binary;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Storage.Files.Tests;

/// <summary>A lookup in the file of a shard as one would write it first: a binary search that decodes each record and compares strings.</summary>
internal static class PlainSegmentSearch
{
    public static async Task<SegmentAssignment?> FindAsync(Stream stream, string customerId, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[SegmentFile.TailLength];
        SegmentFile.CheckLength(stream.Length);
        await ReadAsync(stream, stream.Length - SegmentFile.TailLength, bytes, cancellationToken);
        (long count, long index) = SegmentFile.ReadTail(bytes, stream.Length);
        long low = 0;
        long high = count - 1;
        while (low <= high)
        {
            long middle = low + ((high - low) / 2);
            await ReadAsync(stream, index + (middle * SegmentFile.PlaceLength), bytes.AsMemory(0, SegmentFile.PlaceLength), cancellationToken);
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

    private static async Task ReadAsync(Stream stream, long position, Memory<byte> into, CancellationToken cancellationToken)
    {
        stream.Position = position;
        await stream.ReadExactlyAsync(into, cancellationToken);
    }
}
