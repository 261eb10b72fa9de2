using System.Globalization;
using System.Xml.Linq;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Reporting.Tests;

/// <summary>The report as a run makes it.</summary>
public sealed class HtmlRunReportTests
{
    public static TheoryData<Language> AllLanguages => [.. Enum.GetValues<Language>()];

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void One_row_of_the_year_one_makes_no_thousands_of_months_but_one_line_of_earlier_sales(Language language)
    {
        string[] bars = Sales(Render(Run(language, "0001-01-01", "2021-06-30", "2021-07-01", "2024-06-10")));

        Assert.Equal(37, bars.Length);
        Assert.Equal((language == Language.Russian ? "Ранее" : "Earlier") + LocalNumbers.Amount(200, language), bars[0].ReplaceLineEndings(""));
        Assert.Contains("2021", bars[1], StringComparison.Ordinal);
        Assert.EndsWith(LocalNumbers.Amount(100, language), bars[1].TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("2024", bars[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(36, "2021-07-15", "2024-06-10")]
    [InlineData(1, "9999-12-01", "9999-12-31")]
    [InlineData(1, "0001-01-01", "0001-01-31")]
    public void Sales_of_three_years_or_less_are_all_shown_by_month(int months, string first, string last)
    {
        string[] bars = Sales(Render(Run(Language.English, first, last)));

        Assert.Equal(months, bars.Length);
        Assert.DoesNotContain("Earlier", bars[0], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Errors_and_then_warnings_of_uploads_stand_before_the_figures(Language language)
    {
        RunReport run = Run(language, "2024-01-01") with
        {
            Uploads = [Upload("c.csv", null), Upload("b.csv", null, "Odd <numbers>."), Upload("z&.csv", "No column looks like a date.")],
        };

        string notUsed = language == Language.Russian ? "не использована" : "not used";
        Assert.Equal([$"z&.csv: {notUsed}: No column looks like a date.", "b.csv: Odd <numbers>."], Notice(Render(run)));
        Assert.Empty(Notice(Render(run with { Uploads = [Upload("c.csv", null)] })));
    }

    [Theory]
    [InlineData(10, 10, "9.csv: Odd.")]
    [InlineData(12, 11, "and 2 more, in the table of uploads")]
    public void Many_warnings_of_uploads_are_cut(int uploads, int shown, string last)
    {
        RunReport run = Run(Language.English, "2024-01-01") with
        {
            Uploads = [.. Enumerable.Range(0, uploads).Select(number => Upload($"{number}.csv", null, "Odd."))],
        };

        string[] notice = Notice(Render(run));

        Assert.Equal((shown, last), (notice.Length, notice[^1]));
    }

    // Parsing fails where the page is not well-formed.
    private static XElement Render(RunReport run)
    {
        string html = new HtmlRunReport().Render(run);
        return XElement.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..]);
    }

    private static string[] Notice(XElement page) => [.. ByClass(page, "notice").Descendants("li").Select(item => item.Value)];

    /// <summary>The lines of sales by month: a name, a bar and an amount each.</summary>
    private static string[] Sales(XElement page) =>
        [.. ByClass(page, "sales").First().Elements().Chunk(3).Select(line => string.Concat(line.Select(cell => cell.Value.Trim())))];

    private static IEnumerable<XElement> ByClass(XElement page, string name) =>
        page.Descendants().Where(element => string.Equals(element.Attribute("class")?.Value, name, StringComparison.Ordinal));

    private static UploadLedger Upload(string name, string? error, params string[] warnings)
    {
        var record = new UploadRecord
        {
            Id = UploadRecord.IdOf(name),
            Name = name,
            Sha256 = "",
            Bytes = 1,
            LastModified = DateTimeOffset.UnixEpoch,
            FirstSeen = DateTime.UnixEpoch,
            Fingerprint = "",
            Error = error is null ? null : new UploadError(error, null, null),
            Reading = error is not null ? null : new UploadReading
            {
                Dialect = new Dialect
                {
                    Encoding = "utf-8",
                    Delimiter = ",",
                    DecimalSeparator = ".",
                    DateFormat = "yyyy-MM-dd",
                    Header = true,
                    Columns = new Dictionary<string, string>(StringComparer.Ordinal),
                },
                Warnings = warnings,
                Header = null,
            },
        };
        return new UploadLedger(record, new LedgerTally(), IsTwin: false);
    }

    /// <summary>A run with sales of 100 on each of the days.</summary>
    private static RunReport Run(Language language, params string[] days)
    {
        var hundred = Money.Parse("100");
        var sales = new SalesSummary();
        foreach (string day in days)
        {
            sales.AddDay(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), new RowTally(1, hundred));
        }

        return new RunReport
        {
            RunId = "run-1",
            AsOf = new DateOnly(2024, 7, 1),
            Language = language,
            Customers = 1,
            Excluded = 0,
            Revenue = hundred,
            Profiles = [],
            Selection = new ModelSelection([], new ChosenModel(null, null, "None."), new ModelFeatures([], "ln(1+x)", [], [])),
            Uploads = [],
            Total = new LedgerTally(),
            Sales = sales,
        };
    }
}
