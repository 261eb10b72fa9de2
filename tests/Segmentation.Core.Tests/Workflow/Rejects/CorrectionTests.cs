using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Erasure;
using Segmentation.Core.Storage;
using Segmentation.Core.Tests.Erasure;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Forms;

namespace Segmentation.Core.Tests.Workflow.Rejects;

/// <summary>A file of corrected rows completes the orders of its upload.</summary>
public class CorrectionTests
{
    private const string Header = "order,customer,date,price\n";
    private const string Shop = Header + "1,k1,2010-12-25,10\n1,k1,2010-12-25,x\n1,k1,2010-12-25,y\n2,k2,2010-12-26,1\n";
    private const string Opening = "# segmentation (keep this line): ";

    private static readonly string Origin = "corrects=" + Sha256(Shop)[..32];

    [Fact]
    public async Task Without_products_a_corrected_line_counts_beside_its_orders_good_lines()
    {
        DroppedAgain again = await DroppedAgain.RunAsync(Shop);
        Assert.Equal($"{Opening}{Origin}\n{Header}1,k1,2010-12-25,x\n1,k1,2010-12-25,y\n", again.Rejects);
        Assert.Equal("2,1,10.00", again.Customer("k1", "run-1"));

        await again.CorrectAsync(",x", ",5");

        Assert.Equal("2,1,15.00", again.Customer("k1"));
        Assert.Equal("[]", again.Warnings);
        Assert.Equal((1, 0), (again.Upload.GetProperty("kept").GetInt32(), again.Upload.GetProperty("superseded").GetInt32()));
    }

    [Fact]
    public async Task What_is_rejected_again_announces_the_first_upload_and_the_next_round()
    {
        DroppedAgain again = await (await DroppedAgain.RunAsync(Shop)).CorrectAsync(",x", ",5");
        string rejects = again.Store.Result("run-2", "rejects/corrected.csv");
        Assert.Equal($"{Opening}{Origin} round=2\n{Header}1,k1,2010-12-25,y\n", rejects);
        again.Store.Uploads["rest.csv"] = rejects.Replace(",y", ",7", StringComparison.Ordinal);
        await again.Store.RunAsync("run-3", ("selection.algorithms", "none"));

        Assert.Equal("2,1,22.00", again.Customer("k1", "run-3"));

        // Also when the file between is withdrawn: it is the first that is completed.
        await again.Store.Uploads.DeleteAsync("corrected.csv", TestContext.Current.CancellationToken);
        await new UploadWithdrawal(again.Store.Storage, new FixedClock(new DateTimeOffset(2024, 6, 5, 0, 0, 0, TimeSpan.Zero)))
            .WithdrawAsync(UploadRecord.IdOf("corrected.csv"), TestContext.Current.CancellationToken);
        await again.Store.RunAsync("run-4", ("selection.algorithms", "none"));
        Assert.Equal("2,1,17.00", again.Customer("k1", "run-4"));
    }

