using System.Text;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Tests.Erasure;
using Segmentation.Core.Transactions;
using Segmentation.Testing.Storage;

namespace Segmentation.Core.Tests.Workflow.Rejects;

/// <summary>In exports of line items, rejected further lines of an order come back with the order's fields.</summary>
public class LineItemTests
{
    private const string Header = "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem sku,Lineitem price,Shipping Country\n";

    [Fact]
    public async Task A_further_line_comes_back_with_its_orders_fields_and_counts_when_it_is_corrected()
    {
        const string Rows =
            "#1001,a@x,paid,2010-12-24 10:00:00,1,Lamp,L1,5.00,\"Fr,ance\"\n#1001,,,,2,\"5\"\" disc\",D1,x,\n#1001,,,,1,Cup,C1,1.00,\n#1002,b@x,paid,2010-12-25 10:00:00,1,Cup,C1,1.00,UK\n";
        DroppedAgain again = await DroppedAgain.RunAsync(Header + Rows);

        Assert.Equal(Header + "#1001,a@x,paid,2010-12-24 10:00:00,2,\"5\"\" disc\",D1,x,\"Fr,ance\"\n", again.Rejects);
        Assert.Contains("\"#1001,,,,2,\"\"5\"\"\"\" disc\"\",D1,x,\"", again.Store.Result("run-1", "rejects.csv"), StringComparison.Ordinal);
        await again.CorrectAsync(",x,", ",3.50,");
        Assert.Equal("2,1,13.00", again.Customer("a@x"));
    }

    [Fact]
    public async Task A_rejected_first_line_still_carries_and_is_no_other_order_when_it_is_corrected()
    {
        const string Rows = "#1001,a@x,paid,2010-12-24 10:00:00,x,Lamp,L1,5.00,France\n#1001,,,,1,Cup,C1,1.00,\n#1001,,,,y,Jar,J1,2.00,\n#1002,b@x,paid,2010-12-25 10:00:00,1,Cup,C1,1.00,UK\n";
        DroppedAgain again = await DroppedAgain.RunAsync(Header + Rows);
        Assert.Equal("2,1,1.00", again.Customer("a@x", "run-1"));

        await again.DropAsync(again.Rejects.Replace(",x,", ",1,", StringComparison.Ordinal).Replace(",y,", ",2,", StringComparison.Ordinal));

        Assert.Equal("2,1,10.00", again.Customer("a@x"));
    }

    [Theory]
    [InlineData("2010-12-99 10:00:00", "a@x")]
    [InlineData("2110-12-24 10:00:00", "a@x")]
    [InlineData("2010-12-24 10:00:00", "n/a")]
    public async Task What_is_wrong_with_an_order_is_corrected_on_its_first_line_alone(string date, string customer)
    {
        string rows = $"#1001,{customer},paid,{date},1,Lamp,L1,5.00,France\n#1001,,,,1,Cup,C1,1.00,\n#1002,b@x,paid,2010-12-25 10:00:00,1,Cup,C1,1.00,UK\n";
        DroppedAgain again = await DroppedAgain.RunAsync(Header + rows);

        await again.DropAsync(again.Rejects.Replace($"{customer},paid,{date}", "a@x,paid,2010-12-24 10:00:00", StringComparison.Ordinal));

        Assert.Equal("2,1,6.00", again.Customer("a@x"));
    }

    [Fact]
    public async Task Codes_that_are_no_products_come_back_with_their_orders_fields_too()
    {
        const string Rows = "#1001,a@x,paid,2010-12-24 10:00:00,1,Lamp,L1,5.00,France\n#1001,,,,1,Postage,POST,1.00,\n";
        DroppedAgain again = await DroppedAgain.RunAsync(Header + Rows);

        Assert.Equal(Header + "#1001,a@x,paid,2010-12-24 10:00:00,1,Postage,POST,1.00,France\n", again.Rejects);
        await again.CorrectAsync("POST", "P1");
        Assert.Equal("1,1,6.00", again.Customer("a@x"));
    }

    [Fact]
    public async Task A_return_that_was_rejected_comes_back_as_a_return()
    {
        const string Rows =
            "#1001,a@x,paid,2010-12-24 10:00:00,1,Lamp,L1,5.00,France\n#1002,a@x,refunded,2010-12-25 10:00:00,1,Cup,C1,1.00,France\n#1002,,,,x,Jar,J1,2.00,\n";
        DroppedAgain again = await (await DroppedAgain.RunAsync(Header + Rows)).CorrectAsync(",x,", ",1,");

        Assert.Equal("1,1,5.00", again.Customer("a@x"));
        Assert.Equal(1, again.Upload.GetProperty("returned").GetInt32());
    }

