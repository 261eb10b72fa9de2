using System.Globalization;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>The order of the parts of a date.</summary>
internal enum DateOrder : byte
{
    /// <summary><c>2010-12-31</c>.</summary>
    YearMonthDay,

    /// <summary><c>31.12.2010</c>.</summary>
    DayMonthYear,

    /// <summary><c>12/31/2010</c>.</summary>
    MonthDayYear,

    /// <summary><c>20101231</c>, <c>2010123123</c>, <c>20101231235959</c>.</summary>
    Compact,

    /// <summary><c>31-Dec-10</c>, <c>31 December 2010</c>.</summary>
    DayNameYear,

    /// <summary><c>Dec 31, 2010</c>.</summary>
    NameDayYear,

    /// <summary>Days since 1899-12-30, with a fraction.</summary>
    Excel,

    /// <summary>Seconds, or milliseconds, since 1970-01-01 UTC.</summary>
    Unix,

    /// <summary>A .NET pattern, read exactly.</summary>
    Pattern,
}

/// <summary>The one form in which a file writes its dates. Reads wall times; an offset is passed over.</summary>
/// <remarks>
/// A time may follow any of the written forms, with or without seconds, fraction, AM or PM, and zone. Two-digit years are 1950 to 2049.
/// </remarks>
/// <param name="Order">The order of the parts.</param>
/// <param name="Separator">What stands between numeric parts; 0 where that does not matter.</param>
/// <param name="HasShortYear">Whether years have two digits.</param>
/// <param name="Pattern">The pattern of <see cref="DateOrder.Pattern" />.</param>
internal sealed record DateFormat(DateOrder Order, byte Separator = 0, bool HasShortYear = false, string? Pattern = null)
{
    private const int LongestText = 64;
    private const int LastShortYear = 49;
    private const long MillisecondsFrom = 100_000_000_000;