    [Fact]
    public async Task With_products_and_invoices_the_header_stays_the_first_line()
    {
        DroppedAgain again = await DroppedAgain.RunAsync("order,sku,customer,date,price\n1,A,k1,2010-12-25,10\n1,B,k1,2010-12-25,x\n");

        Assert.StartsWith("order,sku", again.Rejects, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_invoices_it_is_announced_only_where_equal_rows_count()
    {
        const string Rows = "customer,date,price\nk1,2010-12-25,5\nk1,2010-12-25,x\n";
        Assert.StartsWith("customer,", (await DroppedAgain.RunAsync(Rows)).Rejects, StringComparison.Ordinal);

        DroppedAgain again = await DroppedAgain.RunAsync(Rows, ("cleaning.dropDuplicates", "false"));
        Assert.StartsWith($"{Opening}corrects={Sha256(Rows)[..32]}\ncustomer,", again.Rejects, StringComparison.Ordinal);
        await again.CorrectAsync(",x", ",5");
        Assert.Equal("1,1,10.00", again.Customer("k1"));
    }

    [Fact]
    public async Task It_stands_behind_what_the_line_says_of_reading()
    {
        const string Rows = "order,customer,date,price\n1,k1,25/12/2010,10\n1,k1,25/12/2010,x\n";
        DroppedAgain again = await (await DroppedAgain.RunAsync(Rows)).CorrectAsync(",x", ",5");

        Assert.StartsWith($"{Opening}dateFormat=dd/MM/yyyy corrects={Sha256(Rows)[..32]}\n", again.Rejects, StringComparison.Ordinal);
        Assert.Equal("1,1,15.00", again.Customer("k1"));
    }

    [Fact]
    public async Task Both_dropped_at_once_count_whatever_their_names()
    {
        foreach (string name in (string[])["a.csv", "z.csv"])
        {
            foreach (string shards in (string[])["1", "7"])
            {
                var store = new Store();
                store.Uploads["shop.csv"] = Shop;
                store.Uploads[name] = $"{Opening}{Origin}\n{Header}1,k1,2010-12-25,5\n";
                await store.RunAsync("run-1", ("selection.algorithms", "none"), ("workflow.shards", shards));
                Assert.Contains("\nk1,2,1,15.00,", store.Result("run-1", "customers.csv"), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("other bytes")]
    [InlineData("another store")]
    [InlineData("withdrawn")]
    public async Task Of_an_upload_that_does_not_count_it_is_an_upload_of_its_own_with_a_warning(string what)
    {
        DroppedAgain again = await DroppedAgain.RunAsync(Shop);
        string corrected = again.Rejects.Replace(",x", ",5", StringComparison.Ordinal);
        switch (what)
        {
            case "other bytes":
                again.Store.Uploads["shop.csv"] = Shop.Replace(",10\n", ",100\n", StringComparison.Ordinal);
                break;
            case "withdrawn":
                await new UploadWithdrawal(again.Store.Storage, new FixedClock(new DateTimeOffset(2024, 6, 5, 0, 0, 0, TimeSpan.Zero)))
                    .WithdrawAsync(UploadRecord.IdOf("shop.csv"), TestContext.Current.CancellationToken);
                break;
            default:
                again = await DroppedAgain.RunAsync(Header + "1,k1,2010-12-25,30\n2,k2,2010-12-26,1\n");
                break;
        }

        await again.DropAsync(corrected);

        // Seen with the other bytes, it is the earlier by its name.
        Assert.Equal(what == "other bytes" ? "2,1,100.00" : what == "withdrawn" ? "1,1,5.00" : "2,1,5.00", again.Customer("k1"));
        Assert.Contains("says which upload it corrects", again.Warnings, StringComparison.Ordinal);
        Assert.Contains("says which upload it corrects", again.Store.Result("run-2", "ledger.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("corrects=0123456789abcde")]
    [InlineData("corrects=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0")]
    [InlineData("corrects=../../uploads/shop.csv")]
    [InlineData("corrects=0123456789abcdeg")]
    [InlineData("table=0")]
    [InlineData("round=0")]
    [InlineData("round=1001")]
    public async Task What_names_no_upload_is_passed_over_with_a_warning(string said)
    {
        DroppedAgain again = await (await DroppedAgain.RunAsync(Shop)).DropAsync($"{Opening}{said}\n{Header}1,k1,2010-12-25,5\n");

        Assert.Equal("2,1,5.00", again.Customer("k1"));
        Assert.Contains("is not known", again.Warnings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digits_in_capitals_name_the_same_upload()
    {
        DroppedAgain again = await (await DroppedAgain.RunAsync(Shop)).DropAsync($"{Opening}corrects={Sha256(Shop)[..16].ToUpperInvariant()}\n{Header}1,k1,2010-12-25,5\n");

        Assert.Equal("2,1,15.00", again.Customer("k1"));
    }

    [Fact]
    public async Task Files_of_two_tables_stand_side_by_side_and_packed_together_too()
    {
        byte[] archive = ShopForm.Zip(
            ("a.csv", Encoding.UTF8.GetBytes(Header + "1,k1,2010-12-25,10\n1,k1,2010-12-25,x\n")),
            ("b.csv", Encoding.UTF8.GetBytes(Header + "1,k1,2010-12-25,20\n1,k1,2010-12-25,y\n2,k2,2010-12-26,1\n")));
        string origin = "corrects=" + Convert.ToHexStringLower(SHA256.HashData(archive))[..32];
        var store = new Store();
        store.Uploads.Put("shop.zip", archive);
        await store.RunAsync("run-1", ("selection.algorithms", "none"));
        string[] corrected = [.. new[] { 1, 2 }.Select(table => store.Result("run-1", $"rejects/shop.zip.{table}.csv"))];
        Assert.Equal([$"{Opening}{origin} table=1", $"{Opening}{origin} table=2"], corrected.Select(static text => text.Split('\n')[0]), StringComparer.Ordinal);
        corrected = [corrected[0].Replace(",x", ",3", StringComparison.Ordinal), corrected[1].Replace(",y", ",4", StringComparison.Ordinal)];

        store.Uploads["1.csv"] = corrected[0];
        store.Uploads["2.csv"] = corrected[1];
        await store.RunAsync("run-2", ("selection.algorithms", "none"));
        Assert.Contains("\nk1,2,1,37.00,", store.Result("run-2", "customers.csv"), StringComparison.Ordinal);

        var packed = new Store();
        packed.Uploads.Put("shop.zip", archive);
        packed.Uploads.Put("z.zip", ShopForm.Zip(("1.csv", Encoding.UTF8.GetBytes(corrected[0])), ("2.csv", Encoding.UTF8.GetBytes(corrected[1]))));
        await packed.RunAsync("run-1", ("selection.algorithms", "none"));
        Assert.Contains("\nk1,2,1,37.00,", packed.Result("run-1", "customers.csv"), StringComparison.Ordinal);

        packed.Uploads.Put("z.zip", ShopForm.Zip(("1.csv", Encoding.UTF8.GetBytes(corrected[0])), ("2.csv", Encoding.UTF8.GetBytes(Header + "3,k1,2010-12-25,4\n"))));
        await packed.RunAsync("run-2", ("selection.algorithms", "none"));
        Assert.Contains("Some of its tables say which upload they correct", packed.Result("run-2", "ledger.json"), StringComparison.Ordinal);
        Assert.Contains("\nk1,2,2,7.00,", packed.Result("run-2", "customers.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_lost_an_erased_customers_rows_is_completed_all_the_same()
    {
        var shop = new ErasureStore();
        shop.Store.Uploads["shop.csv"] = Shop + "3,erased@x,2010-12-26,1\n3,erased@x,2010-12-26,z\n";
        await shop.Store.RunAsync("run-1", ("selection.algorithms", "none"));
        shop.Store.Uploads["corrected.csv"] =
            shop.Store.Result("run-1", "rejects/shop.csv").Replace(",x", ",5", StringComparison.Ordinal).Replace(",z", ",6", StringComparison.Ordinal);
        await shop.Store.RunAsync("run-2", ("selection.algorithms", "none"));
        await shop.Erasure.EraseAsync("erased@x", TestContext.Current.CancellationToken);
        await shop.Store.RunAsync("run-3", ("selection.algorithms", "none"));

        Assert.Empty(shop.Find("erased@x"));
        Assert.Contains("\nk1,2,1,15.00,", shop.Store.Result("run-3", "customers.csv"), StringComparison.Ordinal);
        Assert.StartsWith(Opening + "corrects=", shop.Store.Uploads["corrected.csv"], StringComparison.Ordinal);
        Assert.Equal(
            shop.Store.Result("run-2", "rejects/shop.csv").Split('\n')[0], shop.Store.Result("run-3", "rejects/shop.csv").Split('\n')[0]);
    }

    [Fact]
    public async Task A_record_from_before_uploads_could_correct_others_is_read()
    {
        // Yesterday's bytes.
        const string Yesterday =
            """{"format":1,"id":"0b","name":"shop.csv","sha256":"9f","bytes":7,"lastModified":"2024-06-01T12:00:00+00:00","version":"v1","firstSeen":"2024-06-01T12:00:00Z","fingerprint":"f3","cleanKey":"k","cleanBytes":9,"reading":{"dialect":{"encoding":"utf-8","delimiter":",","decimalSeparator":".","dateFormat":"yyyy-MM-dd","header":true,"columns":{"customer":"customer"},"confidence":{"header":"certain"}},"warnings":["w"],"header":"customer,date,price","preamble":"","announcement":"","tables":[]},"tally":{"all":{"rows":1,"revenue":"5.00"},"kept":{"rows":0,"revenue":"0.00"},"merged":{"rows":0,"revenue":"0.00"},"returned":{"rows":0,"revenue":"0.00"},"superseded":{"rows":0,"revenue":"0.00"},"returnedCounted":"0.00","rejected":[{"rows":1,"revenue":"5.00"}]},"storedSha256":null,"removedRows":{"rows":0,"revenue":"0.00"},"redaction":null,"withdrawnAt":null,"error":null,"isUnread":false}""";
        UploadRecord record = JsonSerializer.Deserialize(Yesterday, WorkflowJson.Default.UploadRecord)!;
        Assert.Equal(("shop.csv", 1L, "w"), (record.Name, record.Tally.All.Rows, Assert.Single(record.Reading!.Warnings)));
        Assert.Null(record.Reading.Corrects);

        var correction = new Correction("0123456789abcdef", 2, 3);
        UploadRecord today = record with { Reading = record.Reading with { Corrects = correction } };
        var store = new Store();
        await store.Clean.WriteJsonAsync("record", today, WorkflowJson.Default.UploadRecord, TestContext.Current.CancellationToken);
        UploadRecord read = await store.Clean.ReadJsonAsync("record", WorkflowJson.Default.UploadRecord, TestContext.Current.CancellationToken);
        Assert.Equal(correction, read.Reading!.Corrects);
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
