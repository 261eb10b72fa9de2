using Segmentation.Core.Segments;

namespace Segmentation.Core.Tests.Segments;

public sealed class WordFormsTests
{
    [Theory]
    [InlineData(0, "0 клиентов")]
    [InlineData(1, "1 клиент")]
    [InlineData(2, "2 клиента")]
    [InlineData(4, "4 клиента")]
    [InlineData(5, "5 клиентов")]
    [InlineData(11, "11 клиентов")]
    [InlineData(12, "12 клиентов")]
    [InlineData(14, "14 клиентов")]
    [InlineData(21, "21 клиент")]
    [InlineData(22, "22 клиента")]
    [InlineData(25, "25 клиентов")]
    [InlineData(101, "101 клиент")]
    [InlineData(111, "111 клиентов")]
    [InlineData(112, "112 клиентов")]
    [InlineData(1_001, "1\u202F001 клиент")]
    [InlineData(1_234_563, "1\u202F234\u202F563 клиента")]
    [InlineData(long.MinValue, "\u22129\u202F223\u202F372\u202F036\u202F854\u202F775\u202F808 клиентов")]
    public void Russian_customers_agree_with_their_number(long count, string expected) =>
        Assert.Equal(expected, Counted.Customers(count, Language.Russian));

    [Theory]
    [InlineData(1, "1 день", "1 day")]
    [InlineData(2, "2 дня", "2 days")]
    [InlineData(5, "5 дней", "5 days")]
    [InlineData(11, "11 дней", "11 days")]
    [InlineData(21, "21 день", "21 days")]
    [InlineData(240.5, "240,5 дня", "240.5 days")]
    [InlineData(7.5, "7,5 дня", "7.5 days")]
    [InlineData(0.96, "1 день", "1 day")]
    public void Days_are_shown_as_the_report_shows_them_and_agree_with_their_number(double days, string russian, string english)
    {
        Assert.Equal(russian, Counted.Days(days, Language.Russian));
        Assert.Equal(english, Counted.Days(days, Language.English));
        Assert.StartsWith(LocalNumbers.Trimmed(days, Language.Russian) + " ", Counted.Days(days, Language.Russian), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 заказ", "1 order")]
    [InlineData(2, "2 заказа", "2 orders")]
    [InlineData(5, "5 заказов", "5 orders")]
    [InlineData(21, "21 заказ", "21 orders")]
    [InlineData(1.5, "1,5 заказа", "1.5 orders")]
    [InlineData(9.5, "9,5 заказа", "9.5 orders")]
    [InlineData(31.5, "около 32 заказов", "about 32 orders")]
    [InlineData(10.5, "около 11 заказов", "about 11 orders")]
    [InlineData(30.6, "около 31 заказа", "about 31 orders")]
    [InlineData(1.04, "1 заказ", "1 order")]
    public void Orders_may_be_fractions_and_agree_with_their_number(double orders, string russian, string english)
    {
        Assert.Equal(russian, Counted.Orders(orders, Language.Russian));
        Assert.Equal(english, Counted.Orders(orders, Language.English));
    }

    [Theory]
    [InlineData(0, "0%", "0\u202F%")]
    [InlineData(0.0004, "<0.1%", "<0,1\u202F%")]
    [InlineData(0.001, "0.1%", "0,1\u202F%")]
    [InlineData(0.1656, "16.6%", "16,6\u202F%")]
    [InlineData(0.9994, "99.9%", "99,9\u202F%")]
    [InlineData(0.99961, ">99.9%", ">99,9\u202F%")]
    [InlineData(1, "100%", "100\u202F%")]
    [InlineData(double.NaN, "–", "–")]
    public void Shares_are_percentages_and_neither_a_small_one_is_shown_as_none_nor_a_large_one_as_all(double share, string english, string russian)
    {
        Assert.Equal(english, LocalNumbers.Percent(share, Language.English));
        Assert.Equal(russian, LocalNumbers.Percent(share, Language.Russian));
        Assert.Equal(english, LocalNumbers.PercentInProse(share, Language.English));
        Assert.Equal(russian.Replace("<", "менее ").Replace(">", "более "), LocalNumbers.PercentInProse(share, Language.Russian));
    }

    [Theory]
    [InlineData(99.994, "99.99", "99,99")]
    [InlineData(3696.9, "3,697", "3\u202F697")]
    [InlineData(-1234567, "\u22121,234,567", "\u22121\u202F234\u202F567")]
    [InlineData(double.PositiveInfinity, "–", "–")]
    [InlineData(0, "0.00", "0,00")]
    [InlineData(0.5, "0.50", "0,50")]
    [InlineData(0.05, "0.05", "0,05")]
    [InlineData(0.0123, "0.012", "0,012")]
    [InlineData(0.000003, "0.000003", "0,000003")]
    [InlineData(-0.00000034, "\u22120.00000034", "\u22120,00000034")]
    public void Amounts_are_whole_from_a_hundred_on_and_small_ones_are_not_shown_as_nothing(double amount, string english, string russian)
    {
        Assert.Equal(english, LocalNumbers.Amount(amount, Language.English));
        Assert.Equal(russian, LocalNumbers.Amount(amount, Language.Russian));
    }

    [Theory]
    [InlineData("8887208.89", "8,887,208.89", "8\u202F887\u202F208,89")]
    [InlineData("-610.3331", "\u2212610.3331", "\u2212610,3331")]
    [InlineData("100", "100", "100")]
    [InlineData("1000000000000000000000.00", "1,000,000,000,000,000,000,000.00", "1\u202F000\u202F000\u202F000\u202F000\u202F000\u202F000\u202F000,00")]
    public void Exact_amounts_keep_every_decimal(string amount, string english, string russian)
    {
        Assert.Equal(english, LocalNumbers.ExactAmount(amount, Language.English));
        Assert.Equal(russian, LocalNumbers.ExactAmount(amount, Language.Russian));
    }

    [Theory]
    [InlineData("8887208.89", "8,887,208.89")]
    [InlineData("-610.335", "\u2212610.34")]
    [InlineData("610.345", "610.34")]
    [InlineData("0.000001", "0.00")]
    public void Amounts_for_reading_have_at_most_two_decimals(string amount, string english) =>
        Assert.Equal(english, LocalNumbers.CentAmount(amount, Language.English));

    [Theory]
    [InlineData(1234.5, 2, 1200)]
    [InlineData(20.37, 2, 20)]
    [InlineData(9.99, 2, 10)]
    [InlineData(7.5, 2, 7.5)]
    [InlineData(12.5, 2, 13)]
    [InlineData(0.0034567, 3, 0.00346)]
    [InlineData(0, 2, 0)]
    [InlineData(1e20, 2, 1e20)]
    public void A_number_is_rounded_to_significant_digits(double value, int digits, double expected) =>
        Assert.Equal(expected, LocalNumbers.Significant(value, digits));

    [Fact]
    public void Dates_in_sentences_are_in_the_language()
    {
        Assert.Equal("25 November 2026", LocalDates.InFull(new DateOnly(2026, 11, 25), Language.English));
        Assert.Equal("25 ноября 2026 г.", LocalDates.InFull(new DateOnly(2026, 11, 25), Language.Russian));
    }

    [Fact]
    public void Languages_are_read_by_their_codes_and_an_unknown_one_is_named()
    {
        Assert.Equal(Language.Russian, Languages.Parse("RU"));
        Assert.Equal(Language.English, Languages.Parse("en"));
        Assert.All(Enum.GetValues<Language>(), language => Assert.Equal(language, Languages.Parse(language.Code())));
        Assert.False(Languages.TryParse(null, out _));
        FormatException failure = Assert.Throws<FormatException>(() => Languages.Parse("de"));
        Assert.Contains("'de'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'en' or 'ru'", failure.Message, StringComparison.Ordinal);
    }
}
