using System.Globalization;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Date patterns in .NET notation: recognised as one of the forms read by hand, read exactly, or written for a detected form.</summary>
internal static class DatePattern
{
    /// <summary>The form of a pattern whose date part is one that is read by hand (a time is then optional), or null.</summary>
    public static DateFormat? Recognise(string pattern)
    {
        int clock = pattern.AsSpan().IndexOfAny("Hh");
        string date = (clock < 0 ? pattern : pattern[..clock]).TrimEnd(' ', 'T', 't', ',', '\'');
        if (string.Equals(date, "yyyyMMdd", StringComparison.Ordinal))
        {
            return clock == 8 ? null : new DateFormat(DateOrder.Compact);
        }

        if (Named(date) is { } order && !date.Contains('\'', StringComparison.Ordinal))
        {
            return new DateFormat(order);
        }

        int first = date.AsSpan().IndexOfAny("-/.");
        char separator = first < 0 ? '\0' : date[first];
        string[] parts = first < 0 ? [] : date.Split(separator);
        if (parts.Length != 3)
        {
            return null;
        }

        return (Part(parts[0]), Part(parts[1]), Part(parts[2])) switch
        {
            ('Y', 'M', 'D') => new DateFormat(DateOrder.YearMonthDay, (byte)separator),
            ('y', 'M', 'D') => new DateFormat(DateOrder.YearMonthDay, (byte)separator, HasShortYear: true),
            ('D', 'M', 'Y') => new DateFormat(DateOrder.DayMonthYear, (byte)separator),
            ('D', 'M', 'y') => new DateFormat(DateOrder.DayMonthYear, (byte)separator, HasShortYear: true),
            ('M', 'D', 'Y') => new DateFormat(DateOrder.MonthDayYear, (byte)separator),
            ('M', 'D', 'y') => new DateFormat(DateOrder.MonthDayYear, (byte)separator, HasShortYear: true),
            _ => null,
        };
    }

