using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Segmentation.Core.Transactions;

/// <summary>Finds the bytes that give a delimited file its structure: delimiter, quote, line feed, carriage return.</summary>
/// <remarks>
/// One pass of vector compares yields bit masks whose set bits become positions, so that the reader above touches a handful of
/// positions a row instead of every byte. The same pass notes whether anything but plain ASCII text went by, which spares the checks
/// of encoding for almost every row.
/// </remarks>
internal static class StructuralIndex
{
    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    /// <summary>Writes the positions of the structural bytes in <paramref name="text" />, each plus <paramref name="offset" />.</summary>
    /// <param name="text">The bytes to look at.</param>
    /// <param name="offset">Added to every position.</param>
    /// <param name="delimiter">The field separator.</param>
    /// <param name="positions">At least as long as the text.</param>
    /// <param name="unusual">Set when a byte is above 127 or zero; never cleared.</param>
    /// <returns>How many positions were written.</returns>
    public static int Find(ReadOnlySpan<byte> text, int offset, byte delimiter, Span<int> positions, ref bool unusual)
    {
        if (positions.Length < text.Length)
        {
            throw new ArgumentException("There must be room for a position a byte.", nameof(positions));
        }

        ref byte source = ref MemoryMarshal.GetReference(text);
        ref int target = ref MemoryMarshal.GetReference(positions);
        int count = 0;
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> delimiters = Vector256.Create(delimiter);
            Vector256<byte> quotes = Vector256.Create(Quote);
            Vector256<byte> feeds = Vector256.Create(LineFeed);
            Vector256<byte> returns = Vector256.Create(CarriageReturn);
            Vector256<byte> odd = Vector256<byte>.Zero;
            for (; i + Vector256<byte>.Count <= text.Length; i += Vector256<byte>.Count)
            {
                Vector256<byte> bytes = Vector256.LoadUnsafe(ref source, (nuint)i);
                odd |= bytes | Vector256.Equals(bytes, Vector256<byte>.Zero);
                uint mask = (Vector256.Equals(bytes, delimiters) | Vector256.Equals(bytes, quotes)
                    | Vector256.Equals(bytes, feeds) | Vector256.Equals(bytes, returns)).ExtractMostSignificantBits();
                count = Append(ref target, count, mask, offset + i);
            }

            unusual |= odd.ExtractMostSignificantBits() != 0;
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Vector128<byte> delimiters = Vector128.Create(delimiter);
            Vector128<byte> quotes = Vector128.Create(Quote);
            Vector128<byte> feeds = Vector128.Create(LineFeed);
            Vector128<byte> returns = Vector128.Create(CarriageReturn);
            Vector128<byte> odd = Vector128<byte>.Zero;
            for (; i + Vector128<byte>.Count <= text.Length; i += Vector128<byte>.Count)
            {
                Vector128<byte> bytes = Vector128.LoadUnsafe(ref source, (nuint)i);
                odd |= bytes | Vector128.Equals(bytes, Vector128<byte>.Zero);
                uint mask = (Vector128.Equals(bytes, delimiters) | Vector128.Equals(bytes, quotes)
                    | Vector128.Equals(bytes, feeds) | Vector128.Equals(bytes, returns)).ExtractMostSignificantBits();
                count = Append(ref target, count, mask, offset + i);
            }

            unusual |= odd.ExtractMostSignificantBits() != 0;
        }

        for (; i < text.Length; i++)
        {
            byte b = text[i];
            unusual |= b is 0 or > 127;
            if (b == delimiter || b is Quote or LineFeed or CarriageReturn)
            {
                positions[count++] = offset + i;
            }
        }

        return count;
    }

    private static int Append(ref int target, int count, uint mask, int offset)
    {
        while (mask != 0)
        {
            // The caller checked that there is room for a position a byte.
            Unsafe.Add(ref target, count++) = offset + BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
        }

        return count;
    }
}