    [Fact]
    public async Task An_erased_customers_further_lines_are_erased_with_the_first()
    {
        var shop = new ErasureStore();
        shop.Store.Uploads["shop.csv"] =
            Header + "#1001,a@x,paid,2010-12-24 10:00:00,1,Lamp,L1,5.00,France\n#1001,,,,x,Cup,C1,1.00,\n#1002,b@x,paid,2010-12-25 10:00:00,y,Cup,C1,1.00,UK\n#1003,b@x,paid,2010-12-25 10:00:00,1,Cup,C1,1.00,UK\n";
        await shop.Store.RunAsync("run-1");
        Assert.Single((await shop.Holdings.FindAsync("a@x", TestContext.Current.CancellationToken))!.Rejected);

        await shop.Erasure.EraseAsync("a@x", TestContext.Current.CancellationToken);
        await shop.Store.RunAsync("run-2");

        Assert.Empty(shop.Find("a@x"));
        Assert.Equal(Header + "#1002,b@x,paid,2010-12-25 10:00:00,y,Cup,C1,1.00,UK\n", shop.Store.Result("run-1", "rejects/shop.csv"));
        Assert.Equal(shop.Store.Result("run-1", "rejects/shop.csv"), shop.Store.Result("run-2", "rejects/shop.csv"));
        Assert.DoesNotContain("1001", shop.Store.Result("run-1", "rejects.csv"), StringComparison.Ordinal);
        Assert.Equal(2, shop.Store.Result("run-1", "rejects.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("1001", shop.Store.Uploads["shop.csv"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erased_further_lines_leave_earlier_runs_though_the_upload_was_replaced_and_erasing_was_interrupted()
    {
        const string Others = "#1002,,,,x,Cup,C1,1.00,\n";
        const string Rows =
            "#1001,a@x,paid,2010-12-24 10:00:00,1,Lamp,L1,5.00,\"Fr,ance\"\n#1001,,,,x,Cup,C1,1.00,\n#1001,,,,y,\"5\"\" disc\",D1,1.00,\n#1001,,,,1,Postage,POST,1.00,\n"
            + "#1002,b@x,paid,2010-12-25 10:00:00,1,Cup,C1,1.00,UK\n" + Others;
        for (int write = 1; ; write++)
        {
            var faults = new WriteFaults();
            var shop = new ErasureStore(faults);
            shop.Store.Uploads["shop.csv"] = Header + Rows;
            await shop.Store.RunAsync("run-1", ("selection.algorithms", "none"));
            Assert.Equal(4, shop.Store.Result("run-1", "rejects.csv").Split("#100").Length - 1);
            shop.Store.Uploads["shop.csv"] = Header + "#1003,b@x,paid,2010-12-25 10:00:00,1,Cup,C1,1.00,UK\n#1004,a@x,paid,2010-12-25 10:00:00,1,Cup,C1,1.00,UK\n";
            await shop.Store.RunAsync("run-2", ("selection.algorithms", "none"));
            faults.FailAt = faults.Writes + write;
            bool isInterrupted = false;
            try
            {
                await shop.Erasure.EraseAsync("a@x", TestContext.Current.CancellationToken);
            }
            catch (PowerCutException)
            {
                isInterrupted = true;
                await shop.Erasure.EraseAsync("a@x", TestContext.Current.CancellationToken);
            }

            Assert.Empty(shop.Find("a@x", "#1001"));
            Assert.EndsWith(Others, shop.Store.Result("run-1", "rejects.csv").Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains("#1002,b@x,paid,2010-12-25 10:00:00,x,Cup,C1,1.00,UK", shop.Store.Result("run-1", "rejects/shop.csv"), StringComparison.Ordinal);
            if (!isInterrupted)
            {
                Assert.True(write > 8, "So few writes cannot be all.");
                return;
            }
        }
    }

    [Fact]
    public void Rejects_that_were_stored_before_lines_were_filled_are_read()
    {
        var reject = new OwnReject(7, RejectionReason.UnreadableNumber, "detail", Money.Parse("3"));
        var stored = new RecordBuffer();
        reject.Write(stored, "raw"u8, default);
        Assert.Equal(reject, OwnReject.Read(stored.Written, out ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> filled));
        Assert.Equal(("raw", ""), (Encoding.UTF8.GetString(raw), Encoding.UTF8.GetString(filled)));

        // Yesterday's bytes: line, reason, detail, row, and since the second version the money.
        byte[] before = [7, (byte)RejectionReason.UnreadableNumber, 6, .. "detail"u8, 3, .. "raw"u8];
        Assert.Equal(reject with { Amount = Money.Zero }, OwnReject.Read(before, out raw, out filled));
        Assert.True(raw.SequenceEqual("raw"u8) && filled.IsEmpty);
        reject.Write(stored, "raw"u8, "filled"u8);
        Assert.Equal(reject, OwnReject.Read(stored.Written, out raw, out filled));
        Assert.True(raw.SequenceEqual("raw"u8) && filled.SequenceEqual("filled"u8));
    }
}
