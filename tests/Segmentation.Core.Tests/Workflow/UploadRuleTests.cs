using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>Which upload counts, and what becomes of those that cannot be used.</summary>
public sealed class UploadRuleTests
{
    private const string Invoice = "1,A,Lamp,1,2024-01-01 10:00:00,10.00,k,UK\n";
    private const string Corrected = "1,A,Lamp,1,2024-01-01 10:00:00,25.00,k,UK\n";

    [Fact]
    public async Task Other_bytes_under_the_same_name_replace_the_earlier_upload()
    {
        var store = new Store();
        store.Drop("a.csv", Invoice + "2,A,Lamp,1,2024-01-02 10:00:00,1.00,k,UK\n");
        await store.RunAsync("run-1");
        store.Drop("a.csv", Corrected);
        await store.RunAsync("run-2");
        Assert.Equal("k,1,1,25.00", Customer(store, "run-2"));
        Assert.Equal(1, Total(store, "run-2").GetProperty("rows").GetInt32());
    }

    [Theory]
    [InlineData("a.csv", "b.csv", "25.00")]
    [InlineData("b.csv", "a.csv", "10.00")]
    [InlineData("B.csv", "a.csv", "25.00")]
    public async Task Of_files_seen_at_once_the_last_by_name_supplies_an_invoice(string first, string second, string monetary)
    {
        var store = new Store();
        store.Drop(first, Invoice);
        store.Drop(second, Corrected);
        await store.RunAsync("run-1");
        Assert.Equal($"k,1,1,{monetary}", Customer(store, "run-1"));
        Assert.Equal(1, Total(store, "run-1").GetProperty("superseded").GetInt32());
    }

