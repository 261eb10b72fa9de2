using System.Buffers;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Reads numbers as shops write them into exact decimals.</summary>
/// <remarks>
/// Read: <c>12</c>, <c>-12.5</c>, <c>+5</c>, <c>1,234.50</c> (groups of three, by the other separator, a blank or an apostrophe; none begins
/// with a zero), <c>1,00,000.00</c> as in India, <c>="12.5"</c>,
/// <c>$12</c>, <c>12 €</c>, <c>(1.00)</c> and <c>1.00-</c> as negative, <c>1E+05</c>. Not read: <c>NaN</c>, infinities, hexadecimal, per cent,
/// nothing, and whatever is 10¹⁵ or more. More than 18 significant digits or decimals are rounded, half to even.
/// </remarks>
internal static class NumberReader
{
    private const int MaxIntegerDigits = 15;
    private const int KeptDigits = 40;

    /// <summary>Reads a number; false where the text is none, or too large.</summary>
    /// <param name="text">The field.</param>
    /// <param name="decimalSeparator"><c>.</c> or <c>,</c>; the other one may separate groups.</param>
    /// <param name="number">The number, or zero.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, byte decimalSeparator, out DecimalNumber number)
    {
        int i = text.Length > 0 && text[0] == (byte)'-' ? 1 : 0;
        int sign = i;
        int point = -1;
        long mantissa = 0;
        if (text.Length - sign is > 0 and <= MaxIntegerDigits)
        {
            for (; i < text.Length; i++)
            {
                uint digit = (uint)(text[i] - '0');
                if (digit <= 9)
                {
                    mantissa = (mantissa * 10) + digit;
                }
                else if (text[i] == decimalSeparator && point < 0)
                {
                    point = i;
                }
                else
                {
                    break;
                }
            }

            if (i == text.Length && (point < 0 || text.Length - sign > 1))
            {
                number = new DecimalNumber(sign == 0 ? mantissa : -mantissa, point < 0 ? 0 : text.Length - 1 - point);
                return true;
            }
        }

        return TryReadGeneral(text, decimalSeparator, out number);
    }

    private static bool TryReadGeneral(ReadOnlySpan<byte> text, byte decimalSeparator, out DecimalNumber number)
    {
        number = default;
        ReadOnlySpan<byte> core = FieldText.Trim(text);
        if (!NumberSigns.TryStrip(ref core, out bool negative) || core.IsEmpty)
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[KeptDigits];
        int count = 0;
        int magnitude = 0;
        bool sticky = false;
        bool any = false;
        int group = 0;
        byte grouping = 0;
        int inner = 0;
        bool isShort = false;
        int i = 0;

        // The whole part, with its groups. value = 0.d₁d₂d₃… × 10^magnitude.
        for (; i < core.Length; i++)
        {
            byte b = core[i];
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                any = true;
                group++;
                magnitude += count > 0 || b != (byte)'0' ? 1 : 0;
                Append(digits, ref count, ref sticky, b);
                continue;
            }

            int separator = GroupSeparator(core[i..], decimalSeparator);
            if (separator == 0)
            {
                break;
            }

            // After the first group, all but the last are of three digits, or in India of two.
            bool isGroup = grouping == 0
                ? group is >= 1 and <= 3 && count > 0 && magnitude == group
                : b == grouping && (group == 3 || (group == 2 && b == (byte)',' && isShort)) && (inner == 0 || inner == group);
            if (!isGroup)
            {
                return false;
            }

            isShort |= grouping == 0 && group < 3;
            inner = grouping == 0 ? 0 : group;

            grouping = b;
            group = 0;
            i += separator - 1;
        }

        if (grouping != 0 && group != 3)
        {
            return false;
        }

        if (i < core.Length && core[i] == decimalSeparator)
        {
            for (i++; i < core.Length && core[i] is >= (byte)'0' and <= (byte)'9'; i++)
            {
                any = true;
                magnitude -= count == 0 && core[i] == (byte)'0' ? 1 : 0;
                Append(digits, ref count, ref sticky, core[i]);
            }
        }

        if (!any || !TryReadExponent(core[i..], out int exponent))
        {
            return false;
        }

        return TryRound(digits[..count], magnitude + exponent, sticky, negative, out number);
    }

    private static void Append(Span<byte> digits, ref int count, ref bool sticky, byte digit)
    {
        if (count == 0 && digit == (byte)'0')
        {
            return;
        }

        if (count < digits.Length)
        {
            digits[count++] = (byte)(digit - '0');
            return;
        }

        sticky |= digit != (byte)'0';
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ((byte)'e' or (byte)'E') || text.Length < 2)
        {
            return false;
        }

        bool signed = text[1] is (byte)'+' or (byte)'-';
        ReadOnlySpan<byte> digits = text[(signed ? 2 : 1)..];
        if (digits.Length is 0 or > 4 || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        foreach (byte digit in digits)
        {
            exponent = (exponent * 10) + (digit - '0');
        }

        exponent = text[1] == (byte)'-' ? -exponent : exponent;
        return true;
    }

    private static bool TryRound(ReadOnlySpan<byte> digits, int magnitude, bool sticky, bool negative, out DecimalNumber number)
    {
        number = default;
        if (digits.IsEmpty)
        {
            return true;
        }

        if (magnitude > MaxIntegerDigits)
        {
            return false;
        }

        int kept = Math.Min(DecimalNumber.MaxDigits, magnitude + DecimalNumber.MaxScale);
        if (kept < 0)
        {
            return true;
        }

        long mantissa = 0;
        for (int i = 0; i < Math.Min(kept, digits.Length); i++)
        {
            mantissa = (mantissa * 10) + digits[i];
        }

        int scale = Math.Min(kept, digits.Length) - magnitude;
        if (kept < digits.Length)
        {
            bool rest = sticky || digits[(kept + 1)..].ContainsAnyExcept((byte)0);
            bool up = digits[kept] > 5 || (digits[kept] == 5 && (rest || long.IsOddInteger(mantissa)));
            mantissa += up ? 1 : 0;
        }

        for (; scale < 0; scale++)
        {
            mantissa *= 10;
        }

        for (; scale > 0 && mantissa % 10 == 0; scale--)
        {
            mantissa /= 10;
        }

        number = new DecimalNumber(negative ? -mantissa : mantissa, scale);
        return scale > 0 || mantissa < 1_000_000_000_000_000;
    }

    /// <summary>The length of the separator of groups that the text begins with, or zero.</summary>
    private static int GroupSeparator(ReadOnlySpan<byte> text, byte decimalSeparator)
    {
        if (text[0] is (byte)' ' or (byte)'\'' || (text[0] is (byte)',' or (byte)'.' && text[0] != decimalSeparator))
        {
            return 1;
        }

        if (text[0] < 0x80 || Rune.DecodeFromUtf8(text, out Rune rune, out int length) != OperationStatus.Done)
        {
            return 0;
        }

        return rune.Value is 0xA0 or 0x202F or 0x2009 or 0x2019 ? length : 0;
    }
}
