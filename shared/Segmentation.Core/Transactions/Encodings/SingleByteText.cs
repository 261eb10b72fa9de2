using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Turns text of a single-byte code page into UTF-8 as it is read.</summary>
/// <remarks>
/// ASCII passes sixteen bytes at a time; any other byte is one look into a table of its UTF-8 form. Bytes that the code page does not
/// define become U+FFFE, which no readable field holds.
/// </remarks>
internal sealed class SingleByteText : ForwardStream
{
    private const int BlockBytes = 256 << 10;
    private const int LongestForm = 4;

    private readonly Stream _bytes;
    private readonly uint[] _forms = new uint[256];
    private readonly byte[] _lengths = new byte[256];
    private readonly byte[] _block = new byte[BlockBytes];
    private readonly byte[] _small = new byte[4 * LongestForm];
    private int _next;
    private int _filled;
    private int _smallNext;
    private int _smallFilled;

    /// <summary>Text in an encoding.</summary>
    /// <param name="bytes">The bytes, which are disposed of.</param>
    /// <param name="encoding">A single-byte encoding whose ASCII is ASCII.</param>
    public SingleByteText(Stream bytes, Encoding encoding)
    {
        _bytes = bytes;
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = new DecoderReplacementFallback("\uFFFE");
        Span<byte> form = stackalloc byte[LongestForm];
        for (int value = 0; value < 256; value++)
        {
            form.Clear();
            _lengths[value] = (byte)Encoding.UTF8.GetBytes(strict.GetString([(byte)value]), form);
            _forms[value] = MemoryMarshal.Read<uint>(form);
        }
    }

    /// <summary>Whether an encoding can be read this way.</summary>
    public static bool Reads(Encoding encoding)
    {
        if (!encoding.IsSingleByte)
        {
            return false;
        }

        byte[] ascii = [.. Enumerable.Range(0, 128).Select(static value => (byte)value)];
        return Encoding.UTF8.GetBytes(encoding.GetString(ascii)).AsSpan().SequenceEqual(ascii);
    }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (_next == _filled && _smallNext == _smallFilled && !buffer.IsEmpty)
        {
            _next = 0;
            _filled = _bytes.Read(_block);
        }

        return Take(buffer);
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_next == _filled && _smallNext == _smallFilled && !buffer.IsEmpty)
        {
            _next = 0;
            _filled = await _bytes.ReadAsync(_block, cancellationToken);
        }

        return Take(buffer.Span);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _bytes.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Take(Span<byte> buffer)
    {
        if (_smallNext == _smallFilled && buffer.Length >= _small.Length)
        {
            return Transcode(buffer);
        }

        if (_smallNext == _smallFilled)
        {
            _smallNext = 0;
            _smallFilled = Transcode(_small);
        }

        int length = Math.Min(buffer.Length, _smallFilled - _smallNext);
        _small.AsSpan(_smallNext, length).CopyTo(buffer);
        _smallNext += length;
        return length;
    }

    private int Transcode(Span<byte> buffer)
    {
        ref byte target = ref MemoryMarshal.GetReference(buffer);
        ref byte source = ref MemoryMarshal.GetArrayDataReference(_block);
        ref uint forms = ref MemoryMarshal.GetArrayDataReference(_forms);
        ref byte lengths = ref MemoryMarshal.GetArrayDataReference(_lengths);
        int next = _next;
        int filled = _filled;
        int written = 0;
        int room = buffer.Length - LongestForm;
        while (next < filled && written <= room)
        {
            if (filled - next >= Vector128<byte>.Count && written <= buffer.Length - Vector128<byte>.Count)
            {
                var sixteen = Vector128.LoadUnsafe(ref source, (nuint)next);
                if (sixteen.ExtractMostSignificantBits() == 0)
                {
                    sixteen.StoreUnsafe(ref target, (nuint)written);
                    next += Vector128<byte>.Count;
                    written += Vector128<byte>.Count;
                    continue;
                }
            }

            // Every form is written as four bytes, of which the next one overwrites those that are not its own: there is room for four.
            int stop = Math.Min(filled, next + Vector128<byte>.Count);
            while (next < stop && written <= room)
            {
                byte value = Unsafe.Add(ref source, next++);
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, written), Unsafe.Add(ref forms, value));
                written += Unsafe.Add(ref lengths, value);
            }
        }

        _next = next;
        return written;
    }
}
