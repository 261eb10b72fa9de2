using System.Buffers;

namespace Segmentation.Storage.Azure.Tables;

/// <summary>Bytes that are written once and sent, in memory that is used again: a transaction's would be a large object each.</summary>
internal sealed class PooledBuffer(int length) : IBufferWriter<byte>
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(length);
    private int _written;

    /// <summary>How much was written.</summary>
    public int WrittenCount => _written;

    /// <summary>What was written, until <see cref="Return" />.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _written);

    /// <inheritdoc />
    public void Advance(int count) => _written += count;

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(1, sizeHint));
        return _bytes.AsMemory(_written);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(Math.Max(1, sizeHint));
        return _bytes.AsSpan(_written);
    }

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _written += bytes.Length;
    }

    /// <summary>
    /// Gives the memory back. Only when nobody can read it any more: what is left to the garbage collector instead does no harm, what is
    /// given back too early would be overwritten on its way.
    /// </summary>
    public void Return()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _written = 0;
    }

    private void Grow(int more)
    {
        if (_bytes.Length - _written < more)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _written + more));
            _bytes.AsSpan(0, _written).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
    }
}
