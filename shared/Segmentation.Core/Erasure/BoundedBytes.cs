using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <summary>How many bytes may still be read, of one stream or of several.</summary>
internal sealed class ByteBudget(long bytes)
{
    /// <summary>The bytes that are left.</summary>
    public long Left { get; set; } = bytes;
}

/// <summary>A stream that ends where its budget does. The stream below is not disposed of.</summary>
internal sealed class BoundedBytes(Stream inner, ByteBudget budget) : ForwardStream
{
    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer[..(int)Math.Min(buffer.Length, budget.Left)]);
        budget.Left -= read;
        return read;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, budget.Left)], cancellationToken);
        budget.Left -= read;
        return read;
    }
}
