using System.Globalization;

namespace Segmentation.Core.Transactions;

/// <summary>An exact decimal number as a file wrote it: <see cref="Mantissa" /> × 10^−<see cref="Scale" />, in lowest terms.</summary>
/// <remarks>Two numbers are equal when their values are: <c>1.50</c> and <c>1.5</c> are the same.</remarks>
public readonly record struct DecimalNumber
{
    /// <summary>Most significant digits that are kept; further ones are rounded, half to even.</summary>
    public const int MaxDigits = 18;

    /// <summary>Most decimals.</summary>
    public const int MaxScale = 18;

    private const int MoneyScale = 6;
    private const long LargestMantissa = 999_999_999_999_999_999;

    // Up to the scale of a product.
    private static readonly Int128[] Powers = [.. Enumerable.Range(0, (2 * MaxScale) + 1).Select(static power =>
        Enumerable.Repeat((Int128)10, power).Aggregate(Int128.One, static (product, ten) => product * ten))];

    /// <summary>Makes a number in lowest terms.</summary>
    /// <param name="mantissa">The digits with the sign; fewer than 10¹⁸.</param>
    /// <param name="scale">The number of decimals, 0 to 18.</param>
    public DecimalNumber(long mantissa, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, MaxScale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mantissa, LargestMantissa);
        ArgumentOutOfRangeException.ThrowIfLessThan(mantissa, -LargestMantissa);
        while (scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        Mantissa = mantissa;
        Scale = (byte)scale;
    }

    /// <summary>The digits with the sign.</summary>
    public long Mantissa { get; }

    /// <summary>The number of decimals, 0 to 18.</summary>
    public byte Scale { get; }

    /// <summary>The number one.</summary>
    public static DecimalNumber One => new(1, 0);

    /// <summary>This number as money, rounded half to even at the sixth decimal.</summary>
    public Money ToMoney() => new(Rescale(Mantissa, Scale));

    /// <summary>The exact product, rounded once, half to even, at the sixth decimal.</summary>
    /// <exception cref="OverflowException">It is 10³² or more.</exception>
    public Money Times(DecimalNumber other) => new(Rescale((Int128)Mantissa * other.Mantissa, Scale + other.Scale));

    /// <inheritdoc />
    public override string ToString()
    {
        string digits = Math.Abs(Mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        string sign = Mantissa < 0 ? "-" : "";
        return Scale == 0 ? sign + digits : $"{sign}{digits[..^Scale]}.{digits[^Scale..]}";
    }

    private static Int128 Rescale(Int128 mantissa, int scale)
    {
        if (scale <= MoneyScale)
        {
            return checked(mantissa * Powers[MoneyScale - scale]);
        }

        Int128 divisor = Powers[scale - MoneyScale];
        (Int128 quotient, Int128 remainder) = Int128.DivRem(mantissa, divisor);
        Int128 twice = Int128.Abs(remainder) * 2;
        bool away = twice > divisor || (twice == divisor && Int128.IsOddInteger(quotient));
        return away ? quotient + (mantissa < 0 ? -1 : 1) : quotient;
    }
}
