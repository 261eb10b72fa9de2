using System.Buffers.Binary;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage.Records;

namespace Segmentation.Storage.Files;

/// <summary>The <see cref="SegmentFile" /> of one shard, mapped: a lookup compares ids where they lie and decodes one record.</summary>
internal sealed class MappedSegments : IDisposable
{
    private readonly MappedFile _file;
    private readonly long _count;

    // Where the places start and the records end.
    private readonly long _index;

    /// <summary>Maps a file; the stream may be closed afterwards.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of an unknown version.</exception>
    public MappedSegments(FileStream stream)
    {
        SegmentFile.CheckLength(stream.Length);
        _file = new MappedFile(stream);
        try
        {
            (_count, _index) = SegmentFile.ReadTail(
                _file.Slice(_file.Length - SegmentFile.TailLength, SegmentFile.TailLength), _file.Length);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="MappedFile.Enter" />
    public void Enter() => _file.Enter();

    /// <inheritdoc cref="MappedFile.Leave" />
    public void Leave() => _file.Leave();

    /// <summary>Finds a customer, or null: a binary search, to be called between <see cref="Enter" /> and <see cref="Leave" />.</summary>
    /// <param name="customerId">The id in UTF-8.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public SegmentAssignment? Find(ReadOnlySpan<byte> customerId)
    {
        long low = 0;
        long high = _count - 1;
        while (low <= high)
        {
            long middle = low + ((high - low) / 2);
            ReadOnlySpan<byte> record = Record(middle);
            int order = Utf16Order.Compare(new RecordFields(record).ReadBytes(), customerId);
            if (order == 0)
            {
                return SegmentAssignmentRecord.Read(record);
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private ReadOnlySpan<byte> Record(long number)
    {
        long place = BinaryPrimitives.ReadInt64LittleEndian(
            _file.Slice(_index + (number * SegmentFile.PlaceLength), SegmentFile.PlaceLength));
        if (place < 0 || place >= _index)
        {
            throw new InvalidDataException("A file of segments is damaged: its index points past its records.");
        }

        // A record ends somewhere before the places; its length is checked against them.
        return new RecordFields(_file.Slice(place, (int)Math.Min(_index - place, int.MaxValue))).ReadBytes();
    }
}
