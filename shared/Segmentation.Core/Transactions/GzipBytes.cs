using System.IO.Compression;

namespace Segmentation.Core.Transactions;

/// <summary>Decompresses gzip of one or more members, and notices when it is cut off.</summary>
/// <remarks>
/// The platform's decompressor ends quietly where its input ends, even inside a member: half an upload would pass for all of it. So a
/// member of our own, the seal, is put behind the file. It comes out at the end if, and only if, the file ended with a whole member.
/// </remarks>
internal sealed class GzipBytes : ForwardStream
{
    private const int BufferBytes = 64 << 10;

    private static readonly byte[] Seal = "\0end of upload\0\u0001"u8.ToArray();

    private readonly GZipStream _inflated;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _filled;
    private bool _ended;

    /// <summary>A decompressor at the start of the compressed bytes, which it disposes of.</summary>
    public GzipBytes(Stream compressed) =>
        _inflated = new GZipStream(new PrefixedStream([], compressed, SealMember()), CompressionMode.Decompress);

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        while (Available == 0 && !_ended)
        {
            MakeRoom();
            try
            {
                Took(_inflated.Read(_buffer.AsSpan(_filled)));
            }
            catch (InvalidDataException fault)
            {
                throw Damaged(fault);
            }
        }

        return Take(buffer);
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (Available == 0 && !_ended)
        {
            MakeRoom();
            try
            {
                Took(await _inflated.ReadAsync(_buffer.AsMemory(_filled), cancellationToken));
            }
            catch (InvalidDataException fault)
            {
                throw Damaged(fault);
            }
        }

        return Take(buffer.Span);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflated.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Bytes that cannot be the seal's.</summary>
    private int Available => Math.Max(0, _filled - _start - Seal.Length);

    private void MakeRoom()
    {
        _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
        _filled -= _start;
        _start = 0;
    }

    private void Took(int read)
    {
        _filled += read;
        _ended = read == 0;
        if (_ended && !_buffer.AsSpan(_start, _filled - _start).SequenceEqual(Seal))
        {
            throw new InvalidDataException();
        }
    }

    // Where a file is cut, the decompressor takes the seal for its rest, and names whatever it stumbles over there.
    private static InvalidDataException Damaged(InvalidDataException fault) =>
        new("the compressed data ends too early, was changed, or something else follows it", fault);

    private int Take(Span<byte> buffer)
    {
        int length = Math.Min(buffer.Length, Available);
        _buffer.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    private static byte[] SealMember()
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Seal);
        }

        return member.ToArray();
    }
}
