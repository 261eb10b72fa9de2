using System.Globalization;
using System.Text.Json.Serialization;

namespace Segmentation.Core.Transactions;

/// <summary>An exact amount of money in units of 10⁻⁶ of the shop's currency.</summary>
/// <remarks>
/// Sums are integer sums, so they do not depend on the order of the rows, and they cannot overflow silently: a single line is
/// limited to 10¹⁵ currency units on reading, and additions are checked.
/// </remarks>
/// <param name="Micros">The amount × 10⁶.</param>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(Int128 Micros) : IComparable<Money>
{
    /// <summary>Units in one unit of the currency.</summary>
    public const long MicrosPerUnit = 1_000_000;

    private const int Decimals = 6;

    /// <summary>Nothing.</summary>
    public static Money Zero => default;

    /// <summary>The exact sum.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Micros + right.Micros));

    /// <summary>The exact difference.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Micros - right.Micros));

    /// <summary>The same amount with the other sign.</summary>
    public static Money operator -(Money value) => new(checked(-value.Micros));

    /// <summary>Whether left is less.</summary>
    public static bool operator <(Money left, Money right) => left.Micros < right.Micros;

    /// <summary>Whether left is more.</summary>
    public static bool operator >(Money left, Money right) => left.Micros > right.Micros;

    /// <summary>Whether left is not more.</summary>
    public static bool operator <=(Money left, Money right) => left.Micros <= right.Micros;

    /// <summary>Whether left is not less.</summary>
    public static bool operator >=(Money left, Money right) => left.Micros >= right.Micros;

    /// <summary>The amount without its sign.</summary>
    public static Money Abs(Money value) => new(Int128.Abs(value.Micros));

    /// <summary>The amount as a double, for statistics: exact sums come first, the conversion last. The nearest up to 9·10⁹, within one unit in the last place above.</summary>
    public double ToDouble() => (double)Micros / MicrosPerUnit;

    /// <inheritdoc />
    public int CompareTo(Money other) => Micros.CompareTo(other.Micros);

    /// <summary>The exact decimal with at least two decimals and no further trailing zeros: <c>12.50</c>, <c>0.3333</c>.</summary>
    public override string ToString()
    {
        UInt128 magnitude = (UInt128)Int128.Abs(Micros);
        (UInt128 whole, UInt128 fraction) = UInt128.DivRem(magnitude, MicrosPerUnit);
        string decimals = ((int)fraction).ToString("D6", CultureInfo.InvariantCulture).TrimEnd('0').PadRight(2, '0');
        return string.Create(CultureInfo.InvariantCulture, $"{(Micros < 0 ? "-" : "")}{whole}.{decimals}");
    }

    /// <summary>Reads what <see cref="ToString" /> writes.</summary>
    /// <exception cref="FormatException">The text is no decimal with at most six decimals, or too large.</exception>
    public static Money Parse(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point];
        ReadOnlySpan<char> fraction = point < 0 ? "0" : digits[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || fraction.Length is < 1 or > Decimals
            || fraction.ContainsAnyExceptInRange('0', '9') || !Int128.TryParse(
                $"{text.AsSpan(0, text.Length - digits.Length)}{whole}{fraction}{"00000".AsSpan(fraction.Length - 1)}",
                NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 micros))
        {
            throw new FormatException($"'{text}' is no amount of money; expected a decimal with at most six decimals.");
        }

        return new Money(micros);
    }
}
