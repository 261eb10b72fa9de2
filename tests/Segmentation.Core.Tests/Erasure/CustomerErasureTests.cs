using System.Text;
using System.Text.Json;
using Segmentation.Core.Erasure;
using Segmentation.Core.Storage;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Storage;

namespace Segmentation.Core.Tests.Erasure;

/// <summary>An erased customer is in no stored byte, stays erased when old files come again, and still counts in the totals.</summary>
public sealed class CustomerErasureTests
{
    private const string Id = "1785077";
    private const string Written = "1785077.0";

    // Without a model: what is tried at every write is the storage.
    private static readonly (string, string)[] Quick = [("selection.minCustomers", "1000"), ("workflow.shards", "2")];

    // The row of order 202 has no customer: it is the one that the others must leave alone.
    private const long ErasedRows = 8;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Forms { get; } = new()
    {
        { "csv", Id, Written },
        { "bom", Id, Written },
        { "gz", Id, Written },
        { "utf-16", "Анна Жукова", "Анна Жукова" },
        { "utf-16BE", Id, Written },
        { "windows-1251", "клиент-Щукин", "клиент-Щукин" },
        { "csv", "José.Núñez@example.com", "José.Núñez@example.com" },
        { "gz", "#k 1'x", "#k 1'x" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Erased_and_dropped_again_under_other_names_a_customer_is_nowhere_and_totals_reconcile(string form, string id, string written)
    {
        var shop = new ErasureStore();
        byte[] dropped = ErasureStore.Encode(ErasureStore.Rows(id, written), form);
        string name = form == "gz" ? "a.csv.gz" : "a.csv";
        shop.Store.Uploads.Put(name, dropped);
        await shop.Store.RunAsync("run-1");
        JsonElement before = shop.Ledger("run-1");
        string[] others = shop.Measures("run-1", id);
        Assert.NotEmpty(shop.Find(id));

        ErasureReceipt? receipt = await shop.Erasure.EraseAsync(written, Token);

        Assert.NotNull(receipt);
        Assert.Equal((1, ErasedRows, 1), (receipt.Uploads, receipt.Rows, receipt.Runs));
        Assert.Empty(shop.Find(id, written));

        await shop.Store.RunAsync("run-2");
        await AssertErasedAsync(shop, "run-2", before, others, id);

        shop.Store.Uploads.Put("again/" + name, dropped);
        await shop.Store.RunAsync("run-3");
        Assert.Empty(shop.Find(id, written));
        JsonElement[] uploads = [.. shop.Ledger("run-3").GetProperty("uploads").EnumerateArray()];
        Assert.Equal(uploads[0].GetProperty("sha256").GetString(), uploads[1].GetProperty("sha256").GetString());
        Assert.Equal(ErasureStore.Number(uploads[0], "rows"), ErasureStore.Number(uploads[0], "superseded"));
        Assert.Equal(ErasedRows, uploads[1].GetProperty("rejected").GetProperty("erased-customer").GetInt64());
        Assert.Equal(others, shop.Measures("run-3", id), StringComparer.Ordinal);

        // The same file under the same name, and cleaned with other options.
        shop.Store.Uploads.Put(name, dropped);
        await shop.Store.RunAsync("run-4", ("cleaning.nonProductCodes", "A9"));
        Assert.Empty(shop.Find(id, written));
        await shop.Store.RunAsync("run-5");
        Assert.Equal(others, shop.Measures("run-5", id), StringComparer.Ordinal);
        Assert.Equal(
            ErasureStore.Number(before.GetProperty("total"), "rows"),
            ErasureStore.Number(shop.Ledger("run-5").GetProperty("uploads")[0], "rows"));
        Assert.Equal(shop.Store.Uploads.Snapshot()[name], shop.Store.Uploads.Snapshot()["again/" + name]);
    }

    [Fact]
    public async Task Every_other_line_of_the_file_stays_as_it_was_on_its_line()
    {
        var shop = new ErasureStore();
        string text = ErasureStore.Rows(Id, Written).ReplaceLineEndings("\r\n");
        shop.Store.Uploads.Put("a.csv", Encoding.UTF8.GetBytes(text));
        await shop.Store.RunAsync("run-1");
        await shop.Erasure.EraseAsync(Id, Token);

        string[] before = text.Split("\r\n");
        string[] after = shop.Store.Uploads["a.csv"].Split("\r\n");
        int erasedLine = Array.FindIndex(before, line => line.StartsWith("201,POST", StringComparison.Ordinal));
        Assert.Equal(
            before.Select((line, i) => line.Contains(Id, StringComparison.Ordinal) || i == erasedLine ? "" : line), after, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_the_rows_of_the_customer_leaves_the_results_and_the_manifest_still_names_their_bytes()
    {
        var shop = new ErasureStore();
        shop.Store.Uploads["a.csv"] = ErasureStore.Rows(Id, Written);
        await shop.Store.RunAsync("run-1");
        string customers = shop.Store.Result("run-1", "customers.csv");
        string ledger = shop.Store.Result("run-1", "ledger.json");
        await shop.Erasure.EraseAsync(Id, Token);

        Assert.Equal(
            string.Join('\n', customers.Split('\n').Where(row => !row.StartsWith(Id, StringComparison.Ordinal))),
            shop.Store.Result("run-1", "customers.csv"));
        Assert.Equal(ledger, shop.Store.Result("run-1", "ledger.json"));
        Assert.Equal(
            ["202,A1,Lamp,1,2024-03-02 10:00:00,3.75,,UK", "208,A1,Lamp,1,no date,1.00,other1,UK"],
            shop.Store.Result("run-1", "rejects/a.csv").Split('\n')[1..^1], StringComparer.Ordinal);
        Assert.Equal(3, shop.Store.Result("run-1", "rejects.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (JsonProperty output in JsonElement.Parse(shop.Store.Result("run-1", "manifest.json")).GetProperty("outputs").EnumerateObject())
        {
            Assert.Equal(
                output.Value.GetString(), await StoredBytes.HashAsync(shop.Store.Runs, RunBlobs.Result("run-1", output.Name), Token));
        }
    }

    [Fact]
    public async Task A_row_counts_the_same_whether_it_came_before_the_erasure_or_after()
    {
        var before = new ErasureStore();
        before.Store.Uploads["a.csv"] = ErasureStore.Rows(Id, Written);
        await before.Store.RunAsync("run-1");
        await before.Erasure.EraseAsync(Id, Token);
        await before.Store.RunAsync("run-2");

        var after = new ErasureStore();
        after.Store.Uploads["old.csv"] = Store.Header + $"1,A1,Lamp,1,2023-03-01 10:00:00,4.25,{Id},UK\n";
        await after.Store.RunAsync("run-1");
        await after.Erasure.EraseAsync(Id, Token);
        after.Store.Uploads["a.csv"] = ErasureStore.Rows(Id, Written);
        await after.Store.RunAsync("run-2");

        Assert.Empty(after.Find(Id));
        JsonElement entry = after.Ledger("run-2").GetProperty("uploads")[1];
        JsonElement expected = before.Ledger("run-2").GetProperty("uploads")[0];
        Assert.Equal(expected.GetProperty("rejected").GetRawText(), entry.GetProperty("rejected").GetRawText());
        Assert.Equal(expected.GetProperty("revenue").GetRawText(), entry.GetProperty("revenue").GetRawText());
        Assert.Equal(before.Store.Uploads["a.csv"], after.Store.Uploads["a.csv"]);
        Assert.Equal(before.Store.Result("run-2", "customers.csv"), after.Store.Result("run-2", "customers.csv"));
        Assert.Equal(
            before.Store.Result("run-2", "rejects.csv"), after.Store.Result("run-2", "rejects.csv"));
    }

    [Fact]
    public async Task A_file_of_erased_customers_alone_still_counts_its_rows_under_any_options()
    {
        var shop = new ErasureStore();
        shop.Store.Uploads["a.csv"] = Store.Header + $"1,A1,Lamp,2,2024-03-01 10:00:00,4.25,{Id},UK\n";
        shop.Store.Uploads["b.csv"] = ErasureStore.Rows("k1", "k1");
        await shop.Store.RunAsync("run-1");
        await shop.Erasure.EraseAsync(Id, Token);
        await shop.Store.RunAsync("run-2", ("cleaning.nonProductCodes", "A9"));
        JsonElement upload = shop.Ledger("run-2").GetProperty("uploads")[0];
        Assert.Equal((1, 1), (ErasureStore.Number(upload, "rows"), ErasureStore.Number(upload.GetProperty("rejected"), "erased-customer")));
        Assert.Equal("8.50", upload.GetProperty("revenue").GetProperty("rejected").GetString());
        Assert.Equal(JsonValueKind.Null, upload.GetProperty("error").ValueKind);
    }

    [Theory]
    [InlineData("k5")]
    [InlineData("k2", "k1", "k29")]
    public async Task Results_are_those_of_a_store_that_never_had_the_rows(params string[] ids)
    {
        var shop = new ErasureStore();
        await shop.Store.WithThreeGroups().RunAsync("run-1");
        foreach (string id in ids)
        {
            Assert.NotNull(await shop.Erasure.EraseAsync(id, Token));
        }

        await shop.Store.RunAsync("run-2");

        Store plain = new Store().WithThreeGroups();
        foreach (string name in (string[])["2024/a.csv", "2024/b.csv", "c.csv"])
        {
            plain.Uploads[name] = string.Join('\n', plain.Uploads[name].Split('\n').Where(row => !ids.Any(id => row.Contains($",{id},", StringComparison.Ordinal))));
        }

        await plain.RunAsync("run-2");
        foreach (string result in (string[])["customers.csv", "profiles.json", "model-selection.json"])
        {
            Assert.Equal(plain.Result("run-2", result), shop.Store.Result("run-2", result));
        }

        Assert.Equal(30 - ids.Length, shop.Store.Result("run-2", "customers.csv").Split('\n').Length - 2);
        shop.Ledger("run-2");
    }

    [Fact]
    public async Task A_file_that_was_removed_before_the_erasure_brings_nobody_back()
    {
        var shop = new ErasureStore();
        string dropped = ErasureStore.Rows(Id, Written);
        shop.Store.Uploads["a.csv"] = dropped;
        await shop.Store.RunAsync("run-1");
        await shop.Store.Uploads.DeleteAsync("a.csv", Token);
        await shop.Erasure.EraseAsync(Id, Token);
        Assert.Empty(shop.Find(Id));
        shop.Store.Uploads["a.csv"] = dropped;
        await shop.Erasure.EraseAsync("other2", Token);
        await shop.Store.RunAsync("run-2");
        Assert.Empty(shop.Find(Id, "other2"));
        JsonElement upload = shop.Ledger("run-2").GetProperty("uploads")[0];
        Assert.Equal(ErasedRows + 2, ErasureStore.Number(upload.GetProperty("rejected"), "erased-customer"));
    }

    [Fact]
    public async Task A_run_that_was_interrupted_starts_over_without_the_customer()
    {
        for (int write = 3; write < 30; write += 4)
        {
            var faults = new WriteFaults { FailAt = write };
            var shop = new ErasureStore(faults);
            shop.Store.Uploads["a.csv"] = ErasureStore.Rows(Id, Written);
            await shop.Store.Segments.SaveRunAsync(new RunRecord { RunId = "run-1", Status = RunStatus.Running, Language = "en" }, Token);
            await Assert.ThrowsAsync<PowerCutException>(() => shop.Store.RunAsync("run-1", Quick));
            await shop.Erasure.EraseAsync(Id, Token);
            Assert.Equal(RunStatus.Running, (await shop.Store.Segments.FindRunAsync("run-1", Token))!.Status);
            await shop.Store.RunAsync("run-1", Quick);
            Assert.Empty(shop.Find(Id));
            Assert.Equal(ErasedRows, ErasureStore.Number(shop.Ledger("run-1").GetProperty("total").GetProperty("rejected"), "erased-customer"));
        }
    }

    [Fact]
    public async Task Two_customers_are_erased_one_after_the_other()
    {
        var shop = new ErasureStore();
        shop.Store.Uploads["a.csv"] = ErasureStore.Rows(Id, Written);
        await shop.Store.RunAsync("run-1");
        await shop.Erasure.EraseAsync(Id, Token);
        await shop.Erasure.EraseAsync("other2", Token);
        Assert.Empty(shop.Find(Id, "other2"));
        await shop.Store.RunAsync("run-2", ("cleaning.nonProductCodes", "A9"));
        JsonElement upload = shop.Ledger("run-2").GetProperty("uploads")[0];
        Assert.Equal(ErasedRows + 2, ErasureStore.Number(upload.GetProperty("rejected"), "erased-customer"));
        Assert.Equal(
            ErasureStore.Number(shop.Ledger("run-1").GetProperty("total"), "rows"), ErasureStore.Number(upload, "rows"));
        Assert.NotEmpty(shop.Find("other3"));
        Assert.NotEmpty(shop.Find("other1"));
    }

    [Fact]
    public async Task Files_that_are_no_transactions_have_the_id_overwritten()
    {
        var shop = new ErasureStore();
        shop.Store.Uploads["a.csv"] = ErasureStore.Rows(Id, Written);
        shop.Store.Uploads["notes.txt"] = $"call {Id}; not 9999";
        shop.Store.Uploads["customers/age.csv"] = $"id,age\n{Written},30\nother1,40\n";
        shop.Store.Uploads.Put("broken.csv.gz", ErasureStore.Encode($"no table of {Id}\n", "gz"));
        shop.Store.Uploads.Put("wide.csv", ErasureStore.Encode($"no table of {Id}\n", "utf-16"));
        await shop.Store.RunAsync("run-1");
        await shop.Erasure.EraseAsync(Id, Token);
        Assert.Equal("call xxxxxxx; not 9999", shop.Store.Uploads["notes.txt"]);
        Assert.Equal("id,age\nxxxxxxxxx,30\nother1,40\n", shop.Store.Uploads["customers/age.csv"]);
        Assert.Empty(shop.Find(Id));

        shop.Store.Uploads["later.txt"] = $"once more {Id}";
        await shop.Store.RunAsync("run-2");
        Assert.Equal("once more xxxxxxx", shop.Store.Uploads["later.txt"]);
        Assert.Equal("once more xxxxxxx", shop.Store.Quarantine["later.txt"]);
    }

    [Fact]
    public async Task A_file_on_its_way_is_left_alone_and_loses_the_rows_when_it_has_arrived()
    {
        var shop = new ErasureStore();
        shop.Store.Uploads["a.csv"] = ErasureStore.Rows(Id, Written);
        await shop.Store.RunAsync("run-1");
        string arriving = ErasureStore.Rows(Id, "k1");
        shop.Store.Uploads["b.csv.part"] = arriving;
        await shop.Erasure.EraseAsync(Id, Token);
        Assert.Equal(arriving, shop.Store.Uploads["b.csv.part"]);

        await shop.Store.Uploads.DeleteAsync("b.csv.part", Token);
        shop.Store.Uploads["b.csv"] = arriving;
        await shop.Store.RunAsync("run-2");
        Assert.Empty(shop.Find(Id));
    }

    [Fact]
    public async Task A_customer_nobody_holds_anything_on_is_none_to_erase_and_a_mention_is_enough()
    {
        var shop = new ErasureStore();
        shop.Store.Uploads["a.csv"] = ErasureStore.Rows("k1", "k1");
        await shop.Store.RunAsync("run-1");
        string before = shop.Store.Everything();
        Assert.Null(await shop.Erasure.EraseAsync(Id, Token));
        Assert.Null(await shop.Erasure.EraseAsync(" n/a ", Token));
        Assert.Equal(before, shop.Store.Everything());

        shop.Store.Uploads["new.csv"] = ErasureStore.Rows(Id, Written);
        ErasureReceipt? receipt = await shop.Erasure.EraseAsync(Id, Token);
        Assert.Equal((0, 0, 0), (receipt!.Uploads, receipt.Rows, receipt.Runs));
        await shop.Store.RunAsync("run-2");
        Assert.Empty(shop.Find(Id));
    }

    [Fact]
    public async Task Erasing_again_writes_nothing_and_says_the_same()
    {
        var faults = new WriteFaults();
        var shop = new ErasureStore(faults);
        shop.Store.Uploads["a.csv"] = ErasureStore.Rows(Id, Written);
        await shop.Store.RunAsync("run-1");
        ErasureReceipt? first = await shop.Erasure.EraseAsync(Id, Token);
        int writes = faults.Writes;
        Assert.Equal(first, await shop.Erasure.EraseAsync(Written, Token));
        Assert.Equal(writes, faults.Writes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_of_an_erasure_is_mended_by_erasing_again(bool afterWriting)
    {
        ErasureStore whole = await PrepareAsync(new WriteFaults());
        await whole.Erasure.EraseAsync(Id, Token);
        await whole.Store.RunAsync("run-2", Quick);
        string[] expected = End(whole);
        for (int write = 1; ; write++)
        {
            var faults = new WriteFaults();
            ErasureStore shop = await PrepareAsync(faults);
            faults.FailAt = faults.Writes + write;
            faults.AfterWriting = afterWriting;
            try
            {
                await shop.Erasure.EraseAsync(Id, Token);
                Assert.True(write > 15, "So few writes cannot be all.");
                return;
            }
            catch (PowerCutException)
            {
                if (write % 2 == 0)
                {
                    // A run may come before somebody goes on.
                    await shop.Store.RunAsync("run-1", [.. Quick, ("cleaning.nonProductCodes", "A9")]);
                }
            }

            await shop.Erasure.EraseAsync(Id, Token);
            Assert.Empty(shop.Find(Id));
            await shop.Store.RunAsync("run-2", Quick);
            Assert.Empty(shop.Find(Id));
            Assert.Equal(expected, End(shop), StringComparer.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_of_a_run_that_takes_rows_out_of_a_file_is_mended_by_the_next_run(bool afterWriting)
    {
        ErasureStore whole = await DropAgainAsync(new WriteFaults());
        await whole.Store.RunAsync("run-2", Quick);
        string[] expected = End(whole);
        for (int write = 1; ; write++)
        {
            var faults = new WriteFaults();
            ErasureStore shop = await DropAgainAsync(faults);
            faults.FailAt = faults.Writes + write;
            faults.AfterWriting = afterWriting;
            try
            {
                await shop.Store.RunAsync("run-2", Quick);
                Assert.True(write > 15, "So few writes cannot be all.");
                return;
            }
            catch (PowerCutException)
            {
                await shop.Store.RunAsync("run-2", Quick);
            }

            Assert.Empty(shop.Find(Id));
            Assert.Equal(expected, End(shop), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Without_its_key_nobody_is_taken_for_a_customer_who_was_not_erased()
    {
        ErasureStore shop = await PrepareAsync(null);
        await shop.Erasure.EraseAsync(Id, Token);
        string key = shop.Store.Clean.Snapshot().Keys.Single(name => name.EndsWith("/key", StringComparison.Ordinal));
        await shop.Store.Clean.DeleteAsync(key, Token);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => shop.Store.RunAsync("run-2", Quick));
        Assert.Contains(key, fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => shop.Erasure.EraseAsync("other1", Token));
    }

    [Fact]
    public async Task Keys_that_two_processes_made_at_once_both_count()
    {
        ErasureStore one = await PrepareAsync(null);
        ErasureStore other = await PrepareAsync(null);
        await one.Erasure.EraseAsync(Id, Token);
        await other.Erasure.EraseAsync("other2", Token);
        foreach ((string name, byte[] bytes) in other.Store.Clean.Snapshot().Where(blob => blob.Key.StartsWith("erased/", StringComparison.Ordinal)))
        {
            one.Store.Clean.Put(name, bytes);
        }

        one.Tombstones.Invalidate();
        IErasedSet erased = await one.Tombstones.ReadAsync(Token);
        Assert.True(erased.Contains(Encoding.UTF8.GetBytes(Id)) && erased.Contains("other2"u8) && !erased.Contains("other3"u8));
    }

    private static async Task<ErasureStore> PrepareAsync(WriteFaults? faults)
    {
        var shop = new ErasureStore(faults);
        shop.Store.Uploads["a.csv"] = ErasureStore.Rows(Id, Written);
        shop.Store.Uploads.Put("b.csv.gz", ErasureStore.Encode(ErasureStore.Rows(Id, Written) + $"400,A1,Lamp,1,2024-03-01 10:00:00,1.00,{Id},UK\n", "gz"));
        shop.Store.Uploads["notes.txt"] = $"call {Id}";
        await shop.Store.RunAsync("run-0", Quick);
        return shop;
    }

    private static async Task<ErasureStore> DropAgainAsync(WriteFaults faults)
    {
        ErasureStore shop = await PrepareAsync(faults);
        byte[] dropped = shop.Store.Uploads.Snapshot()["a.csv"];
        await shop.Erasure.EraseAsync(Id, Token);
        shop.Store.Uploads.Put("a.csv", dropped);
        shop.Store.Uploads.Put("c.csv", [.. dropped, .. Encoding.UTF8.GetBytes("500,A1,Lamp,1,2024-03-01 10:00:00,1.00,other7,UK\n")]);
        return shop;
    }

    // What must not depend on how an erasure came about: results, files, and places where rows went.
    private static string[] End(ErasureStore shop) =>
    [
        shop.Store.Result("run-2", "customers.csv"), shop.Store.Result("run-2", "ledger.json"), shop.Store.Result("run-2", "rejects.csv"),
        shop.Store.Result("run-0", "customers.csv"), shop.Store.Result("run-0", "rejects.csv"), shop.Store.Result("run-0", "manifest.json"),
        .. shop.Store.Uploads.Snapshot().Select(file => $"{file.Key} {Convert.ToBase64String(file.Value)}"),
        .. shop.Store.Quarantine.Snapshot().Select(file => $"{file.Key} {Convert.ToBase64String(file.Value)}"),
    ];

    private static async Task AssertErasedAsync(ErasureStore shop, string runId, JsonElement before, string[] others, string id)
    {
        Assert.Empty(shop.Find(id));
        Assert.Null(await shop.Store.Lookup().FindAsync(id, Token));
        Assert.Equal(others, shop.Measures(runId, id), StringComparer.Ordinal);
        Assert.Equal(before.GetProperty("uploads").GetArrayLength(), shop.Ledger(runId).GetProperty("uploads").GetArrayLength());
        JsonElement total = shop.Ledger(runId).GetProperty("total");
        Assert.Equal(ErasureStore.Number(before.GetProperty("total"), "rows"), ErasureStore.Number(total, "rows"));
        Assert.Equal(
            before.GetProperty("total").GetProperty("revenue").GetProperty("rows").GetString(), total.GetProperty("revenue").GetProperty("rows").GetString());
        Assert.Equal(ErasedRows, total.GetProperty("rejected").GetProperty("erased-customer").GetInt64());
    }
}
