using System.Buffers.Binary;
using System.Globalization;
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
internal sealed class SingleByteText : ForwardStream, IGuaranteedText
{
    private const int BlockBytes = 256 << 10;
    private const int BlockStep = 16;
    private const int LongestForm = 4;
    private const int LengthShift = 24;
    private const char Undefined = '\uFFFE';
    private const char FirstJamo = '\u1100';
    private const char LastJamo = '\u11FF';

    private readonly Stream _bytes;
    // UTF-8 in the low bytes, its length in the highest.
    private readonly uint[] _forms = new uint[256];
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
        strict.DecoderFallback = new DecoderReplacementFallback(Undefined.ToString());
        bool isDefined = true;
        bool isComposed = true;
        Span<byte> form = stackalloc byte[LongestForm];
        for (int value = 0; value < _forms.Length; value++)
        {
            char character = strict.GetString([(byte)value])[0];
            form.Clear();
            form[^1] = (byte)Encoding.UTF8.GetBytes([character], form);
            _forms[value] = BinaryPrimitives.ReadUInt32LittleEndian(form);
            isDefined &= character != Undefined;
            isComposed &= StaysComposed(character);
        }

        Guarantee = TextGuarantee.Valid | (isDefined ? TextGuarantee.Defined : TextGuarantee.None)
            | (isComposed ? TextGuarantee.Composed : TextGuarantee.None);
    }

    /// <inheritdoc />
    public TextGuarantee Guarantee { get; }

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
        int next = _next;
        int filled = _filled;
        int written = 0;

        // Every form is written as four bytes, of which the next one overwrites those that are not its own: there must be room for four.
        while (filled - next >= BlockStep && buffer.Length - written >= BlockStep * LongestForm)
        {
            var sixteen = Vector128.LoadUnsafe(ref source, (nuint)next);
            if (sixteen.ExtractMostSignificantBits() == 0)
            {
                sixteen.StoreUnsafe(ref target, (nuint)written);
                next += BlockStep;
                written += BlockStep;
                continue;
            }

            for (int stop = next + BlockStep; next < stop; next++)
            {
                uint form = Unsafe.Add(ref forms, Unsafe.Add(ref source, next));
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, written), BitConverter.IsLittleEndian ? form : BinaryPrimitives.ReverseEndianness(form));
                written += (int)(form >> LengthShift);
            }
        }

        for (; next < filled && buffer.Length - written >= LongestForm; next++)
        {
            uint form = _forms[_block[next]];
            BinaryPrimitives.WriteUInt32LittleEndian(buffer[written..], form);
            written += (int)(form >> LengthShift);
        }

        _next = next;
        return written;
    }

    /// <summary>Whether a character is composed beside any other of its kind: one that is whole by itself, and joins nothing before it.</summary>
    private static bool StaysComposed(char character)
    {
        bool isMark = char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
        return !isMark && character is < FirstJamo or > LastJamo && (character == Undefined || character.ToString().IsNormalized());
    }
}
