using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests;

/// <summary>The form of the result files.</summary>
public sealed class ResultFilesTests : IDisposable
{
    private static readonly DateTime Day = new(2020, 1, 1, 10, 0, 0, DateTimeKind.Unspecified);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Customers_are_sorted_by_the_code_units_of_their_ids()
    {
        string[] ids = ["b", "B", "a", "10", "9", "é", "z", "00017", "17", "Я"];

        RunResult result = await Segment.LinesAsync(_folder, "out", ids.Select((id, i) => Line(i, id)), "--set", "workflow.shards=5");

        Assert.Equal(string.Join(' ', ids.Order(StringComparer.Ordinal)), string.Join(' ', result.Customers.Select(row => row["customer_id"])));
    }

    [Fact]
    public async Task The_header_is_that_of_the_contract_and_the_text_is_plain()
    {
        RunResult result = await Segment.LinesAsync(_folder, "out", [Line(1, "a")]);

        string text = result.Text("customers.csv");
        Assert.StartsWith(
            "customer_id,recency_days,frequency,monetary,r,f,m,rfm_segment,cluster,cluster_name,excluded\n", text, StringComparison.Ordinal);
        foreach (string name in (string[])["customers.csv", "profiles.json", "model-selection.json", "ledger.json", "manifest.json", "rejects.csv"])
        {
            byte[] bytes = result.Bytes(name);
            Assert.False(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble), name);
            Assert.DoesNotContain((byte)'\r', bytes);
            Assert.Equal((byte)'\n', bytes[^1]);
        }
    }

    [Fact]
    public async Task Results_of_an_earlier_run_are_no_input()
    {
        ShopLine[] lines = [Line(1, "a"), Line(2, "")];
        RunResult first = await Segment.LinesAsync(_folder, "shop/earlier", lines);
        Assert.Single(Directory.GetFiles(_folder["shop/earlier/rejects"], "*", SearchOption.AllDirectories));

        RunResult second = await Segment.RunAsync(_folder, "out", [_folder["shop"]]);

        Assert.Equal(first.Text("customers.csv"), second.Text("customers.csv"));
        Assert.Equal(lines.Length, second.Total.GetProperty("rows").GetInt64());
    }

    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("+cmd", "'+cmd")]
    [InlineData("-x", "'-x")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-17", "-17")]
    [InlineData("plain", "plain")]
    public async Task Customer_ids_that_a_spreadsheet_would_run_are_prefixed(string id, string cell)
    {
        RunResult result = await Segment.LinesAsync(_folder, "out", [Line(1, id)]);

        Assert.Equal(cell, Assert.Single(result.Customers)["customer_id"]);
    }

    [Fact]
    public async Task Ids_with_quotes_commas_and_line_ends_come_back_as_they_were()
    {
        string file = _folder.Write("shop.csv", $"{ShopLine.Header}\n1,A1,MUG,1,2020-01-01 10:00:00,1.00,\"Smith, \"\"J\"\"\nSons\",France\n");

        RunResult result = await Segment.RunAsync(_folder, "out", [file]);

        Assert.Equal("Smith, \"J\"\nSons", Assert.Single(result.Customers)["customer_id"]);
    }

    [Fact]
    public async Task Money_is_exact_with_at_least_two_decimals()
    {
        RunResult result = await Segment.LinesAsync(
            _folder,
            "out",
            [Line(1, "a") with { Price = 0.1m, Quantity = 3 }, Line(2, "b") with { Price = 0.12345m }, Line(3, "c") with { Price = 100m }]);

        Assert.Equal("0.30", result.Customer("a")["monetary"]);
        Assert.Equal("0.12345", result.Customer("b")["monetary"]);
        Assert.Equal("100.00", result.Customer("c")["monetary"]);
        Assert.Equal("100.42345", result.Total.GetProperty("revenue").GetProperty("kept").GetString());
    }

    [Fact]
    public async Task Rejected_rows_can_be_corrected_and_dropped_again()
    {
        ShopLine[] lines = [Line(1, "a"), Line(2, "b"), Line(3, "b"), Line(4, "a")];
        string good = ShopLine.Csv(lines);
        string bad = good.Replace("3,A1,MUG,1,", "3,A1,MUG,one,", StringComparison.Ordinal)
            .Replace("4,A1,MUG,1,2020-01-04", "4,A1,MUG,1,2020-13-04", StringComparison.Ordinal);
        string first = _folder.Write("in/2020/shop.csv", bad);
        RunResult before = await Segment.RunAsync(_folder, "before", [_folder["in"]]);
        Assert.Equal(2, before.Rejects.Count);

        string rejects = before.Text("rejects/2020/shop.csv");
        Assert.StartsWith(ShopLine.Header + "\n", rejects, StringComparison.Ordinal);
        string corrected = rejects.Replace(",one,", ",1,", StringComparison.Ordinal).Replace("2020-13-04", "2020-01-04", StringComparison.Ordinal);
        RunResult after = await Segment.RunAsync(_folder, "after", [first, _folder.Write("corrected.csv", corrected)]);

        RunResult whole = await Segment.LinesAsync(_folder, "whole", lines);
        after.IsSameAs(whole, "rejected rows were corrected");
        after.AddsUp();
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("z.csv")]
    public async Task Without_products_an_order_is_completed_by_its_corrected_lines_alone(string name)
    {
        const string Header = "InvoiceNo,Quantity,InvoiceDate,UnitPrice,CustomerID\n";
        const string Good = Header + "1,1,2020-01-01,10.00,a\n1,1,2020-01-01,2.50,a\n1,1,2020-01-01,4.00,a\n2,1,2020-01-02,1.00,b\n";
        string first = _folder.Write("shop.csv", Good.Replace("2.50", "free", StringComparison.Ordinal));
        RunResult before = await Segment.RunAsync(_folder, "before", [first]);
        string rejects = before.Text("rejects/shop.csv");
        Assert.StartsWith("# segmentation (keep this line): corrects=", rejects, StringComparison.Ordinal);

        string corrected = _folder.Write(name, rejects.Replace("free", "2.50", StringComparison.Ordinal));
        RunResult after = await Segment.RunAsync(_folder, "after", [first, corrected]);

        after.IsSameAs(await Segment.RunAsync(_folder, "whole", [_folder.Write("whole.csv", Good)]), "one line was corrected");
        after.AddsUp();
        Assert.Equal("16.50", after.Customer("a")["monetary"]);
    }

    [Fact]
    public async Task Rejected_rows_of_a_compressed_file_are_compressed_too()
    {
        string text = ShopLine.Csv([Line(1, "a"), Line(2, "")]);
        await using (var gzip = new GZipStream(File.Create(_folder["shop.csv.gz"]), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        }

        RunResult result = await Segment.RunAsync(_folder, "out", [_folder["shop.csv.gz"]]);

        using var reader = new StreamReader(new GZipStream(
            new MemoryStream(result.Bytes("rejects/shop.csv.gz")), CompressionMode.Decompress));
        Assert.Equal($"{ShopLine.Header}\n{Line(2, "")}\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_report_names_no_other_address_to_load_from()
    {
        RunResult result = await Segment.LinesAsync(_folder, "out", RandomShop.Lines(1));

        Assert.DoesNotMatch("(src|href)=[\"'](https?:)?//", result.Text("report.html"));
    }

    [Fact]
    public async Task The_manifest_says_what_went_in_and_under_which_options()
    {
        RunResult result = await Segment.LinesAsync(_folder, "shop", [Line(1, "a")], "--set", "selection.seed=9");

        JsonElement manifest = result.Manifest;
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(
            _folder["shop.csv"], TestContext.Current.CancellationToken)));
        Assert.Equal(sha256, manifest.GetProperty("inputs").GetProperty("shop.csv").GetString());
        Assert.Equal("9", manifest.GetProperty("options").GetProperty("selection.seed").GetString());
        foreach (string step in (string[])["clean", "aggregate", "fit", "measure", "stability", "select", "publish", "report"])
        {
            Assert.InRange(manifest.GetProperty("steps").GetProperty(step).GetDouble(), 0, 600);
        }
    }

    private static ShopLine Line(int invoice, string customer) =>
        new(
            invoice.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "A1", "MUG", 1, Day.AddDays(invoice - 1), 1.00m, customer, "France");
}
