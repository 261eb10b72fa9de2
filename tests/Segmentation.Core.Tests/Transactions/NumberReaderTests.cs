using System.Globalization;
using System.Text;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Transactions;

public class NumberReaderTests
{
    [Theory]
    [InlineData("12", "12")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("+5", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData(" 7 ", "7")]
    [InlineData("1,234.50", "1234.5")]
    [InlineData("1 234 567.5", "1234567.5")]
    [InlineData("12,34,567", "1234567")]
    [InlineData("1,00,000.00", "100000")]
    [InlineData("1\u00A0234", "1234")]
    [InlineData("1\u202F234", "1234")]
    [InlineData("1'234.5", "1234.5")]
    [InlineData("(1.00)", "-1")]
    [InlineData("1.00-", "-1")]
    [InlineData("\u22123", "-3")]
    [InlineData("$12.30", "12.3")]
    [InlineData("-$12.30", "-12.3")]
    [InlineData("($5)", "-5")]
    [InlineData("12 €", "12")]
    [InlineData("100 руб.", "100")]
    [InlineData("EUR 3", "3")]
    [InlineData("1E+05", "100000")]
    [InlineData("2.5e-3", "0.0025")]
    [InlineData("0.0000000000000000015", "0.000000000000000002")]
    [InlineData("0.0000000000000000025", "0.000000000000000002")]
    [InlineData("123456789012345.6785", "123456789012345.678")]
    [InlineData("123456789012345.67850000000000000000000000000000000000000000000001", "123456789012345.679")]
    [InlineData("999999999999999", "999999999999999")]
    [InlineData("0000000000000000000012", "12")]
    [InlineData("1e-400", "0")]
    public void Numbers_as_shops_write_them_are_read_exactly(string text, string expected) =>
        Assert.Equal(expected, Read(text, '.')?.ToString());

    [Theory]
    [InlineData("1.234,50", "1234.5")]
    [InlineData("2,55", "2.55")]
    [InlineData("-1 000,5", "-1000.5")]
    [InlineData("1.000", "1000")]
    public void A_decimal_comma_is_read(string text, string expected) => Assert.Equal(expected, Read(text, ',')?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("$")]
    [InlineData("NaN")]
    [InlineData("inf")]
    [InlineData("Infinity")]
    [InlineData("0x1F")]
    [InlineData("1e308")]
    [InlineData("1e99999")]
    [InlineData("1000000000000000")]
    [InlineData("999999999999999.9999")]
    [InlineData("1,23")]
    [InlineData("1,2345")]
    [InlineData("123,45,678")]
    [InlineData("0,500")]
    [InlineData("1 234,567")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("-1-")]
    [InlineData("(-1)")]
    [InlineData("(1")]
    [InlineData("1)")]
    [InlineData("5%")]
    [InlineData("abc")]
    [InlineData("1e")]
    [InlineData("١٢")]
    public void What_is_no_number_is_not_read(string text) => Assert.Null(Read(text, '.'));

    [Fact]
    public void Plain_numbers_equal_system_decimal()
    {
        const ulong Seed = 11;
        var random = new Xoshiro256StarStar(Seed);
        for (int i = 0; i < 30_000; i++)
        {
            string digits = (random.NextUInt64() >> random.NextInt32(60)).ToString(CultureInfo.InvariantCulture);
            digits = digits[..Math.Min(digits.Length, 1 + random.NextInt32(14))];
            string fraction = (random.NextUInt64() >> random.NextInt32(60)).ToString(CultureInfo.InvariantCulture);
            string text = (random.NextInt32(2) == 0 ? "-" : "") + digits + (random.NextInt32(3) == 0 ? "" : "." + fraction);
            decimal exact = decimal.Parse(text, CultureInfo.InvariantCulture);
            int whole = Math.Abs(decimal.Truncate(exact)) < 1 ? 0 : decimal.Truncate(Math.Abs(exact)).ToString(CultureInfo.InvariantCulture).Length;
            decimal expected = Math.Round(exact, Math.Min(18, whole == 0 ? 18 : 18 - whole), MidpointRounding.ToEven);

            DecimalNumber? number = Read(text, '.');

            Assert.True(number is not null && decimal.Parse(number.Value.ToString(), CultureInfo.InvariantCulture) == expected, $"seed {Seed}, {text}: {number}");
        }
    }

    [Fact]
    public void Random_text_never_throws()
    {
        const ulong Seed = 12;
        byte[] alphabet = [.. "0123456789.,-+()eE '$ "u8, 0xC2, 0xA0, 0xE2, 0x80, 0xAF, 0xFF];
        for (ulong round = 0; round < 20_000; round++)
        {
            var random = new Xoshiro256StarStar(Seed, round);
            byte[] text = new byte[random.NextInt32(24)];
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = alphabet[random.NextInt32(alphabet.Length)];
            }

            bool read = NumberReader.TryRead(text, (byte)'.', out DecimalNumber number);

            Assert.True(!read || Money.Abs(number.ToMoney()).Micros < (Int128)1_000_000_000_000_000 * Money.MicrosPerUnit, $"seed {Seed}, round {round}");
        }
    }

    private static DecimalNumber? Read(string text, char separator) =>
        NumberReader.TryRead(Encoding.UTF8.GetBytes(text), (byte)separator, out DecimalNumber number) ? number : null;
}
