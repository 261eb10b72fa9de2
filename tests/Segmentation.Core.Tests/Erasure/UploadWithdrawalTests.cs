using System.Text.Json;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Storage;

namespace Segmentation.Core.Tests.Erasure;

/// <summary>A withdrawn upload counts no more, is not stored any more, and may come again as a new one.</summary>
public sealed class UploadWithdrawalTests
{
    private const string First = "1,A1,Lamp,1,2024-01-01 10:00:00,10.00,k,UK\n";
    private const string Second = "1,A1,Lamp,1,2024-01-01 10:00:00,25.00,k,UK\n";

    private static readonly string Id = UploadRecord.IdOf("b.csv");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_withdrawn_upload_counts_no_more_and_its_record_stays()
    {
        ErasureStore shop = await PrepareAsync(null);
        UploadRecord? record = await shop.Withdrawal.WithdrawAsync(Id, Token);
        Assert.Equal(("b.csv", null), (record!.Name, record.CleanKey));
        Assert.NotNull(record.WithdrawnAt);
        Assert.Equal(["a.csv"], shop.Store.Uploads.Snapshot().Keys, StringComparer.Ordinal);
        Assert.DoesNotContain(shop.Store.Clean.Snapshot().Keys, name => name.Contains($"rows/{Id}", StringComparison.Ordinal));

        await shop.Store.RunAsync("run-2");
        Assert.Equal(["k,1,1,10.00"], shop.Measures("run-2", ""), StringComparer.Ordinal);
        Assert.Equal(1, shop.Ledger("run-2").GetProperty("uploads").GetArrayLength());
        Assert.Equal(record.WithdrawnAt, (await UploadRecords.FindAsync(shop.Store.Clean, "b.csv", Token))!.WithdrawnAt);
        Assert.Null(await shop.Withdrawal.WithdrawAsync("no such id", Token));
    }

    [Fact]
    public async Task Dropped_again_it_is_a_new_upload_that_wins_over_all_before()
    {
        ErasureStore shop = await PrepareAsync(null);
        await shop.Withdrawal.WithdrawAsync(UploadRecord.IdOf("a.csv"), Token);
        await shop.Store.RunAsync("run-2");
        Assert.Equal(["k,1,1,25.00"], shop.Measures("run-2", ""), StringComparer.Ordinal);
        shop.Store.Drop("a.csv", First);
        await shop.Store.RunAsync("run-3");
        Assert.Equal(["k,1,1,10.00"], shop.Measures("run-3", ""), StringComparer.Ordinal);
        Assert.Equal(
            ["b.csv", "a.csv"],
            shop.Ledger("run-3").GetProperty("uploads").EnumerateArray().Select(upload => upload.GetProperty("name").GetString()!), StringComparer.Ordinal);
        Assert.Null((await UploadRecords.FindAsync(shop.Store.Clean, "a.csv", Token))!.WithdrawnAt);
    }

    [Fact]
    public async Task A_file_that_was_dropped_under_its_name_and_not_read_yet_is_not_what_was_withdrawn()
    {
        ErasureStore shop = await PrepareAsync(null);
        shop.Store.Drop("b.csv", "7,A1,Lamp,1,2024-01-02 10:00:00,3.00,k,UK\n");
        await shop.Withdrawal.WithdrawAsync(Id, Token);
        await shop.Store.RunAsync("run-2");
        Assert.Equal(["k,1,2,13.00"], shop.Measures("run-2", ""), StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_unusable_upload_leaves_quarantine_too()
    {
        ErasureStore shop = await PrepareAsync(null);
        shop.Store.Uploads["bad.csv"] = "name,age\nx,1\n";
        await shop.Store.RunAsync("run-2");
        UploadRecord? record = await shop.Withdrawal.WithdrawAsync(UploadRecord.IdOf("bad.csv"), Token);
        Assert.Null(record!.Error);
        Assert.Empty(shop.Store.Quarantine.Snapshot());
        await shop.Store.RunAsync("run-3");
        Assert.All(shop.Ledger("run-3").GetProperty("uploads").EnumerateArray(), upload => Assert.Equal(JsonValueKind.Null, upload.GetProperty("error").ValueKind));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_crash_at_any_write_is_mended_by_withdrawing_again_or_by_the_next_run(bool afterWriting, bool again)
    {
        ErasureStore whole = await PrepareAsync(null);
        await whole.Withdrawal.WithdrawAsync(Id, Token);
        await whole.Store.RunAsync("run-2");
        for (int write = 1; ; write++)
        {
            var faults = new WriteFaults();
            ErasureStore shop = await PrepareAsync(faults);
            faults.FailAt = faults.Writes + write;
            faults.AfterWriting = afterWriting;
            try
            {
                await shop.Withdrawal.WithdrawAsync(Id, Token);
                Assert.True(write > 4, "So few writes cannot be all.");
                return;
            }
            catch (PowerCutException)
            {
                // Before the record is marked nothing has happened, so that a run alone would not withdraw.
                if (again || (write == 1 && !afterWriting))
                {
                    await shop.Withdrawal.WithdrawAsync(Id, Token);
                }
            }

            await shop.Store.RunAsync("run-2");
            Assert.Equal(whole.Store.Result("run-2", "customers.csv"), shop.Store.Result("run-2", "customers.csv"));
            Assert.Equal(whole.Store.Result("run-2", "ledger.json"), shop.Store.Result("run-2", "ledger.json"));
            Assert.Equal(whole.Store.Uploads.Snapshot().Keys, shop.Store.Uploads.Snapshot().Keys, StringComparer.Ordinal);
            Assert.Equal(whole.Store.Clean.Snapshot().Keys, shop.Store.Clean.Snapshot().Keys, StringComparer.Ordinal);
        }
    }

    private static async Task<ErasureStore> PrepareAsync(WriteFaults? faults)
    {
        var shop = new ErasureStore(faults);
        shop.Store.Drop("a.csv", First);
        shop.Store.Drop("b.csv", Second);
        await shop.Store.RunAsync("run-1");
        Assert.Equal(["k,1,1,25.00"], shop.Measures("run-1", ""), StringComparer.Ordinal);
        return shop;
    }
}
