namespace Segmentation.Core.Storage.Records;

/// <summary>Appends records, each behind its length, to a stream.</summary>
public sealed class RecordStreamWriter(Stream stream)
{
    private const int FlushAt = 64 << 10;
    private readonly RecordBuffer _pending = new(FlushAt + (4 << 10));

    /// <summary>Bytes written so far, buffered ones included.</summary>
    public long Position { get; private set; }

    /// <summary>Appends one record.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        Buffer(record.Span);
        return _pending.Length >= FlushAt ? FlushAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>Appends one record without writing to the stream; <see cref="FlushAsync" /> follows soon.</summary>
    public void Buffer(ReadOnlySpan<byte> record)
    {
        int before = _pending.Length;
        _pending.WriteBytes(record);
        Position += _pending.Length - before;
    }

    /// <summary>Writes what is buffered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_pending.WrittenMemory, cancellationToken);
        _pending.Clear();
    }
}

/// <summary>Reads records in the order in which <see cref="RecordStreamWriter" /> wrote them.</summary>
public sealed class RecordStreamReader
{
    private const int FirstBuffer = 16 << 10;
    private const int LargestRecord = 256 << 20;
    private readonly Stream _stream;
    private readonly long _end;
    private long _offset;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _filled;

    /// <summary>Reads the records between two places of a stream that can seek; several readers may share one stream, one call at a time.</summary>
    public RecordStreamReader(Stream stream, long start = 0, long? end = null)
    {
        _stream = stream;
        _offset = start;
        _end = end ?? stream.Length;
    }

    /// <summary>The record that was read last; valid until the next is read.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>Reads the next record; false at the end.</summary>
    /// <exception cref="InvalidDataException">The stream ends inside a record.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out int missing))
            {
                return true;
            }

            if (_offset >= _end)
            {
                return _filled == _start ? false : throw new InvalidDataException("A stored file is damaged: it ends inside a record.");
            }

            await FillAsync(missing, cancellationToken);
        }
    }

    private bool TryTake(out int missing)
    {
        missing = 1;
        ulong length = 0;
        for (int i = _start, shift = 0; i < _filled; i++, shift += 7)
        {
            if (shift > 28)
            {
                throw new InvalidDataException("A stored file is damaged: a record is impossibly long.");
            }

            length |= (ulong)(_buffer[i] & 0x7F) << shift;
            if (_buffer[i] < 0x80)
            {
                if (length > LargestRecord)
                {
                    throw new InvalidDataException("A stored file is damaged: a record is impossibly long.");
                }

                int first = i + 1;
                if (_filled - first < (int)length)
                {
                    missing = (int)length - (_filled - first);
                    return false;
                }

                Current = _buffer.AsMemory(first, (int)length);
                _start = first + (int)length;
                return true;
            }
        }

        return false;
    }

    private async ValueTask FillAsync(int missing, CancellationToken cancellationToken)
    {
        int kept = _filled - _start;
        if (kept + missing > _buffer.Length)
        {
            byte[] larger = new byte[Math.Max(_buffer.Length * 2, kept + missing)];
            _buffer.AsSpan(_start, kept).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        }

        _start = 0;
        _filled = kept;
        _stream.Position = _offset;
        int room = (int)Math.Min(_buffer.Length - _filled, _end - _offset);
        int read = await _stream.ReadAsync(_buffer.AsMemory(_filled, room), cancellationToken);
        if (read == 0)
        {
            throw new InvalidDataException("A stored file is damaged: it is shorter than its index says.");
        }

        _filled += read;
        _offset += read;
    }
}
