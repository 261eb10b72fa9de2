using System.Globalization;
using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests;

/// <summary>What the options of <c>run</c> change in its results.</summary>
public sealed class RunOptionsTests : IDisposable
{
    private static readonly string[] EnglishSegments =
    [
        "Champions", "Loyal", "Potential Loyalists", "New", "Promising", "Need Attention", "About To Sleep", "At Risk",
        "Can't Lose Them", "Hibernating",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Standard_output_is_the_result_as_JSON()
    {
        string file = _folder.Write("shop.csv", ShopLine.Csv(RandomShop.Lines(1)));

        JsonElement summary = (await CommandLine.CallWellAsync("run", file, "--out", _folder["out"])).Json;

        var result = new RunResult(_folder["out"]);
        Assert.Equal(result.Manifest.GetProperty("runId").GetString(), summary.GetProperty("runId").GetString());
        Assert.Equal(result.Manifest.GetProperty("asOf").GetString(), summary.GetProperty("asOf").GetString());
        Assert.Equal(result.Customers.Count, summary.GetProperty("customers").GetInt32());
        Assert.Equal(_folder["out"], summary.GetProperty("out").GetString());
        Assert.Equal(
            result.Selection.GetProperty("chosen").GetProperty("reason").GetString(),
            summary.GetProperty("chosen").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Help_is_no_fault()
    {
        CommandResult help = await CommandLine.CallWellAsync("run", "--help");

        Assert.Contains("--as-of", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_Russian_where_asked_for_and_the_named_segments_of_customers_stay_English()
    {
        await CommandLine.CallWellAsync("generate", "--out", _folder["shop.csv"], "--customers", "300");

        RunResult russian = await Segment.RunAsync(_folder, "ru", [_folder["shop.csv"]], "--lang", "ru");

        Assert.All(russian.Customers, row => Assert.Contains(row["rfm_segment"], EnglishSegments, StringComparer.Ordinal));
        Assert.All(russian.Customers, row => Assert.Matches(@"\p{IsCyrillic}", row["cluster_name"]));
        using var profiles = JsonDocument.Parse(russian.Bytes("profiles.json"));
        Assert.All(profiles.RootElement.GetProperty("segments").EnumerateArray(), segment =>
        {
            Assert.Matches(@"\p{IsCyrillic}", segment.GetProperty("name").GetString());
            Assert.Matches(@"\p{IsCyrillic}", segment.GetProperty("strategy").GetString());
        });
        Assert.Matches(@"\p{IsCyrillic}", russian.Selection.GetProperty("chosen").GetProperty("reason").GetString());
        Assert.Matches(@"\p{IsCyrillic}", russian.Text("report.html"));
        Assert.Contains("За один товар половина платит в среднем от ", russian.Text("report.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ru", "Строк: ", "сегмент", "клиентов", "медианы.", @"[A-Za-z]{2,}")]
    [InlineData("en", "rows: ", "segment", "customers", "medians.", @"\p{IsCyrillic}")]
    public async Task The_summary_for_a_person_is_in_the_language_of_the_run(
        string language, string rows, string segment, string customers, string last, string otherLetters)
    {
        await CommandLine.CallWellAsync("generate", "--out", _folder["shop.csv"], "--customers", "300");

        string text = (await CommandLine.CallWellAsync("run", _folder["shop.csv"], "--out", _folder["out"], "--lang", language)).Error;

        // After the names of the steps, and before the folder of the results.
        string summary = text[text.IndexOf("activate", StringComparison.Ordinal)..text.IndexOf(last, StringComparison.Ordinal)]["activate".Length..];
        Assert.All([rows, segment, customers], word => Assert.Contains(word, summary, StringComparison.Ordinal));
        Assert.DoesNotMatch(otherLetters, summary);
    }

    [Fact]
    public async Task A_given_as_of_date_moves_every_recency_and_rejects_what_is_on_it_or_after()
    {
        ShopLine[] lines = [Line("1", "a", "2020-03-01"), Line("2", "a", "2020-03-10"), Line("3", "b", "2020-03-09"), Line("4", "c", "2020-03-11")];

        RunResult result = await Segment.LinesAsync(_folder, "dated", lines, "--as-of", "2020-03-10");

        Assert.Equal("2020-03-10", result.Manifest.GetProperty("asOf").GetString());
        Assert.Equal("9", result.Customer("a")["recency_days"]);
        Assert.Equal("1", result.Customer("b")["recency_days"]);
        Assert.Equal(2, result.Customers.Count);
        Assert.Equal(2, result.Rejected("after-as-of"));
        Assert.All(result.Rejects, row => Assert.Equal("after-as-of", row["reason"]));
        result.AddsUp();
    }

    [Fact]
    public async Task As_of_today_counts_from_the_day_of_the_run()
    {
        ShopLine line = Line("1", "a", "2020-03-01");
        var before = DateOnly.FromDateTime(DateTime.UtcNow);

        RunResult result = await Segment.LinesAsync(_folder, "today", [line], "--as-of", "today");

        DateOnly asOf = DateOnly.ParseExact(result.Manifest.GetProperty("asOf").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.InRange(asOf, before, DateOnly.FromDateTime(DateTime.UtcNow));
        int days = asOf.DayNumber - DateOnly.FromDateTime(line.Date).DayNumber;
        Assert.Equal(days.ToString(CultureInfo.InvariantCulture), result.Customer("a")["recency_days"]);
    }

    [Fact]
    public async Task A_window_rejects_older_rows_with_the_text_that_was_read()
    {
        ShopLine old = Line("1", "a", "2020-01-01");
        ShopLine[] lines = [old, Line("2", "a", "2020-06-01"), Line("3", "b", "2020-06-30"), Line("4", "c", "2020-02-01")];

        RunResult result = await Segment.LinesAsync(_folder, "window", lines, "--set", "rfm.window=90");

        Assert.Equal("2020-07-01", result.Manifest.GetProperty("asOf").GetString());
        Assert.Equal("1", result.Customer("a")["frequency"]);
        Assert.Equal(2, result.Customers.Count);
        Assert.Equal(2, result.Rejected("before-window"));
        Assert.Equal(old.ToString(), result.Rejects[0]["raw"]);
        Assert.Equal("2", result.Rejects[0]["line"]);
        Assert.Equal("5", result.Rejects[1]["line"]);
        result.AddsUp();
    }

    [Fact]
    public async Task The_configuration_file_and_the_command_line_mean_the_same()
    {
        IReadOnlyList<ShopLine> lines = RandomShop.Lines(4);
        string config = _folder.Write("segmentation.json", """
            { // comments are allowed
              "rfm": { "window": 100 }, "cleaning.returns": "ignore",
            }
            """);

        RunResult file = await Segment.LinesAsync(_folder, "file", lines, "--config", config);
        RunResult line = await Segment.LinesAsync(_folder, "line", lines, "--set", "rfm.window=100", "--set", "cleaning.returns=ignore");

        file.IsSameAs(line, "by file and by command line");
        Assert.Equal(line.Manifest.GetProperty("options").ToString(), file.Manifest.GetProperty("options").ToString());
        Assert.Equal("100", file.Manifest.GetProperty("options").GetProperty("rfm.window").GetString());
    }

    [Fact]
    public async Task Returned_lines_reduce_the_money_of_their_customers_and_the_ledger_says_by_how_much()
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            RunResult result = await Segment.LinesAsync(_folder, $"net-{seed}", RandomShop.Lines(seed));

            Assert.Equal(
                RunResult.Money(result.Total, "kept") + RunResult.Money(result.Total, "returnedCounted"), result.Sum("monetary"));
            Assert.NotEqual(0m, RunResult.Money(result.Total, "returnedCounted"));
            Assert.All(result.Customers, row =>
            {
                bool isExcluded = decimal.Parse(row["monetary"], CultureInfo.InvariantCulture) <= 0;
                Assert.Equal(isExcluded ? "non-positive-net" : "", row["excluded"]);
                Assert.Equal(isExcluded, row["r"].Length == 0);
            });
        }
    }

    [Fact]
    public async Task A_customer_who_returned_everything_has_a_row_without_scores()
    {
        ShopLine bought = Line("1", "a", "2020-01-01");
        ShopLine returned = bought with { Invoice = "C2", Quantity = -bought.Quantity };
        ShopLine[] lines = [bought, returned, Line("3", "b", "2020-01-05"), Line("C4", "c", "2020-01-06")];

        RunResult result = await Segment.LinesAsync(_folder, "net", lines);

        IReadOnlyDictionary<string, string> excluded = result.Customer("a");
        Assert.Equal("5", excluded["recency_days"]);
        Assert.Equal("1", excluded["frequency"]);
        Assert.Equal("0.00", excluded["monetary"]);
        Assert.Equal("non-positive-net", excluded["excluded"]);
        foreach (string column in (string[])["r", "f", "m", "rfm_segment", "cluster", "cluster_name"])
        {
            Assert.Equal("", excluded[column]);
        }

        // Without a purchase that is kept there is no row.
        Assert.Equal(2, result.Customers.Count);
        result.AddsUp();
    }

    private static ShopLine Line(string invoice, string customer, string date) => new(
        invoice, "A1", "MUG", 2, DateTime.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), 3.50m, customer, "France");
}
