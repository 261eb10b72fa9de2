using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Reads the time that follows a date: nothing, or <c>H:mm[:ss[.f…]][ AM|PM][zone]</c> after blanks or a <c>T</c>.</summary>
internal static class ClockReader
{
    private const int TickDigits = 7;

    /// <summary>Reads the rest of a field after its date; the zone is checked for form and passed over.</summary>
    /// <param name="text">What follows the date, without blanks at its end.</param>
    /// <param name="ticks">The time of day in ticks.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        int blanks = text.IndexOfAnyExcept(", "u8);
        text = text[0] is (byte)'T' or (byte)'t' ? text[1..] : blanks > 0 ? text[blanks..] : default;
        if (text.Length < 4 || !DateFormat.TryDigits(ref text, 1, 2, out int hour) || !TryColon(ref text)
            || !DateFormat.TryDigits(ref text, 2, 2, out int minute))
        {
            return false;
        }

        int second = 0;
        long fraction = 0;
        if (TryColon(ref text) && (!DateFormat.TryDigits(ref text, 2, 2, out second) || !TryFraction(ref text, out fraction)))
        {
            return false;
        }

        if (!TryHalfDay(ref text, ref hour) || hour > 23 || minute > 59 || second > 59 || !IsZone(text))
        {
            return false;
        }

        ticks = (((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + fraction;
        return true;
    }

    /// <summary>Reads the time behind a date of bare digits: <c>HH</c>, <c>HHmm</c> or <c>HHmmss</c>.</summary>
    public static bool TryReadDigits(ReadOnlySpan<byte> text, out long ticks)
    {
        int minute = 0;
        int second = 0;
        bool read = DateFormat.TryDigits(ref text, 2, 2, out int hour)
            && (text.IsEmpty || DateFormat.TryDigits(ref text, 2, 2, out minute))
            && (text.IsEmpty || DateFormat.TryDigits(ref text, 2, 2, out second))
            && text.IsEmpty && hour <= 23 && minute <= 59 && second <= 59;
        ticks = ((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond;
        return read;
    }

    private static bool TryColon(ref ReadOnlySpan<byte> text)
    {
        bool found = !text.IsEmpty && text[0] == (byte)':';
        text = found ? text[1..] : text;
        return found;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        int length = 1;
        for (; length < text.Length && char.IsAsciiDigit((char)text[length]); length++)
        {
            ticks = length <= TickDigits ? (ticks * 10) + (text[length] - '0') : ticks;
        }

        for (int digits = length - 1; digits < TickDigits; digits++)
        {
            ticks *= 10;
        }

        text = text[length..];
        return length > 1;
    }

    private static bool TryHalfDay(ref ReadOnlySpan<byte> text, ref int hour)
    {
        ReadOnlySpan<byte> rest = FieldText.Trim(text);
        bool morning = rest.Length >= 2 && Ascii.EqualsIgnoreCase(rest[..2], "AM"u8);
        bool afternoon = rest.Length >= 2 && Ascii.EqualsIgnoreCase(rest[..2], "PM"u8);
        if (!morning && !afternoon)
        {
            return true;
        }

        text = rest[2..];
        if (hour is < 1 or > 12)
        {
            return false;
        }

        hour = (hour % 12) + (afternoon ? 12 : 0);
        return true;
    }

    private static bool IsZone(ReadOnlySpan<byte> text)
    {
        text = FieldText.Trim(text);
        if (text.IsEmpty || Ascii.EqualsIgnoreCase(text, "Z"u8) || Ascii.EqualsIgnoreCase(text, "UTC"u8) || Ascii.EqualsIgnoreCase(text, "GMT"u8))
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        text = text[1..];
        if (!DateFormat.TryDigits(ref text, 2, 2, out int hours) || hours > 14)
        {
            return false;
        }

        int minutes = 0;
        bool read = text.IsEmpty || ((TryColon(ref text) || true) && DateFormat.TryDigits(ref text, 2, 2, out minutes));
        return read && text.IsEmpty && minutes <= 59;
    }
}
