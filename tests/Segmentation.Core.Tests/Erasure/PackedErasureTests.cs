using System.Text;
using System.Text.Json;
using Segmentation.Core.Erasure;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Testing.Forms;

namespace Segmentation.Core.Tests.Erasure;

/// <summary>An erased customer is in no byte of what was packed either: workbooks, archives, archives that cannot be used.</summary>
public sealed class PackedErasureTests
{
    private const string Id = "1785077";
    private const string Written = "1785077.0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Packings { get; } = new("a.xlsx", "a.xlsx.gz", "a.zip", "b.zip", "c.zip", "d.zip");

    public static TheoryData<string> Damages { get; } = new("cut", "directory", "checksum", "deflate", "password", "nested", "sheet");

    [Theory]
    [MemberData(nameof(Packings))]
    public async Task Erased_and_dropped_again_a_customer_is_in_no_unpacked_byte_and_rows_reconcile(string name)
    {
        var shop = new ErasureStore();
        byte[] dropped = Pack(name);
        shop.Store.Uploads.Put(name, dropped);
        await shop.Store.RunAsync("run-1");
        JsonElement before = shop.Ledger("run-1").GetProperty("total");
        string[] others = shop.Measures("run-1", Id);
        Assert.NotEmpty(others);
        Assert.NotEmpty(shop.Find(Id));

        ErasureReceipt? receipt = await shop.Erasure.EraseAsync(Id, Token);

        Assert.NotNull(receipt);
        Assert.Empty(shop.Find(Id, Written));

        await shop.Store.RunAsync("run-2");
        Assert.Empty(shop.Find(Id, Written));
        JsonElement after = shop.Ledger("run-2").GetProperty("total");
        Assert.Equal(ErasureStore.Number(before, "rows"), ErasureStore.Number(after, "rows"));
        Assert.Equal(before.GetProperty("revenue").GetProperty("rows").GetString(), after.GetProperty("revenue").GetProperty("rows").GetString());
        Assert.Equal(receipt.Rows, after.GetProperty("rejected").GetProperty("erased-customer").GetInt64());
        Assert.Equal(others, shop.Measures("run-2", Id), StringComparer.Ordinal);

        shop.Store.Uploads.Put("again/" + name, dropped);
        await shop.Store.RunAsync("run-3", ("cleaning.nonProductCodes", "A9"));
        Assert.Empty(shop.Find(Id, Written));
        Assert.Equal(2 * ErasureStore.Number(before, "rows"), ErasureStore.Number(shop.Ledger("run-3").GetProperty("total"), "rows"));
        Assert.Equal(others, shop.Measures("run-3", Id), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public async Task Customers_are_erased_one_after_the_other_from_what_was_packed(string name)
    {
        var shop = new ErasureStore();
        shop.Store.Uploads.Put(name, Pack(name));
        await shop.Store.RunAsync("run-1");

        await shop.Erasure.EraseAsync(Id, Token);
        await shop.Erasure.EraseAsync("other3", Token);
        Assert.Empty(shop.Find(Id, Written, "other3"));
        await shop.Store.RunAsync("run-2", ("cleaning.nonProductCodes", "A9"));
        await shop.Erasure.EraseAsync("other5", Token);
        await shop.Store.RunAsync("run-3");

        Assert.Empty(shop.Find(Id, Written, "other3", "other5"));
        Assert.Equal(
            ErasureStore.Number(shop.Ledger("run-1").GetProperty("total"), "rows"), ErasureStore.Number(shop.Ledger("run-3").GetProperty("total"), "rows"));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task An_archive_that_cannot_be_used_keeps_nothing_of_the_customer(string damage)
    {
        var shop = new ErasureStore();
        shop.Store.Uploads["good.csv"] = ErasureStore.Rows("k1", "k1");
        shop.Store.Uploads.Put("bad.zip", Damaged(damage));
        await shop.Store.RunAsync("run-1");
        Assert.NotEmpty(shop.Find(Id));
        Assert.NotNull(ErrorOfBad(shop, "run-1"));

        await shop.Erasure.EraseAsync(Id, Token);

        Assert.Empty(shop.Find(Id));
        await shop.Store.RunAsync("run-2", ("cleaning.nonProductCodes", "A9"));
        Assert.Empty(shop.Find(Id));
        Assert.NotNull(ErrorOfBad(shop, "run-2"));
    }

    [Fact]
    public async Task An_archive_that_cannot_be_used_and_does_not_name_the_customer_stays_as_it_is()
    {
        var shop = new ErasureStore();
        byte[] stranger = Damaged("cut");
        shop.Store.Uploads["good.csv"] = ErasureStore.Rows("k1", "k1");
        shop.Store.Uploads.Put("bad.zip", stranger);
        await shop.Store.RunAsync("run-1");

        await shop.Erasure.EraseAsync("k1", Token);

        Assert.Equal(stranger, shop.Store.Uploads.Snapshot()["bad.zip"]);
    }

    private static string? ErrorOfBad(ErasureStore shop, string runId) => shop.Ledger(runId).GetProperty("uploads").EnumerateArray()
        .Single(static entry => entry.GetProperty("name").GetString() == "bad.zip").GetProperty("error").GetString();

    private static byte[] Pack(string name)
    {
        byte[] rows = Encoding.UTF8.GetBytes(ErasureStore.Rows(Id, Written));
        return name switch
        {
            "a.xlsx" => Book(),
            "a.xlsx.gz" => ShopForm.Gzip(Book()),
            "a.zip" => ShopForm.Zip(("a.csv", rows)),
            "b.zip" => ShopForm.Zip(
                ($"{Id}/people.csv", Encoding.UTF8.GetBytes($"CustomerID,Age\n{Id},2\n")), ("a.csv", rows),
                ("b.csv", Encoding.UTF8.GetBytes(Store.Header + $"400,A1,Lamp,1,2024-03-01 10:00:00,2.00,{Id},UK\n401,A1,Lamp,1,2024-03-01 10:00:00,2.00,other1,UK"))),
            "c.zip" => ShopForm.Zip(("a.csv.gz", ShopForm.Gzip(rows)), ($"note {Id}.txt", Encoding.UTF8.GetBytes($"about {Id}"))),
            _ => ShopForm.Zip(("a.xlsx", Book()), ("b.csv", Encoding.GetEncoding("utf-16").GetPreamble().Concat(Encoding.Unicode.GetBytes(ErasureStore.Rows(Id, Written))).ToArray())),
        };
    }

    private static byte[] Book()
    {
        object?[][] rows =
        [
            [], ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"],
            .. Enumerable.Range(1, 9).Select(static i => new object?[] { 100 + i, "A1", "Lamp", 1, new DateTime(2024, 1, i), 10.5, $"other{i}", "UK" }),
            [200, "A1", "Lamp", 2, new DateTime(2024, 3, 1), 4.25, Id, "UK"],
            [200, "A1", "Lamp", 2, new DateTime(2024, 3, 1), 4.25, int.Parse(Id, System.Globalization.CultureInfo.InvariantCulture), "UK"],
            [201, "A1", "Lamp", 0, new DateTime(2024, 3, 2), 4.25, Id, "UK"],
            [202, "A1", "Lamp", 1, "no date", 1.5, Id, "UK"],
            [203, "A1", "Lamp", 1, new DateTime(2024, 3, 9), 7, "other2", "UK"],
        ];
        return XlsxFile.Of(("Notes", [["written by", Id]]), ("Sales", rows));
    }

    private static byte[] Damaged(string damage)
    {
        byte[] rows = Encoding.UTF8.GetBytes(ErasureStore.Rows(Id, Written) + string.Concat(Enumerable.Range(0, 400).Select(static i => $"filler {i * 7919 % 1009}\n")));
        byte[] zip = ShopForm.Zip(("a.csv", rows), ("b.csv", rows));
        switch (damage)
        {
            case "cut":
                return zip[..(zip.Length * 3 / 4)];
            case "directory":
                zip.AsSpan(zip.AsSpan().IndexOf("PK\u0001\u0002"u8), 4).Clear();
                return zip;
            case "checksum":
                zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 16] ^= 0x55;
                return zip;
            case "deflate":
                zip.AsSpan(zip.AsSpan().IndexOf("PK\u0001\u0002"u8) - 200, 40).Fill(0xFF);
                return zip;
            case "password":
                // The mark of encryption alone: what is in it can still be read by whoever takes the mark away.
                zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
                return zip;
            case "nested":
                return ShopForm.Zip(("inner.zip", ShopForm.Zip(("deeper.zip", zip))));
            default:
                return Book()[..^40];
        }
    }
}
