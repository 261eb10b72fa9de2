using System.Globalization;
using System.Text.Json;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Transactions;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(1, "0.000001")]
    [InlineData(-1, "-0.000001")]
    [InlineData(500_000, "0.50")]
    [InlineData(-12_500_000, "-12.50")]
    [InlineData(333_300, "0.3333")]
    [InlineData(1_000_000_000_000, "1000000.00")]
    [InlineData(long.MaxValue, "9223372036854.775807")]
    [InlineData(long.MinValue, "-9223372036854.775808")]
    public void Text_has_at_least_two_decimals_and_no_further_zeros(long micros, string text)
    {
        var money = new Money(micros);
        Assert.Equal(text, money.ToString());
        Assert.Equal(money, Money.Parse(text));
    }

    [Theory]
    [InlineData("1", 1_000_000)]
    [InlineData("1.5", 1_500_000)]
    [InlineData("-0.5", -500_000)]
    [InlineData("007.10", 7_100_000)]
    public void Other_writings_of_a_decimal_are_read(string text, long micros) => Assert.Equal(new Money(micros), Money.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("--1")]
    [InlineData("+1")]
    [InlineData("1.-5")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0.1234567")]
    [InlineData("99999999999999999999999999999999999999")]
    public void What_is_no_amount_is_refused_by_name(string text)
    {
        var fault = Assert.Throws<FormatException>(() => Money.Parse(text));
        Assert.Contains($"'{text}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_amount_comes_back_from_its_text_and_agrees_with_decimal()
    {
        const ulong seed = 11;
        var random = new Xoshiro256StarStar(seed);
        for (int i = 0; i < 20_000; i++)
        {
            long micros = (long)random.NextUInt64() >> random.NextInt32(64);
            var money = new Money(micros);
            decimal oracle = micros / 1_000_000m;
            Assert.True(money == Money.Parse(money.ToString()), $"Seed {seed}, case {i}: {money}");
            Assert.True(
                oracle.ToString("0.00####", CultureInfo.InvariantCulture) == money.ToString(), $"Seed {seed}, case {i}: {money}, expected {oracle}");
            Assert.Equal((double)micros / 1_000_000, money.ToDouble());
        }
    }

    [Fact]
    public void Sums_are_exact_and_never_overflow_silently()
    {
        var largest = new Money(Int128.MaxValue);
        Assert.Equal(new Money(30), new Money(10) + new Money(20));
        Assert.Equal(new Money(-10), new Money(10) - new Money(20));
        Assert.Throws<OverflowException>(() => largest + new Money(1));
        Assert.Throws<OverflowException>(() => -largest - new Money(2));
        Assert.Equal(largest, Money.Parse(largest.ToString()));
    }

    [Fact]
    public void A_wrong_amount_in_a_document_is_a_fault_of_the_document()
    {
        Assert.Equal("\"12.50\"", JsonSerializer.Serialize(new Money(12_500_000)));
        Assert.Equal(new Money(12_500_000), JsonSerializer.Deserialize<Money>("\"12.5\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>("\"a lot\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>("null"));
    }
}
