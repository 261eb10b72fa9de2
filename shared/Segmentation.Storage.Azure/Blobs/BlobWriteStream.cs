using System.Buffers.Binary;
using System.IO.Hashing;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Segmentation.Storage.Azure.Blobs;

/// <summary>
/// Writes a blob: a small one in one request, a large one in blocks that nobody sees until <see cref="CommitAsync" /> joins them. One block
/// is sent while the next fills, so memory is two blocks at most.
/// </summary>
/// <remarks>Disposing without a commit leaves the blob as it was; blocks that were sent are dropped by the service in time.</remarks>
internal sealed class BlobWriteStream(BlobContainerClient container, BlockBlobClient blob, string what) : Stream
{
    /// <summary>Bytes of a block; a smaller blob is one request. The service allows 50,000 blocks: 195 GiB.</summary>
    public const int BlockLength = 4 << 20;

    private const int FirstBuffer = 16 << 10;
    private const int HashLength = 16;

    private readonly List<string> _blocks = [];
    private byte[] _buffer = new byte[FirstBuffer];
    private byte[]? _spare;
    private int _filled;
    private long _position;
    private Task _sending = Task.CompletedTask;

    /// <inheritdoc />
    public override bool CanRead => false;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => _position;

    /// <inheritdoc />
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            if (_filled == BlockLength)
            {
                await SendBlockAsync(cancellationToken);
            }

            buffer = buffer[Take(buffer.Span)..];
        }
    }

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_filled == BlockLength)
            {
                // Libraries that read and write archives know no other way; nothing here returns to a context that could be blocked.
                SendBlockAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }

            buffer = buffer[Take(buffer)..];
        }
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Makes what was written the content of the blob, in one step.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_blocks.Count == 0)
        {
            await SendAsync(() => blob.UploadAsync(Content(_buffer, _filled), new BlobUploadOptions(), cancellationToken), cancellationToken);
            return;
        }

        await SendBlockAsync(cancellationToken);
        await _sending;
        try
        {
            await SendAsync(() => blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions(), cancellationToken), cancellationToken);
        }
        catch (IOException fault) when (fault.InnerException is RequestFailedException inner && inner.ErrorCode == BlobErrorCode.InvalidBlockList)
        {
            throw new IOException($"{what} failed: another writer committed it meanwhile, which dropped the blocks of this one. Try again.", inner);
        }
    }

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        // What the block that is on its way meets does not matter any more: it was awaited by a commit, or another failure goes up.
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.DisposeAsync();
    }

    private static MemoryStream Content(byte[] bytes, int length) => new(bytes, 0, length, writable: false);

    private int Take(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, BlockLength - _filled);
        if (_buffer.Length < _filled + count)
        {
            Array.Resize(ref _buffer, Math.Min(BlockLength, Math.Max(_filled + count, _buffer.Length * 2)));
        }

        bytes[..count].CopyTo(_buffer.AsSpan(_filled));
        _filled += count;
        _position += count;
        return count;
    }

    private async ValueTask SendBlockAsync(CancellationToken cancellationToken)
    {
        await _sending;
        byte[] block = _buffer;
        int length = _filled;
        string id = BlockId(_blocks.Count, block.AsSpan(0, length));
        _blocks.Add(id);
        _sending = SendAsync(
            () => blob.StageBlockAsync(id, Content(block, length), new BlockBlobStageBlockOptions(), cancellationToken), cancellationToken);
        _buffer = _spare ?? new byte[BlockLength];
        _spare = block;
        _filled = 0;
    }

    // By its content: blocks of two writers of one blob are the same or do not meet.
    private static string BlockId(int number, ReadOnlySpan<byte> content)
    {
        Span<byte> id = stackalloc byte[sizeof(int) + HashLength];
        BinaryPrimitives.WriteInt32BigEndian(id, number);
        XxHash128.Hash(content, id[sizeof(int)..]);
        return Convert.ToBase64String(id);
    }

    private Task<T> SendAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken) =>
        StorageFaults.ExplainAsync(what, async () =>
        {
            try
            {
                return await send();
            }
            catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                return await send();
            }
        }, cancellationToken);
}
