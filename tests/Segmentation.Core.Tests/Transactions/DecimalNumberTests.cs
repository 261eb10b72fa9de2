using System.Globalization;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Transactions;

public sealed class DecimalNumberTests
{
    [Theory]
    [InlineData(150, 2, 15, 1, "1.5")]
    [InlineData(-1500, 2, -15, 0, "-15")]
    [InlineData(0, 18, 0, 0, "0")]
    [InlineData(5, 3, 5, 3, "0.005")]
    [InlineData(-999_999_999_999_999_999, 18, -999_999_999_999_999_999, 18, "-0.999999999999999999")]
    public void A_number_is_in_lowest_terms(long mantissa, int scale, long lowest, int lowestScale, string text)
    {
        var number = new DecimalNumber(mantissa, scale);
        Assert.Equal((lowest, lowestScale), (number.Mantissa, number.Scale));
        Assert.Equal(number, new DecimalNumber(lowest, lowestScale));
        Assert.Equal(text, number.ToString());
    }

    [Theory]
    [InlineData(1, -1)]
    [InlineData(1, 19)]
    [InlineData(1_000_000_000_000_000_000, 0)]
    [InlineData(long.MinValue, 0)]
    public void Digits_and_decimals_beyond_the_limits_are_refused(long mantissa, int scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecimalNumber(mantissa, scale));

    [Theory]
    [InlineData(5, 7, 0)]
    [InlineData(15, 7, 2)]
    [InlineData(25, 7, 2)]
    [InlineData(-15, 7, -2)]
    [InlineData(-25, 7, -2)]
    [InlineData(251, 8, 3)]
    [InlineData(3, 0, 3_000_000)]
    public void Money_is_rounded_half_to_even_at_the_sixth_decimal(long mantissa, int scale, long micros) =>
        Assert.Equal(new Money(micros), new DecimalNumber(mantissa, scale).ToMoney());

    [Fact]
    public void Products_are_those_of_decimal_rounded_once_half_to_even()
    {
        const ulong seed = 12;
        var random = new Xoshiro256StarStar(seed);
        for (int i = 0; i < 20_000; i++)
        {
            DecimalNumber left = Random(random);
            DecimalNumber right = Random(random);
            decimal product = Exact(left) * Exact(right);
            decimal oracle = Math.Round(product, 6, MidpointRounding.ToEven) * 1_000_000m;
            Assert.True(
                (Int128)oracle == left.Times(right).Micros, $"Seed {seed}, case {i}: {left} × {right} = {left.Times(right)}, expected {product}");
            Assert.Equal(left.Times(right), right.Times(left));
        }
    }

    [Fact]
    public void A_product_that_does_not_fit_is_no_wrong_number()
    {
        var large = new DecimalNumber(999_999_999_999_999_999, 0);
        Assert.Throws<OverflowException>(() => large.Times(large));
    }

    // Up to 11 digits and 14 decimals each, so that decimal holds the product in millionths exactly.
    private static DecimalNumber Random(Xoshiro256StarStar random)
    {
        long mantissa = (long)(random.NextUInt64() % 100_000_000_000) >> random.NextInt32(37);
        mantissa -= random.NextInt32(4) == 0 ? mantissa % 5 : 0;
        return new DecimalNumber(random.NextInt32(2) == 0 ? mantissa : -mantissa, random.NextInt32(15));
    }

    private static decimal Exact(DecimalNumber number) => decimal.Parse(number.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture);
}
