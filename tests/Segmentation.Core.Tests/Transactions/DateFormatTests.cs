using System.Globalization;
using System.Text;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Transactions;

public class DateFormatTests
{
    private static readonly string[] Patterns =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fff", "yyyy/MM/dd HH:mm", "dd.MM.yyyy", "dd.MM.yyyy HH:mm:ss",
        "d.M.yyyy H:mm", "MM/dd/yyyy hh:mm tt", "M/d/yyyy H:mm", "d/M/yyyy", "dd-MM-yyyy HH:mm", "yyyyMMdd", "dd-MMM-yy", "dd MMM yyyy HH:mm", "d MMMM yyyy",
        "MMM d, yyyy", "dd/MM/yy", "M/d/yy h:mm:ss tt",
    ];

    [Theory]
    [InlineData("yyyy-MM-dd", "2010-12-31T23:59:58.1234567+03:00", "2010-12-31T23:59:58.1234567")]
    [InlineData("yyyy-MM-dd", "2010-12-31 23:59:58 -0500", "2010-12-31T23:59:58.0000000")]
    [InlineData("yyyy-MM-dd", "2010-12-31 23:59Z", "2010-12-31T23:59:00.0000000")]
    [InlineData("yyyy-MM-dd", "2010-12-31 23:59:00 UTC", "2010-12-31T23:59:00.0000000")]
    [InlineData("MM/dd/yyyy", "1/2/2010 12:05 AM", "2010-01-02T00:05:00.0000000")]
    [InlineData("MM/dd/yyyy", "1/2/2010 12:05PM", "2010-01-02T12:05:00.0000000")]
    [InlineData("dd/MM/yy", "1/2/49", "2049-02-01T00:00:00.0000000")]
    [InlineData("dd/MM/yy", "1/2/50", "1950-02-01T00:00:00.0000000")]
    [InlineData("excel", "40513.351388888885", "2010-12-01T08:26:00.0000000")]
    [InlineData("excel", "40513", "2010-12-01T00:00:00.0000000")]
    [InlineData("unix", "1291191960", "2010-12-01T08:26:00.0000000")]
    [InlineData("unix", "1291191960500", "2010-12-01T08:26:00.5000000")]
    [InlineData("dddd, d MMMM yyyy", "Wednesday, 1 December 2010", "2010-12-01T00:00:00.0000000")]
    [InlineData("HH:mm yyyy-MM-dd", "08:26 2010-12-01", "2010-12-01T08:26:00.0000000")]
    public void Dates_are_wall_times_as_written(string option, string text, string expected)
    {
        Assert.True(DateFormat.FromOption(option).TryRead(Encoding.UTF8.GetBytes(text), out DateTime time), text);
        Assert.Equal(expected, time.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("yyyy-MM-dd", "2010-13-01")]
    [InlineData("yyyy-MM-dd", "2010-02-30")]
    [InlineData("yyyy-MM-dd", "0000-01-01")]
    [InlineData("yyyy-MM-dd", "2010-12-01 24:00")]
    [InlineData("yyyy-MM-dd", "2010-12-01 10:60")]
    [InlineData("yyyy-MM-dd", "2010-12-01 10")]
    [InlineData("yyyy-MM-dd", "2010-12-01 10:00 xx")]
    [InlineData("yyyy-MM-dd", "2010-12-011")]
    [InlineData("yyyy-MM-dd", "01.12.2010")]
    [InlineData("yyyy-MM-dd", "")]
    [InlineData("MM/dd/yyyy", "13/12/2010")]
    [InlineData("MM/dd/yyyy", "1/2/10")]
    [InlineData("MM/dd/yyyy", "1/2/2010 13:00 PM")]
    [InlineData("excel", "0")]
    [InlineData("excel", "9999999")]
    [InlineData("unix", "9999999999999999")]
    [InlineData("unix", "x")]
    public void What_is_no_date_of_the_form_is_not_read(string option, string text) =>
        Assert.False(DateFormat.FromOption(option).TryRead(Encoding.UTF8.GetBytes(text), out _), text);

    [Fact]
    public void A_pattern_that_is_none_is_refused_with_advice()
    {
        UnusableUploadException refusal = Assert.Throws<UnusableUploadException>(() => DateFormat.FromOption("yyyy-%%"));

        Assert.Contains("import.dateFormat", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Advice);
    }

    [Fact]
    public void Every_form_is_detected_described_and_read_as_the_platform_reads_it()
    {
        const ulong Seed = 31;
        foreach (string pattern in Patterns)
        {
            var random = new Xoshiro256StarStar(Seed, (ulong)pattern.Length);
            var evidence = new DateEvidence();
            string[] texts = [.. Enumerable.Range(0, 200).Select(_ => RandomTime(random).ToString(pattern, CultureInfo.InvariantCulture))];
            foreach (string text in texts)
            {
                evidence.Add(Encoding.UTF8.GetBytes(text));
            }

            Assert.NotNull(evidence.Best);
            Assert.False(evidence.IsUnclear, pattern);
            string described = DatePattern.Describe(evidence.Best, evidence.Example);
            DateFormat again = DateFormat.FromOption(described);
            foreach (string text in texts)
            {
                DateTime expected = DateTime.ParseExact(text, pattern, CultureInfo.InvariantCulture);
                Assert.True(evidence.Best.TryRead(Encoding.UTF8.GetBytes(text), out DateTime time) && time == expected, $"seed {Seed}, {pattern}: {text}");
                Assert.True(again.TryRead(Encoding.UTF8.GetBytes(text), out time) && time == expected, $"seed {Seed}, {pattern} as {described}: {text}");
            }
        }
    }

    [Fact]
    public void Described_patterns_are_those_that_wrote_the_dates()
    {
        foreach (string pattern in Patterns)
        {
            var evidence = new DateEvidence();
            string text = new DateTime(2010, 5, 8, 7, 6, 5, 123).ToString(pattern, CultureInfo.InvariantCulture);
            evidence.Add(Encoding.UTF8.GetBytes(text));
            evidence.Add(Encoding.UTF8.GetBytes(new DateTime(2010, 5, 28, 7, 6, 5, 123).ToString(pattern, CultureInfo.InvariantCulture)));

            Assert.Equal(pattern.Replace("MMMM", "MMM", StringComparison.Ordinal), DatePattern.Describe(evidence.Best!, evidence.Example));
        }
    }

    [Theory]
    [InlineData("2010-12-01,08:26:00", "yyyy-MM-dd,HH:mm:ss")]
    [InlineData("01.12.2010, 8:26", "dd.MM.yyyy, H:mm")]
    [InlineData("12/13/10t08:26Z", "MM/dd/yytHH:mmK")]
    [InlineData("20101201,08:26", "yyyyMMdd,HH:mm")]
    [InlineData("1 Dec 2010,08:26", "d MMM yyyy,HH:mm")]
    [InlineData("2010-12-01   08:26", "yyyy-MM-dd   HH:mm")]
    public void What_stands_between_a_date_and_its_time_is_described_and_read_again(string text, string pattern)
    {
        byte[] field = Encoding.UTF8.GetBytes(text);
        var evidence = new DateEvidence();
        evidence.Add(field);

        Assert.Equal(pattern, DatePattern.Describe(evidence.Best!, evidence.Example));
        Assert.True(DateFormat.FromOption(pattern).TryRead(field, out DateTime time));
        Assert.Equal(new TimeSpan(8, 26, 0), time.TimeOfDay);
    }

    private static DateTime RandomTime(Xoshiro256StarStar random) => new DateTime(1990, 1, 1)
        .AddDays(random.NextInt32(20_000)).AddMilliseconds(random.NextInt32(86_400_000));
}