    [Fact]
    public async Task A_file_seen_later_wins_whatever_its_name()
    {
        var store = new Store();
        store.Drop("z.csv", Invoice);
        await store.RunAsync("run-1");
        store.Drop("a.csv", Corrected);
        await store.RunAsync("run-2");
        Assert.Equal("k,1,1,25.00", Customer(store, "run-2"));
        Assert.Equal(["z.csv", "a.csv"], Uploads(store, "run-2").Select(upload => upload.GetProperty("name").GetString()!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_file_that_vanishes_before_it_is_read_is_named_and_the_rest_goes_on()
    {
        var store = new Store();
        store.Drop("a.csv", Invoice);
        store.Drop("b.csv", Corrected);
        RunRequest request = Store.Request("run-1");
        await store.Activities.PlanRunAsync(request, TestContext.Current.CancellationToken);
        await store.Uploads.DeleteAsync("b.csv", TestContext.Current.CancellationToken);

        RunOutcome outcome = await store.RunAsync("run-1");

        Assert.Equal(RunStatus.Completed, outcome.Status);
        Assert.Equal("k,1,1,10.00", Customer(store, "run-1"));
        string? error = Uploads(store, "run-1").Single(upload => upload.GetProperty("name").GetString() == "b.csv").GetProperty("error").GetString();
        Assert.Contains("not there any more", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_file_that_is_gone_stay_when_its_bytes_come_again_under_options_that_cannot_read_them()
    {
        var store = new Store();
        store.Drop("a.csv", Invoice);
        await store.RunAsync("run-1");
        await store.Uploads.DeleteAsync("a.csv", TestContext.Current.CancellationToken);
        store.Drop("b.csv", Invoice);

        await store.RunAsync("run-2", ("import.columns.customer", "No such column"));

        Assert.Equal("k,1,1,10.00", Customer(store, "run-2"));
    }

    [Fact]
    public async Task Cleaning_again_with_other_options_keeps_the_time_first_seen()
    {
        var store = new Store();
        store.Drop("z.csv", Invoice);
        await store.RunAsync("run-1");
        store.Drop("a.csv", Corrected);
        await store.RunAsync("run-2");
        await store.RunAsync("run-3", ("cleaning.nonProductCodes", "none"));
        Assert.Contains("z.csv", store.Runs["run-3/steps/plan.json"], StringComparison.Ordinal);
        Assert.Equal("k,1,1,25.00", Customer(store, "run-3"));
    }

    [Fact]
    public async Task Twins_are_superseded_whole_even_their_rejected_rows()
    {
        var store = new Store();
        const string rows = "1,A,Lamp,1,2024-01-01 10:00:00,10.00,k,UK\n2,A,Lamp,1,2024-01-01 10:00:00,5.00,,UK\nC3,A,Lamp,-1,2024-01-01 10:00:00,2.00,k,UK\n";
        store.Drop("first.csv", rows);
        store.Drop("second.csv", rows);
        await store.RunAsync("run-1");
        JsonElement[] uploads = Uploads(store, "run-1");
        Assert.Equal((3, 0), (uploads[0].GetProperty("superseded").GetInt32(), uploads[0].GetProperty("rejected").EnumerateObject().Count()));
        Assert.Equal("13.00", uploads[0].GetProperty("revenue").GetProperty("superseded").GetString());
        Assert.Equal((0, 1, 1), (
            uploads[1].GetProperty("superseded").GetInt32(), uploads[1].GetProperty("kept").GetInt32(),
            uploads[1].GetProperty("rejected").GetProperty("missing-customer").GetInt32()));
        Assert.Single(store.Result("run-1", "rejects.csv").Split('\n'), line => line.Contains("missing-customer", StringComparison.Ordinal));
        Assert.Equal("k,1,1,8.00", Customer(store, "run-1"));
    }

    [Fact]
    public async Task Cleaned_rows_stay_when_an_old_upload_is_removed()
    {
        var store = new Store();
        store.Drop("a.csv", Invoice);
        await store.RunAsync("run-1");
        await store.Uploads.DeleteAsync("a.csv", TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Completed, (await store.RunAsync("run-2")).Status);
        Assert.Equal("k,1,1,10.00", Customer(store, "run-2"));
    }

    [Fact]
    public async Task An_unusable_upload_is_quarantined_with_the_reason_and_the_rest_goes_on()
    {
        var store = new Store();
        store.Drop("good.csv", Invoice);
        store.Uploads["2024/bad.csv"] = "name,age\nx,1\n";
        RunOutcome outcome = await store.RunAsync("run-1");
        Assert.Equal(RunStatus.Completed, outcome.Status);
        Assert.Equal(["2024/bad.csv", "2024/bad.csv.error.json"], store.Quarantine.Snapshot().Keys, StringComparer.Ordinal);
        Assert.Equal(store.Uploads["2024/bad.csv"], store.Quarantine["2024/bad.csv"]);
        using JsonDocument error = JsonDocument.Parse(store.Quarantine["2024/bad.csv.error.json"]);
        Assert.NotEmpty(error.RootElement.GetProperty("message").GetString()!);
        Assert.NotEmpty(error.RootElement.GetProperty("advice").GetString()!);
        Assert.True(error.RootElement.TryGetProperty("line", out _));
        Assert.NotNull(Uploads(store, "run-1").Single(upload => upload.GetProperty("name").GetString() == "2024/bad.csv").GetProperty("error").GetString());
        Assert.Equal("name,age\nx,1\n", store.Uploads["2024/bad.csv"]);
    }

    [Fact]
    public async Task Without_any_usable_upload_the_run_says_so_and_publishes_nothing()
    {
        var store = new Store();
        Assert.Equal(new RunOutcome(RunStatus.NothingUsable, 0, null, false), await store.RunAsync("run-1"));
        store.Uploads["bad.csv"] = "name,age\nx,1\n";
        Assert.Equal(RunStatus.NothingUsable, (await store.RunAsync("run-2")).Status);
        store.Drop("returns.csv", "C1,A,Lamp,-1,2024-01-01 10:00:00,10.00,k,UK\n");
        Assert.Equal(RunStatus.NothingUsable, (await store.RunAsync("run-3")).Status);
        Assert.Null(await store.Segments.FindCurrentRunAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_store_whose_customers_all_returned_everything_has_rows_and_no_segments()
    {
        var store = new Store();
        store.Drop("a.csv", Invoice + "C2,A,Lamp,-1,2024-01-02 10:00:00,10.00,k,UK\n");
        Assert.Equal(new RunOutcome(RunStatus.Completed, 1, null, true), await store.RunAsync("run-1"));
        Assert.Equal("k,1,1,0.00,,,,,,,non-positive-net", store.Result("run-1", "customers.csv").Split('\n')[1]);
    }

    [Fact]
    public async Task A_stored_record_of_an_upload_comes_back_as_it_was()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        IReadOnlyList<UploadRecord> records = await UploadRecords.ReadAsync(store.Clean, TestContext.Current.CancellationToken);
        Assert.Equal(["2024/a.csv", "2024/b.csv", "c.csv", "notes.txt"], records.Select(record => record.Name), StringComparer.Ordinal);
        foreach (UploadRecord record in records)
        {
            string stored = store.Clean[CleanBlobs.Record(record.Id)];
            await store.Clean.WriteJsonAsync("copy", record, WorkflowJson.Default.UploadRecord, TestContext.Current.CancellationToken);
            Assert.Equal(stored, store.Clean["copy"]);
            Assert.Equal(DateTimeKind.Utc, record.FirstSeen.Kind);
        }
    }

    private static string Customer(Store store, string runId) => string.Join(',', store.Result(runId, "customers.csv").Split('\n')[1].Split(',')[..4]);

    private static JsonElement[] Uploads(Store store, string runId) => [.. Ledger(store, runId).GetProperty("uploads").EnumerateArray()];

    private static JsonElement Total(Store store, string runId) => Ledger(store, runId).GetProperty("total");

    private static JsonElement Ledger(Store store, string runId) => JsonElement.Parse(store.Result(runId, "ledger.json"));
}
