namespace Segmentation.Core.Transactions;

/// <summary>A stream that can only be read forward, asynchronously: what the streams of this folder have in common.</summary>
internal abstract class ForwardStream : Stream
{
    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public abstract override int Read(Span<byte> buffer);

    /// <inheritdoc />
    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <inheritdoc />
    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public sealed override void Flush()
    {
    }

    /// <inheritdoc />
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public sealed override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Counts decompressed bytes against the limits, and says in plain words when compressed bytes are damaged.</summary>
/// <param name="inner">The decompressed bytes, which are disposed of.</param>
/// <param name="limit">Most of them.</param>
/// <param name="what">What they are, for a message: <c>The gzip data</c>.</param>
/// <param name="compressed">Counts the compressed bytes, or null where there are none.</param>
internal sealed class UploadBytes(Stream inner, long limit, string what, CountedBytes? compressed) : ForwardStream
{
    private long _count;

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(inner.Read(buffer));
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(damage);
        }
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await inner.ReadAsync(buffer, cancellationToken));
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(damage);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _count += read;
        if (_count > limit)
        {
            throw ArchiveLimits.TooLarge(limit);
        }

        return compressed is null || _count <= ArchiveLimits.AlwaysAllowed || _count / ArchiveLimits.MostExpansion <= compressed.Count
            ? read
            : throw ArchiveLimits.Bomb(what, ArchiveLimits.MostExpansion);
    }

    private UnusableUploadException Damaged(Exception damage) => new(
        $"{what} is damaged or cut off after {_count} decompressed bytes: {damage.Message.TrimEnd('.')}.",
        advice: "Compress and upload the file again.")
    {
        IsDamage = true,
    };
}

/// <summary>Counts the bytes that go by.</summary>
internal sealed class CountedBytes : ForwardStream
{
    private readonly Stream _inner;

    /// <summary>Counts bytes as they are read; the stream is disposed of.</summary>
    public CountedBytes(Stream inner) => _inner = inner;

    /// <summary>A count that is known before.</summary>
    public CountedBytes(long count)
    {
        _inner = Null;
        Count = count;
    }

    /// <summary>How many went by.</summary>
    public long Count { get; private set; }

    /// <summary>The last one.</summary>
    public byte Last { get; private set; }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        int read = _inner.Read(buffer);
        Count += read;
        Last = read > 0 ? buffer[read - 1] : Last;
        return read;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await _inner.ReadAsync(buffer, cancellationToken);
        Count += read;
        Last = read > 0 ? buffer.Span[read - 1] : Last;
        return read;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Bytes that were looked at already, the rest of their stream, and bytes to put behind it.</summary>
internal sealed class PrefixedStream(byte[] prefix, Stream rest, byte[]? suffix = null) : ForwardStream
{
    private byte[] _own = prefix;
    private int _taken;
    private bool _restEnded;

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (_taken < _own.Length || _restEnded)
        {
            return Take(buffer);
        }

        int read = rest.Read(buffer);
        return read > 0 || buffer.IsEmpty ? read : TakeSuffix(buffer);
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_taken < _own.Length || _restEnded)
        {
            return Take(buffer.Span);
        }

        int read = await rest.ReadAsync(buffer, cancellationToken);
        return read > 0 || buffer.IsEmpty ? read : TakeSuffix(buffer.Span);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }

    private int TakeSuffix(Span<byte> buffer)
    {
        _restEnded = true;
        _own = suffix ?? [];
        _taken = 0;
        return Take(buffer);
    }

    private int Take(Span<byte> buffer)
    {
        int length = Math.Min(buffer.Length, _own.Length - _taken);
        _own.AsSpan(_taken, length).CopyTo(buffer);
        _taken += length;
        return length;
    }
}