    /// <summary>Whether .NET can read with the pattern, and it names day, month and year: what it lacks would be filled in from today.</summary>
    public static bool IsUsable(string pattern)
    {
        try
        {
            var day = new DateTime(2001, 2, 3, 4, 5, 6);
            return pattern.Length > 1 && TryReadExact(day.ToString(pattern, CultureInfo.InvariantCulture), pattern, out DateTime read) && read.Date == day.Date;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Reads text that has exactly the form of the pattern; an offset is passed over.</summary>
    public static bool TryReadExact(ReadOnlySpan<char> text, string pattern, out DateTime time)
    {
        // Through an offset, so that a zone in the text cannot shift the wall time to this machine's.
        bool read = DateTimeOffset.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment);
        time = moment.DateTime;
        return read;
    }

    /// <summary>The pattern that describes a detected form as the example writes it.</summary>
    public static string Describe(DateFormat format, ReadOnlySpan<byte> example)
    {
        string text = Encoding.UTF8.GetString(FieldText.Trim(example));
        string separator = ((char)format.Separator).ToString();
        string year = format.HasShortYear ? "yy" : "yyyy";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int hours = colon < 0 ? text.Length : text.AsSpan(0, colon).LastIndexOfAnyExceptInRange('0', '9') + 1;

        // Blanks, commas or a T stand before the time, as its reader has it.
        string date = colon < 0 ? text : text[..hours].TrimEnd(' ', ',', 'T', 't');
        string clock = colon < 0 ? "" : text[date.Length..hours] + Clock(text[hours..], colon - hours);
        string[] parts = date.Split(separator);
        switch (format.Order)
        {
            case DateOrder.Excel:
                return "excel";
            case DateOrder.Unix:
                return "unix";
            case DateOrder.Pattern:
                return format.Pattern!;
            case DateOrder.YearMonthDay:
                return string.Join(separator, year, Repeat('M', parts[1], parts[2]), Repeat('d', parts[2], parts[1])) + clock;
            case DateOrder.DayMonthYear:
                return string.Join(separator, Repeat('d', parts[0], parts[1]), Repeat('M', parts[1], parts[0]), year) + clock;
            case DateOrder.MonthDayYear:
                return string.Join(separator, Repeat('M', parts[0], parts[1]), Repeat('d', parts[1], parts[0]), year) + clock;
            case DateOrder.Compact:
                return colon < 0 ? "yyyyMMddHHmmss"[..Math.Clamp(text.Length, 8, 14)] : "yyyyMMdd" + clock;
            default:
                return DescribeNamed(date) + clock;
        }
    }

    /// <summary>A pattern of the date alone by which the form is recognised again; it holds no blank but one that was configured.</summary>
    public static string OfDate(DateFormat format)
    {
        string year = format.HasShortYear ? "yy" : "yyyy";
        string separator = ((char)format.Separator).ToString();
        return format.Order switch
        {
            DateOrder.Excel => "excel",
            DateOrder.Unix => "unix",
            DateOrder.Pattern => format.Pattern!,
            DateOrder.YearMonthDay => string.Join(separator, year, "MM", "dd"),
            DateOrder.DayMonthYear => string.Join(separator, "dd", "MM", year),
            DateOrder.MonthDayYear => string.Join(separator, "MM", "dd", year),
            DateOrder.Compact => "yyyyMMdd",
            DateOrder.DayNameYear => "dd-MMM-yyyy",
            _ => "MMM-dd-yyyy",
        };
    }

    /// <summary>The order of a pattern with a month's name; its punctuation does not matter.</summary>
    private static DateOrder? Named(string date) => string.Concat(date.Where(char.IsLetter)) switch
    {
        "dMMMyy" or "ddMMMyy" or "dMMMyyyy" or "ddMMMyyyy" or "dMMMMyyyy" or "ddMMMMyyyy" => DateOrder.DayNameYear,
        "MMMdyy" or "MMMddyy" or "MMMdyyyy" or "MMMddyyyy" or "MMMMdyyyy" or "MMMMddyyyy" => DateOrder.NameDayYear,
        _ => null,
    };

    private static char Part(string part) => part switch
    {
        "yyyy" => 'Y',
        "yy" => 'y',
        "M" or "MM" => 'M',
        "d" or "dd" => 'D',
        _ => '?',
    };

    // 10, 11 and 12 do not say whether 1 would be 01: then the other part does.
    private static string Repeat(char specifier, string part, string other) => new(
        specifier, part.Trim() is [_] || (part.Trim() is not ['0', ..] && other.Trim() is [_]) ? 1 : 2);

    private static string DescribeNamed(string date)
    {
        var pattern = new StringBuilder();
        for (int i = 0; i < date.Length;)
        {
            int end = i;
            while (end < date.Length && char.IsLetterOrDigit(date[end]) && char.IsAsciiDigit(date[end]) == char.IsAsciiDigit(date[i]))
            {
                end++;
            }

            int length = end - i;
            if (length == 0)
            {
                pattern.Append(date[i++]);
                continue;
            }

            bool isYear = char.IsAsciiDigit(date[i]) && (length == 4 || end == date.Length);
            pattern.Append(!char.IsAsciiDigit(date[i]) ? length > 3 ? "MMMM" : "MMM" : isYear ? new string('y', length) : new string('d', length));
            i = end;
        }

        return pattern.ToString();
    }

    private static string Clock(string time, int colon)
    {
        string rest = time[(colon + 1)..];
        bool halfDays = rest.Contains('M', StringComparison.OrdinalIgnoreCase) && !rest.Contains("GMT", StringComparison.OrdinalIgnoreCase);
        string hours = new(halfDays ? 'h' : 'H', colon == 1 ? 1 : 2);
        int second = rest.IndexOf(':', StringComparison.Ordinal);
        bool hasSeconds = second == 2;
        int fraction = hasSeconds && rest.Length > 5 && rest[5] is '.' or ',' ? rest.AsSpan(6).IndexOfAnyExceptInRange('0', '9') : 0;
        fraction = fraction < 0 ? rest.Length - 6 : fraction;
        string zone = rest.AsSpan().IndexOfAny("+-Zz") > 0 ? "K" : "";
        string decimals = fraction > 0 ? "." + new string('f', Math.Min(fraction, 7)) : "";
        return $"{hours}:mm{(hasSeconds ? ":ss" : "")}{decimals}{(halfDays ? " tt" : "")}{zone}";
    }
}
