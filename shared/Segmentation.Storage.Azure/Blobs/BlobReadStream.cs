using System.Globalization;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Segmentation.Core.Storage;

namespace Segmentation.Storage.Azure.Blobs;

/// <summary>Reads a blob by ranges: small ones after a seek, doubling while it is read on, so that neither many requests nor much memory is spent.</summary>
internal sealed class BlobReadStream : Stream
{
    private const int FirstRange = 64 << 10;
    private const int LargestRange = 4 << 20;

    private readonly BlockBlobClient _blob;
    private readonly string _what;
    private readonly ETag _version;
    private readonly long _length;
    private byte[] _buffer;
    private long _start;
    private int _filled;
    private int _range = FirstRange;
    private long _position;

    private BlobReadStream(BlockBlobClient blob, string what, ETag version, long length, byte[] first)
    {
        _blob = blob;
        _what = what;
        _version = version;
        _length = length;
        _buffer = first;
        _filled = first.Length;
    }

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => _length;

    /// <inheritdoc />
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <summary>Opens a blob and reads its beginning: one request.</summary>
    /// <exception cref="BlobNotFoundException">It is not there.</exception>
    public static Task<Stream> OpenAsync(BlockBlobClient blob, string what, CancellationToken cancellationToken) =>
        StorageFaults.ExplainAsync<Stream>($"Reading {what}", async () =>
        {
            try
            {
                using BlobDownloadStreamingResult answer = await blob.DownloadStreamingAsync(
                    new BlobDownloadOptions { Range = new HttpRange(0, FirstRange) }, cancellationToken);
                byte[] first = new byte[answer.Details.ContentLength];
                await answer.Content.ReadExactlyAsync(first, cancellationToken);
                return new BlobReadStream(blob, what, answer.Details.ETag, TotalLength(answer.Details), first);
            }
            catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.InvalidRange || fault.Status == 416)
            {
                // An empty blob has no first byte.
                return new BlobReadStream(blob, what, default, 0, []);
            }
            catch (RequestFailedException fault) when (fault.Status == 404)
            {
                throw new BlobNotFoundException(blob.Name);
            }
        }, cancellationToken);

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (!TryRead(buffer, out int read))
        {
            BlobDownloadOptions range = NextRange();
            try
            {
                using BlobDownloadStreamingResult answer = _blob.DownloadStreaming(range);
                answer.Content.ReadExactly(_buffer, 0, (int)range.Range.Length!.Value);
            }
            catch (Exception fault) when (StorageFaults.Are(fault, default))
            {
                throw Explain(fault);
            }

            Fill(range);
            TryRead(buffer, out read);
        }

        return read;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!TryRead(buffer.Span, out int read))
        {
            BlobDownloadOptions range = NextRange();
            try
            {
                using BlobDownloadStreamingResult answer = await _blob.DownloadStreamingAsync(range, cancellationToken);
                await answer.Content.ReadExactlyAsync(_buffer.AsMemory(0, (int)range.Range.Length!.Value), cancellationToken);
            }
            catch (Exception fault) when (StorageFaults.Are(fault, cancellationToken))
            {
                throw Explain(fault);
            }

            Fill(range);
            TryRead(buffer.Span, out read);
        }

        return read;
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static long TotalLength(BlobDownloadDetails details) =>
        details.ContentRange is { } range && range.LastIndexOf('/') is >= 0 and int slash
            ? long.Parse(range.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture)
            : details.ContentLength;

    private bool TryRead(Span<byte> into, out int read)
    {
        long offset = _position - _start;
        bool isHere = offset >= 0 && offset < _filled;
        read = isHere ? Math.Min(into.Length, _filled - (int)offset) : 0;
        if (isHere)
        {
            _buffer.AsSpan((int)offset, read).CopyTo(into);
            _position += read;
        }

        return isHere || into.IsEmpty || _position >= _length;
    }

    private BlobDownloadOptions NextRange()
    {
        _range = _position == _start + _filled ? Math.Min(_range * 2, LargestRange) : FirstRange;
        int count = (int)Math.Min(_range, _length - _position);
        if (_buffer.Length < count)
        {
            _buffer = GC.AllocateUninitializedArray<byte>(count);
        }

        // Until the range has come whole, the buffer holds nothing.
        _filled = 0;
        return new BlobDownloadOptions { Range = new HttpRange(_position, count), Conditions = new BlobRequestConditions { IfMatch = _version } };
    }

    private void Fill(BlobDownloadOptions range)
    {
        _start = range.Range.Offset;
        _filled = (int)range.Range.Length!.Value;
    }

    private Exception Explain(Exception fault) => StorageFaults.StatusOf(fault) == 404
        ? new BlobNotFoundException(_blob.Name)
        : StorageFaults.Explain(fault, $"Reading {_what}");
}
