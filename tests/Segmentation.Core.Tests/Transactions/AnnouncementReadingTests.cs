using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>What a file says of itself is as little to be trusted as anything else in it.</summary>
public class AnnouncementReadingTests
{
    private const string Opening = "# segmentation (keep this line):";

    [Theory]
    [InlineData("customer,date,price\nk1,01/03/2010,1\nk2,02/03/2010,2\n")]
    [InlineData("customer,date,price\n")]
    public async Task Rows_above_an_announcement_are_never_lost(string above)
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync($"{above}{Opening} dateFormat=dd/MM/yyyy\ncustomer,date,price\nk3,04/03/2010,3\n");

        int rows = above.Split('\n').Length - 2;
        Assert.Equal(rows + 1, sink.Accepted.Count);
        Assert.Contains(reading.Warnings, static warning => warning.Contains("stands below other rows", StringComparison.Ordinal));
        Assert.False(reading.Dialect.Confidence["dateFormat"] == "announced");
        Assert.True(reading.Announcement.Length == 0 || !reading.Announcement.Contains("dd/MM", StringComparison.Ordinal), reading.Announcement);
    }

    [Theory]
    [InlineData("Report of a shop\n\n")]
    [InlineData("Report of a shop,,\n,,\n")]
    [InlineData("sep=,\n")]
    public async Task Titles_above_an_announcement_are_no_rows(string above)
    {
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync($"{above}{Opening} dateFormat=dd/MM/yyyy\ncustomer,date,price\nk3,04/03/2010,3\n");

        Assert.Equal(new DateTime(2010, 3, 4), Assert.Single(sink.Accepted).Time);
        Assert.Equal("announced", reading.Dialect.Confidence["dateFormat"]);
    }

    [Fact]
    public async Task A_column_is_announced_by_its_place_whatever_the_names_are()
    {
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"{Opening} header=yes columns=4 customer=2 date=3 price=4\n1,4,2,3\nx,k1,2010-03-04,5\n");

        Assert.Equal(("k1", "5.00"), (Assert.Single(sink.Accepted).Customer, sink.Accepted[0].Amount.ToString()));
    }

    [Fact]
    public async Task Without_a_header_a_table_of_another_width_is_detected_anew()
    {
        string rows = string.Concat(Enumerable.Range(1, 9).Select(i => FormattableString.Invariant($"k{i % 3},2010-03-{i:D2},{i}.50\n")));
        (_, CollectingSink sink) = await Cleaning.ReadAsync($"{Opening} header=no columns=4 customer=1 date=2 price=3\n{rows}");

        Assert.Equal(9, sink.Accepted.Count);
    }

    [Fact]
    public async Task Many_words_that_are_not_known_are_one_warning()
    {
        string words = string.Join(' ', Enumerable.Range(0, 300).Select(static i => $"a{i}=b"));
        (UploadReading reading, CollectingSink sink) = await Cleaning.ReadAsync($"{Opening} {words} dateFormat=dd.MM\ncustomer,date,price\nk3,2010-03-04,3\n");

        string warning = Assert.Single(reading.Warnings, static warning => warning.Contains("not known", StringComparison.Ordinal));
        Assert.Contains("and 291 more", warning, StringComparison.Ordinal);
        Assert.Single(sink.Accepted);
    }

    [Fact]
    public void A_pattern_that_today_would_complete_is_none() =>
        Assert.Throws<UnusableUploadException>(() => DateFormat.FromOption("dd.MM"));

    [Fact]
    public async Task A_delimiter_that_only_an_option_gives_is_announced_and_read_again()
    {
        var import = new ImportOptions { Delimiter = '^' };
        (UploadReading reading, _) = await Cleaning.ReadAsync("customer^date^price\nk1^2010-03-04^5\nk2^2010-03-05^x\n", import);
        (_, CollectingSink again) = await Cleaning.ReadAsync($"{reading.Announcement}\ncustomer^date^price\nk2^2010-03-05^7\n");

        Assert.Equal("7.00", Assert.Single(again.Accepted).Amount.ToString());
    }
}