    private static readonly string[] MonthNames = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12];

    /// <summary>The mirror of a day-first or month-first form, or null.</summary>
    public DateFormat? Mirror => Order switch
    {
        DateOrder.DayMonthYear => this with { Order = DateOrder.MonthDayYear },
        DateOrder.MonthDayYear => this with { Order = DateOrder.DayMonthYear },
        _ => null,
    };

    /// <summary>The form that <c>import.dateFormat</c> names.</summary>
    /// <exception cref="UnusableUploadException">The pattern is none.</exception>
    public static DateFormat FromOption(string option)
    {
        if (string.Equals(option, "excel", StringComparison.OrdinalIgnoreCase))
        {
            return new DateFormat(DateOrder.Excel);
        }

        if (string.Equals(option, "unix", StringComparison.OrdinalIgnoreCase))
        {
            return new DateFormat(DateOrder.Unix);
        }

        DateFormat? known = DatePattern.Recognise(option);
        if (known is not null)
        {
            return known;
        }

        if (!DatePattern.IsUsable(option))
        {
            throw new UnusableUploadException(
                $"import.dateFormat '{option}' is no date pattern; expected one like 'dd.MM.yyyy HH:mm', or 'excel' or 'unix'.",
                advice: "Correct import.dateFormat, or leave it out to have the format detected.");
        }

        return new DateFormat(DateOrder.Pattern, Pattern: option);
    }

    /// <summary>Reads a date with or without a time; false where the text is none in this form.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out DateTime time)
    {
        text = FieldText.Trim(text);
        time = default;
        if (text.IsEmpty || text.Length > LongestText)
        {
            return false;
        }

        switch (Order)
        {
            case DateOrder.Excel:
                return TryReadSerial(text, out time);
            case DateOrder.Unix:
                return TryReadUnix(text, out time);
            case DateOrder.Pattern:
                Span<char> characters = stackalloc char[LongestText];
                int length = Encoding.UTF8.GetChars(text, characters);
                return DatePattern.TryReadExact(characters[..length], Pattern!, out time);
            default:
                return TryReadDate(ref text, out int year, out int month, out int day)
                    && (Order == DateOrder.Compact && !text.IsEmpty && char.IsAsciiDigit((char)text[0])
                        ? ClockReader.TryReadDigits(text, out long ticks)
                        : ClockReader.TryRead(text, out ticks))
                    && TryMake(year, month, day, ticks, out time);
        }
    }

    private bool TryReadDate(ref ReadOnlySpan<byte> text, out int year, out int month, out int day)
    {
        year = month = day = 0;
        switch (Order)
        {
            case DateOrder.YearMonthDay:
                return TryReadYear(ref text, out year) && TrySeparator(ref text)
                    && TryDigits(ref text, 1, 2, out month) && TrySeparator(ref text) && TryDigits(ref text, 1, 2, out day);
            case DateOrder.DayMonthYear:
                return TryDigits(ref text, 1, 2, out day) && TrySeparator(ref text)
                    && TryDigits(ref text, 1, 2, out month) && TrySeparator(ref text) && TryReadYear(ref text, out year);
            case DateOrder.MonthDayYear:
                return TryDigits(ref text, 1, 2, out month) && TrySeparator(ref text)
                    && TryDigits(ref text, 1, 2, out day) && TrySeparator(ref text) && TryReadYear(ref text, out year);
            case DateOrder.Compact:
                return TryDigits(ref text, 4, 4, out year) && TryDigits(ref text, 2, 2, out month) && TryDigits(ref text, 2, 2, out day);
            case DateOrder.DayNameYear:
                return TryDigits(ref text, 1, 2, out day) && TryPunctuation(ref text) && TryMonthName(ref text, out month)
                    && TryPunctuation(ref text) && TryAnyYear(ref text, out year);
            default:
                return TryMonthName(ref text, out month) && TryPunctuation(ref text) && TryDigits(ref text, 1, 2, out day)
                    && TryPunctuation(ref text) && TryAnyYear(ref text, out year);
        }
    }

    private bool TrySeparator(ref ReadOnlySpan<byte> text)
    {
        bool found = !text.IsEmpty && text[0] == Separator;
        text = found ? text[1..] : text;
        return found;
    }

    private bool TryReadYear(ref ReadOnlySpan<byte> text, out int year) =>
        HasShortYear ? TryShortYear(ref text, out year) : TryDigits(ref text, 4, 4, out year);

    private static bool TryAnyYear(ref ReadOnlySpan<byte> text, out int year)
    {
        bool found = TryDigits(ref text, 4, 4, out year) || TryShortYear(ref text, out year);
        RussianMonths.PassYearWord(ref text);
        return found;
    }

    private static bool TryShortYear(ref ReadOnlySpan<byte> text, out int year)
    {
        bool found = TryDigits(ref text, 2, 2, out year) && (text.IsEmpty || !char.IsAsciiDigit((char)text[0]));
        year += year > LastShortYear ? 1900 : 2000;
        return found;
    }

    private static bool TryPunctuation(ref ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(" -/.,"u8);
        bool found = length > 0;
        text = found ? text[length..] : text;
        return found;
    }

    private static bool TryMonthName(ref ReadOnlySpan<byte> text, out int month)
    {
        if (!text.IsEmpty && text[0] >= 0x80)
        {
            return RussianMonths.TryRead(ref text, out month);
        }

        int length = 0;
        while (length < text.Length && char.IsAsciiLetter((char)text[length]))
        {
            length++;
        }

        for (month = 1; month <= MonthNames.Length; month++)
        {
            string name = MonthNames[month - 1];
            bool abbreviated = length == 3 || (length == 4 && month == 9);
            if ((length == name.Length || abbreviated) && Ascii.EqualsIgnoreCase(text[..length], name.AsSpan(0, Math.Min(length, name.Length))))
            {
                text = text[length..];
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a run of digits off the text; of a longer run only the most, which the next part then refuses.</summary>
    internal static bool TryDigits(ref ReadOnlySpan<byte> text, int least, int most, out int value)
    {
        value = 0;
        int length = 0;
        while (length < most && length < text.Length && (uint)(text[length] - '0') <= 9)
        {
            value = (value * 10) + (text[length++] - '0');
        }

        if (length < least)
        {
            return false;
        }

        text = text[length..];
        return true;
    }

    private static bool TryMake(int year, int month, int day, long ticks, out DateTime time)
    {
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            time = default;
            return false;
        }

        time = new DateTime(new DateTime(year, month, day).Ticks + ticks, DateTimeKind.Unspecified);
        return true;
    }

    private static bool TryReadSerial(ReadOnlySpan<byte> text, out DateTime time)
    {
        byte separator = text.Contains((byte)',') ? (byte)',' : (byte)'.';
        bool read = NumberReader.TryRead(text, separator, out DecimalNumber serial);
        Int128 days = serial.ToMoney().Micros;
        if (!read || days < Money.MicrosPerUnit || days >= (Int128)2_958_466 * Money.MicrosPerUnit)
        {
            time = default;
            return false;
        }

        // A day is 86,400,000 ms; a double in a sheet is good for a fraction of one, so whole milliseconds are what was meant.
        Int128 milliseconds = serial.Times(new DecimalNumber(86_400_000, 0)).Micros;
        milliseconds = (milliseconds + (Money.MicrosPerUnit / 2)) / Money.MicrosPerUnit;
        time = new DateTime(1899, 12, 30).AddTicks((long)milliseconds * TimeSpan.TicksPerMillisecond);
        return true;
    }

    private static bool TryReadUnix(ReadOnlySpan<byte> text, out DateTime time)
    {
        bool read = NumberReader.TryRead(text, (byte)'.', out DecimalNumber number);
        Int128 micros = number.ToMoney().Micros;
        bool inMilliseconds = Int128.Abs(micros) >= (Int128)MillisecondsFrom * Money.MicrosPerUnit;
        Int128 ticks = DateTime.UnixEpoch.Ticks + (inMilliseconds ? micros / 100 : micros * 10);
        read &= ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        time = read ? new DateTime((long)ticks, DateTimeKind.Unspecified) : default;
        return read;
    }
}
