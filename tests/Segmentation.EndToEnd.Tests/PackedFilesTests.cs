using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;
using Segmentation.Testing.Forms;

namespace Segmentation.EndToEnd.Tests;

/// <summary>Workbooks and archives from the command line: what is read, and what is given back to correct.</summary>
public sealed class PackedFilesTests : IDisposable
{
    private static readonly string[] Header = ["InvoiceNo", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"];
    private static readonly DateTime Day = new(2020, 1, 1, 10, 0, 0, DateTimeKind.Unspecified);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rejected_rows_of_a_workbook_come_back_as_text_that_can_be_corrected_and_dropped_again()
    {
        string book = _folder["shop.xlsx"];
        await File.WriteAllBytesAsync(
            book, XlsxFile.Of(("Sales", [Header, [1001, 2, Day, 2.5, 17], [1002, 1, "soon", 3.5, 17]])), TestContext.Current.CancellationToken);

        RunResult result = await Segment.RunAsync(_folder, "out", [book]);

        result.AddsUp();
        result.IsWhole();
        Assert.Equal("3", Assert.Single(result.Rejects)["line"]);
        string rejects = result.Text("rejects/shop.xlsx.csv");
        JsonElement upload = result.Ledger.GetProperty("uploads")[0];
        Assert.Equal(
            $"# segmentation (keep this line): corrects={upload.GetProperty("sha256").GetString()![..32]}\nInvoiceNo,Quantity,InvoiceDate,UnitPrice,CustomerID\n1002,1,soon,3.5,17\n",
            rejects);
        JsonElement dialect = upload.GetProperty("dialect");
        Assert.Equal("likely", dialect.GetProperty("confidence").GetProperty("dateFormat").GetString());
        string corrected = _folder.Write("corrected.csv", rejects.Replace("soon", "2020-01-02 10:00:00", StringComparison.Ordinal));
        RunResult both = await Segment.RunAsync(_folder, "both", [book, corrected]);
        Assert.Equal(8.5m, both.Sum("monetary"));
    }

    [Fact]
    public async Task A_workbook_is_read_by_a_process_that_read_nothing_else()
    {
        byte[] book = XlsxFile.Of(("Sales", [Header, [1001, 2, Day, 2.5, 17]]));
        await File.WriteAllBytesAsync(_folder["shop.xlsx"], book, TestContext.Current.CancellationToken);

        (await CommandLine.StartAsync(_folder.Path, new Dictionary<string, string>(StringComparer.Ordinal), "run", "shop.xlsx", "--out", "out")).Well();

        Assert.Single(new RunResult(_folder["out"]).Customers);
    }

    [Fact]
    public async Task Spreadsheets_that_cannot_be_read_are_named_and_other_files_are_counted()
    {
        _folder.Write("in/a.csv", "customer,date,price\nA,2020-01-01,1\n");
        _folder.Write("in/notes.pdf", "%PDF");
        _folder.Write("in/b.ods", "PK");
        await File.WriteAllBytesAsync(_folder["in/c.xls"], [0xD0, 0xCF, 0x11, 0xE0, 0, 0], TestContext.Current.CancellationToken);

        CommandResult result = await CommandLine.CallWellAsync("run", _folder["in"], "--out", _folder["out"]);

        Assert.Contains("c.xls", result.Error, StringComparison.Ordinal);
        Assert.Contains("not read, since their names are not those of tables: notes.pdf.", result.Error, StringComparison.Ordinal);
        string[] refused = [.. new RunResult(_folder["out"]).Ledger.GetProperty("uploads").EnumerateArray()
            .Where(static upload => upload.GetProperty("error").ValueKind != JsonValueKind.Null).Select(static upload => upload.GetProperty("name").GetString()!)];
        Assert.Equal("b.ods, c.xls", string.Join(", ", refused));
    }

    [Fact]
    public async Task Each_table_of_an_archive_has_its_own_file_of_rejects()
    {
        byte[] a = "customer;date;price\n1;01.12.2010;1,5\n2;x;1\n"u8.ToArray();
        byte[] b = "customer,date,price\n3,2010-12-01,1.5\n4,y,1\n"u8.ToArray();
        await File.WriteAllBytesAsync(_folder["shop.zip"], ShopForm.Zip(("a.csv", a), ("b.csv", b)), TestContext.Current.CancellationToken);

        RunResult result = await Segment.RunAsync(_folder, "out", [_folder["shop.zip"]]);

        result.IsWhole();
        Assert.Equal(
            "# segmentation (keep this line): dateFormat=dd.MM.yyyy decimalSeparator=comma\ncustomer;date;price\n2;x;1\n", result.Text("rejects/shop.zip.1.csv"));
        Assert.Equal("customer,date,price\n4,y,1\n", result.Text("rejects/shop.zip.2.csv"));
        Assert.Equal("3,6", string.Join(',', result.Rejects.Select(static row => row["line"])));
    }

    [Fact]
    public async Task One_customer_and_customers_that_are_all_alike_are_a_result()
    {
        string one = _folder.Write("one.csv", "customer,date,price\nA,2020-01-01,1\n");
        string alike = _folder.Write("alike.csv", "customer,date,price\n" + string.Concat(Enumerable.Range(0, 80).Select(static i => $"C{i},2020-01-01,5\n")));

        Assert.Single((await Segment.RunAsync(_folder, "one-out", [one])).Customers);
        Assert.Equal(80, (await Segment.RunAsync(_folder, "alike-out", [alike])).Customers.Count);
    }
}
