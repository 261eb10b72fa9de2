using System.Globalization;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments;

/// <summary>Numbers as people read them in a language. The formats are fixed here, so every machine writes the same bytes.</summary>
/// <remarks>
/// English: <c>1,234.5</c> and <c>16.6%</c>. Russian: <c>1 234,5</c> and <c>16,6 %</c> with narrow no-break spaces (U+202F). A minus is
/// U+2212. What is not a finite number is written as a dash. Not for data files, which are invariant.
/// </remarks>
public static class LocalNumbers
{
    /// <summary>From this amount on, the fraction of the currency unit says nothing to a reader.</summary>
    private const double WholeAmounts = 100;

    /// <summary>Below this amount two decimals would leave one digit or none.</summary>
    private const double SmallAmounts = 0.1;

    /// <summary>Doubles have no more decimal digits that say anything.</summary>
    private const int MostDecimals = 15;

    /// <summary>The least share that one decimal of a percentage can show.</summary>
    private const double LeastShare = 0.001;

    /// <summary>From this share on one decimal of a percentage would show all.</summary>
    private const double AlmostAll = 0.9995;

    private const string Minus = "\u2212";
    private const string NarrowSpace = "\u202F";
    private const string Undefined = "\u2013";

    private static readonly NumberFormatInfo English = Format(",", ".");
    private static readonly NumberFormatInfo Russian = Format(NarrowSpace, ",");

    /// <summary>A whole number: <c>12,345</c>.</summary>
    public static string Count(long value, Language language) => value.ToString("N0", Of(language));

    /// <summary>A number with a fixed number of decimals, half away from zero: <c>0.338</c>.</summary>
    public static string Fixed(double value, int decimals, Language language) => double.IsFinite(value)
        ? Rounded(value, decimals).ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), Of(language))
        : Undefined;

    /// <summary>A number with one decimal, or none where that would be a zero: <c>2</c>, <c>1.5</c>.</summary>
    public static string Trimmed(double value, Language language) => double.IsFinite(value) && double.IsInteger(Rounded(value, 1))
        ? Fixed(value, 0, language)
        : Fixed(value, 1, language);

    /// <summary>
    /// An amount of money for reading: without decimals from 100 on, else with two; a small one with its first two digits, never as 0.
    /// </summary>
    public static string Amount(double value, Language language)
    {
        int decimals = AmountDecimals(value);
        string text = Fixed(value, decimals, language);
        for (; decimals > 2 && text.EndsWith('0'); decimals--)
        {
            text = text[..^1];
        }

        return text;
    }

    /// <summary>An exact amount, as the ledger writes it (<c>-1234.50</c>), with this language's separators and every decimal.</summary>
    public static string ExactAmount(string amount, Language language)
    {
        bool negative = amount.StartsWith('-');
        string magnitude = negative ? amount[1..] : amount;
        int point = magnitude.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? magnitude : magnitude[..point];
        NumberFormatInfo format = Of(language);
        for (int at = whole.Length - 3; at > 0; at -= 3)
        {
            whole = whole.Insert(at, format.NumberGroupSeparator);
        }

        return (negative ? Minus : "") + whole + (point < 0 ? "" : format.NumberDecimalSeparator + magnitude[(point + 1)..]);
    }

    /// <summary>An exact amount with this language's separators and at most two decimals, rounded half to even.</summary>
    public static string CentAmount(string amount, Language language)
    {
        Int128 micros = Money.Parse(amount).Micros;
        Int128 rest = Int128.Abs(micros % Cents.Micros);
        Int128 whole = Int128.Abs(micros / Cents.Micros);
        whole += 2 * rest > Cents.Micros || (2 * rest == Cents.Micros && Int128.IsOddInteger(whole)) ? 1 : 0;
        return ExactAmount(new Money((micros < 0 ? -whole : whole) * Cents.Micros).ToString(), language);
    }

    /// <summary>A share 0…1 as a percentage with one decimal; one too small or too large for that is <c>&lt;0.1%</c> or <c>&gt;99.9%</c>, never 0 or all.</summary>
    public static string Percent(double share, Language language)
    {
        string sign = language.Pick("%", NarrowSpace + "%");
        return share switch
        {
            double.NaN => Undefined,
            0 => "0" + sign,
            1 => "100" + sign,
            > 0 and < LeastShare => "<" + Fixed(LeastShare * 100, 1, language) + sign,
            >= AlmostAll and < 1 => ">" + Fixed((1 - LeastShare) * 100, 1, language) + sign,
            _ => Fixed(share * 100, 1, language) + sign,
        };
    }

    /// <summary>A share within a sentence: in Russian a very small or large one is said in words, <c>менее 0,1 %</c>.</summary>
    internal static string PercentInProse(double share, Language language)
    {
        string text = Percent(share, language);
        return language == Language.English ? text
            : text[0] == '<' ? "менее " + text[1..]
            : text[0] == '>' ? "более " + text[1..]
            : text;
    }

    /// <summary>A share that is a setting, without needless decimals: <c>2%</c>.</summary>
    internal static string PercentLimit(double share, Language language) =>
        Trimmed(share * 100, language) + language.Pick("%", NarrowSpace + "%");

    /// <summary>A number with the decimals that it has, at most 15: <c>1,200</c>, <c>7.5</c>.</summary>
    internal static string Plain(double value, Language language) => value.ToString("#,0.###############", Of(language));

    /// <summary>Reads such a number, or answers null.</summary>
    internal static double? ReadPlain(string text, Language language) =>
        double.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, Of(language), out double value) ? value : null;

    /// <summary>A number with so many decimals, at most 15; a half goes away from zero.</summary>
    internal static double Rounded(double value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);

    /// <summary>A number with so many significant digits, half away from zero; by decimal arithmetic, the same on every machine.</summary>
    internal static double Significant(double value, int digits)
    {
        // A decimal holds fifteen digits of a double; beyond them, and far below a unit of money, there is nothing to round.
        const double Most = 1e15;
        const double Least = 1e-12;
        if (!(Math.Abs(value) is > Least and < Most))
        {
            return value;
        }

        decimal exact = (decimal)value;
        decimal unit = 1;
        decimal least = 1;
        for (int i = 1; i < digits; i++)
        {
            least *= 10;
        }

        while (Math.Abs(exact) >= unit * least * 10)
        {
            unit *= 10;
        }

        while (Math.Abs(exact) < unit * least)
        {
            unit /= 10;
        }

        return (double)(Math.Round(exact / unit, MidpointRounding.AwayFromZero) * unit);
    }

    /// <summary>The decimals with which an amount is shown.</summary>
    internal static int AmountDecimals(double value)
    {
        double size = Math.Abs(value);
        int decimals = size >= WholeAmounts ? 0 : 2;
        for (double limit = SmallAmounts; size > 0 && size < limit && decimals < MostDecimals; limit /= 10)
        {
            decimals++;
        }

        return decimals;
    }

    private static NumberFormatInfo Of(Language language) => language == Language.Russian ? Russian : English;

    private static NumberFormatInfo Format(string group, string point) => NumberFormatInfo.ReadOnly(new NumberFormatInfo
    {
        NumberGroupSeparator = group,
        NumberDecimalSeparator = point,
        NumberGroupSizes = [3],
        NumberNegativePattern = 1,
        NegativeSign = Minus,
    });
}
