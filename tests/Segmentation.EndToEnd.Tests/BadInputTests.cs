using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests;

/// <summary>Files that cannot be used, or not wholly: said in a sentence, and never half a result.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Sale = "1001,A1,MUG,2,2020-01-01 10:00:00,2.50,17,France\n";
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder["out"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_without_the_columns_is_named_with_what_was_found_and_what_was_expected()
    {
        CommandResult result = await RunAsync(_folder.Write("sales.csv", "when,who\n2020-01-01,17\n"));

        result.FailsWith(3, "sales.csv", "Found: when, who", "'CustomerID'", "import.columns.customer");
        Assert.False(Path.Exists(Out));
    }

    [Fact]
    public async Task An_empty_file_holds_nothing_usable()
    {
        CommandResult result = await RunAsync(_folder.Write("sales.csv", ""));

        result.FailsWith(3, "sales.csv", "holds no rows: nothing at all");
        Assert.False(Path.Exists(Out));
    }

    [Fact]
    public async Task A_file_with_a_header_alone_holds_nothing_usable()
    {
        CommandResult result = await RunAsync(_folder.Write("sales.csv", ShopLine.Header + "\n"));

        result.FailsWith(3, "sales.csv", "a header with 8 columns and no row");
        Assert.False(Path.Exists(Out));
    }

    [Fact]
    public async Task Rows_with_unreadable_numbers_and_dates_are_counted_and_the_run_goes_on()
    {
        string file = _folder.Write("sales.csv", ShopLine.Header + "\n" + Sale
            + "1002,A1,MUG,two,2020-01-02 10:00:00,2.50,17,France\n"
            + "1003,A1,MUG,2,2020-01-03 10:00:00,cheap,17,France\n"
            + "1004,A1,MUG,2,soon,2.50,17,France\n"
            + "1005,A1,MUG,2\n");

        (await RunAsync(file)).Well();

        var result = new RunResult(Out);
        Assert.Equal(1, result.Total.GetProperty("kept").GetInt64());
        Assert.Equal(2, result.Rejected("unreadable-number"));
        Assert.Equal(1, result.Rejected("unreadable-date"));
        Assert.Equal(1, result.Rejected("field-count"));
        Assert.Equal("3,4,5,6", string.Join(',', result.Rejects.Select(row => row["line"])));
        Assert.Contains("'soon'", result.Rejects[2]["detail"], StringComparison.Ordinal);
        result.AddsUp();
    }

    [Fact]
    public async Task A_file_without_any_sale_says_where_its_rows_went()
    {
        CommandResult result = await RunAsync(_folder.Write(
            "sales.csv", ShopLine.Header + "\n" + Sale.Replace(",17,", ",,", StringComparison.Ordinal)));

        result.FailsWith(3, "No purchase is left of 1 rows", "missing-customer 1");
        Assert.False(Path.Exists(Out));
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_wrong_usage()
    {
        (await RunAsync(_folder["nowhere"])).FailsWith(2, "nowhere", "does not exist");
        Assert.False(Path.Exists(Out));
    }

    [Fact]
    public async Task A_folder_without_files_holds_nothing_usable()
    {
        Directory.CreateDirectory(_folder["empty"]);

        (await RunAsync(_folder["empty"])).FailsWith(3, "No file", "empty", "*.csv");
        Assert.False(Path.Exists(Out));
    }

    [Fact]
    public async Task An_unusable_file_among_good_ones_is_named_and_the_others_are_used()
    {
        string good = _folder.Write("in/good.csv", ShopLine.Header + "\n" + Sale);
        _folder.Write("in/bad.csv", "when,who\n2020-01-01,17\n");

        CommandResult together = (await RunAsync(_folder["in"])).Well();

        Assert.Contains("segmentation: bad.csv cannot be used", together.Error, StringComparison.Ordinal);
        var result = new RunResult(Out);
        var errors = result.Ledger.GetProperty("uploads").EnumerateArray().ToDictionary(
            upload => upload.GetProperty("name").GetString()!, upload => upload.GetProperty("error"), StringComparer.Ordinal);
        Assert.Contains("Found: when, who", errors["bad.csv"].GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, errors["good.csv"].ValueKind);
        result.AddsUp();
        result.IsWhole();
        RunResult alone = await Segment.RunAsync(_folder, "alone", [good]);
        result.IsSameAs(alone, "an unusable file was given too");
    }

    [Fact]
    public async Task Unusable_files_alone_are_all_named()
    {
        CommandResult result = await RunAsync(_folder.Write("a.csv", ""), _folder.Write("b.csv", "when,who\n2020-01-01,17\n"));

        result.FailsWith(3, "a.csv", "b.csv");
        Assert.False(Path.Exists(Out));
    }

    [Fact]
    public async Task A_truncated_gzip_file_cannot_be_used()
    {
        using var bytes = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(bytes, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(ShopLine.Csv(RandomShop.Lines(1))), TestContext.Current.CancellationToken);
        }

        await File.WriteAllBytesAsync(_folder["cut.csv.gz"], bytes.ToArray()[..^2_000], TestContext.Current.CancellationToken);

        (await RunAsync(_folder["cut.csv.gz"])).FailsWith(3, "cut.csv.gz");
        Assert.False(Path.Exists(Out));
    }

    [Fact]
    public async Task A_failed_run_leaves_the_result_of_the_run_before()
    {
        (await RunAsync(_folder.Write("good.csv", ShopLine.Header + "\n" + Sale))).Well();
        byte[] manifest = new RunResult(Out).Bytes("manifest.json");

        (await RunAsync(_folder.Write("bad.csv", ""))).FailsWith(3, "bad.csv");

        var result = new RunResult(Out);
        result.IsWhole();
        Assert.Equal(manifest, result.Bytes("manifest.json"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path, ".*"));
    }

    private Task<CommandResult> RunAsync(params string[] files) => CommandLine.CallAsync(["run", .. files, "--out", Out]);
}
