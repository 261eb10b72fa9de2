using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>When uploads are settled, and in which order they were seen.</summary>
public sealed class UploadWatchTests
{
    private const string Row = "1,A,Lamp,1,2024-01-01 10:00:00,10.00,k,UK\n";
    private const string Corrected = "1,A,Lamp,1,2024-01-01 10:00:00,25.00,k,UK\n";
    private static readonly DateTime Start = new(2024, 6, 30, 0, 0, 0, DateTimeKind.Utc);
    private static readonly SegmentationOptions Options = new();

    private readonly Store _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_wanted_when_nothing_has_changed_for_the_time_to_settle()
    {
        var watch = new UploadWatch(_store.Storage, Options);
        Assert.False((await watch.LookAsync(Start, Token)).WantsRun);
        _store.Drop("a.csv", Row);
        Assert.False((await watch.LookAsync(Start.AddSeconds(1), Token)).WantsRun);
        _store.Drop("a.csv", Row + Row);
        Assert.False((await watch.LookAsync(Start.AddSeconds(4), Token)).WantsRun);
        Assert.False((await watch.LookAsync(Start.AddSeconds(8), Token)).WantsRun);
        Assert.True((await watch.LookAsync(Start.AddSeconds(9), Token)).WantsRun);
    }

    [Fact]
    public async Task A_file_that_grows_for_ever_does_not_hold_up_the_others_for_ever()
    {
        var watch = new UploadWatch(_store.Storage, Options);
        _store.Drop("a.csv", Row);
        int second = 0;
        bool wants = false;
        for (; second < 100 && !wants; second++)
        {
            _store.Drop("growing.csv", string.Concat(Enumerable.Repeat(Row, second + 1)));
            wants = (await watch.LookAsync(Start.AddSeconds(second), Token)).WantsRun;
        }

        Assert.Equal(51, second);
    }

    [Fact]
    public async Task A_run_takes_only_what_was_seen_settled_and_in_the_order_in_which_it_was_seen()
    {
        var watch = new UploadWatch(_store.Storage, Options);
        _store.Drop("z.csv", Row);
        await watch.LookAsync(Start.AddDays(-1), Token);
        _store.Drop("a.csv", Corrected);
        await watch.LookAsync(Start.AddHours(-1), Token);
        _store.Drop("growing.csv", "2,A,Lamp,1,2024-01-02 10:00:00,1.00,k,UK\n");
        await watch.LookAsync(Start.AddDays(1), Token);
        _store.Drop("unseen.csv", "3,A,Lamp,1,2024-01-02 10:00:00,1.00,k,UK\n");

        await _store.RunAsync(Store.Request("run-1") with { OnlySettled = true }, 1);

        IReadOnlyList<Core.Transactions.UploadRecord> records = await UploadRecords.ReadAsync(_store.Clean, Token);
        Assert.Equal([("z.csv", Start.AddDays(-1)), ("a.csv", Start.AddHours(-1))], records.Select(record => (record.Name, record.FirstSeen)));
        Assert.Contains("k,1,1,25.00", _store.Result("run-1", "customers.csv"), StringComparison.Ordinal);

        watch.Forget();
        Assert.Equal(["growing.csv", "unseen.csv"], (await watch.LookAsync(Start.AddDays(1), Token)).Pending.Select(upload => upload.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_was_seen_outlives_the_process()
    {
        _store.Drop("a.csv", Row);
        await new UploadWatch(_store.Storage, Options).LookAsync(Start, Token);
        UploadObservation later = await new UploadWatch(_store.Storage, Options).LookAsync(Start.AddHours(1), Token);
        Assert.Equal(Start, Assert.Single(later.Pending).Since);
        Assert.True(later.WantsRun);
    }

    [Fact]
    public async Task Cleaned_ignored_and_customer_files_are_not_pending()
    {
        _store.WithThreeGroups();
        await _store.RunAsync("run-1", [.. OptionCatalog.Describe(Options).Select(option => (option.Key, option.Value))]);
        UploadObservation look = await new UploadWatch(_store.Storage, Options).LookAsync(Start, Token);
        Assert.Empty(look.Pending);
        Assert.False(look.WantsRun);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_does_not_make_uploads_wait_for_the_time_to_come_again()
    {
        var watch = new UploadWatch(_store.Storage, Options);
        _store.Drop("a.csv", Row);
        await watch.LookAsync(Start, Token);
        await watch.LookAsync(Start.AddDays(-10), Token);
        Assert.True((await watch.LookAsync(Start.AddDays(-10).AddSeconds(5), Token)).WantsRun);
    }

    [Fact]
    public async Task A_file_that_could_not_be_read_is_read_as_soon_as_it_can_be_and_asks_for_no_run_before()
    {
        _store.Drop("a.csv", Row);
        await _store.Activities.PlanRunAsync(Store.Request("run-1"), Token);
        string text = _store.Uploads["a.csv"];
        await _store.Uploads.DeleteAsync("a.csv", Token);
        await _store.RunAsync("run-1");
        Assert.True(Assert.Single(await UploadRecords.ReadAsync(_store.Clean, Token)).IsUnread);
        var watch = new UploadWatch(_store.Storage, Options);
        Assert.Empty((await watch.LookAsync(Start, Token)).Pending);

        _store.Uploads["a.csv"] = text;
        Assert.Single((await watch.LookAsync(Start, Token)).Pending);
        await _store.RunAsync("run-2");
        Assert.Contains("k,1,1,10.00", _store.Result("run-2", "customers.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_cleaned_counts_until_another_content_of_the_name_can_be_read()
    {
        _store.Drop("a.csv", Row);
        await _store.RunAsync("run-1");
        _store.Drop("a.csv", Corrected);
        RunRequest request = Store.Request("run-2");
        await _store.Activities.PlanRunAsync(request, Token);
        await _store.Uploads.DeleteAsync("a.csv", Token);
        await _store.RunAsync("run-2");
        Assert.Contains("k,1,1,10.00", _store.Result("run-2", "customers.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_content_that_came_after_the_plan_is_left_for_the_next_run_and_counts_as_seen_then()
    {
        var watch = new UploadWatch(_store.Storage, Options);
        _store.Drop("z.csv", Row);
        await watch.LookAsync(Start.AddHours(-2), Token);
        _store.Drop("a.csv", Corrected);
        await watch.LookAsync(Start.AddHours(-1), Token);
        RunRequest first = Store.Request("run-1") with { OnlySettled = true };
        await _store.Activities.PlanRunAsync(first, Token);
        _store.Drop("z.csv", Row.Replace("10.00,k", "30.00,k", StringComparison.Ordinal));
        await _store.RunAsync(first, 1);
        Assert.Contains("k,1,1,25.00", _store.Result("run-1", "customers.csv"), StringComparison.Ordinal);

        watch.Forget();
        await watch.LookAsync(Start.AddMinutes(-1), Token);
        await _store.RunAsync(Store.Request("run-2") with { OnlySettled = true }, 1);
        Assert.Contains("k,1,1,30.00", _store.Result("run-2", "customers.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_of_the_same_size_and_time_is_another_where_the_storage_says_so()
    {
        var watch = new UploadWatch(_store.Storage, Options);
        _store.Drop("a.csv", Row);
        await watch.LookAsync(Start, Token);
        _store.Uploads.Overwrite("a.csv", Store.Header + Corrected);
        UploadObservation look = await watch.LookAsync(Start.AddSeconds(6), Token);
        Assert.Equal(Start.AddSeconds(6), Assert.Single(look.Pending).Since);
        Assert.False(look.WantsRun);

        await _store.RunAsync(Store.Request("run-1"), 1);
        watch.Forget();
        Assert.Empty((await watch.LookAsync(Start.AddSeconds(12), Token)).Pending);
        _store.Uploads.Overwrite("a.csv", Store.Header + Row);
        Assert.Single((await watch.LookAsync(Start.AddSeconds(13), Token)).Pending);
    }

    [Fact]
    public async Task Sightings_and_records_of_before_versions_are_read()
    {
        _store.Drop("a.csv", Row);
        BlobEntry upload = (await _store.Uploads.FindAsync("a.csv", Token))!;
        string time = System.Text.Json.JsonSerializer.Serialize(upload.LastModified);
        _store.Clean["sightings.json"] =
            $$"""{"uploads":[{"name":"a.csv","bytes":{{upload.Length}},"lastModified":{{time}},"since":"2024-06-01T00:00:00Z"}]}""";
        SightedUpload seen = Assert.Single((await new UploadWatch(_store.Storage, Options).LookAsync(Start, Token)).Pending);
        Assert.Equal((new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc), null), (seen.Since, seen.Version));

        await _store.RunAsync("run-1", [.. OptionCatalog.Describe(Options).Select(option => (option.Key, option.Value))]);
        string record = CleanBlobs.Record(Core.Transactions.UploadRecord.IdOf("a.csv"));
        string written = _store.Clean[record];
        string before = System.Text.RegularExpressions.Regex.Replace(
            written, "\\s*\"version\":\\s*\"[^\"]*\",?", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.NotEqual(written, before, StringComparer.Ordinal);
        _store.Clean[record] = before;
        Assert.Empty((await new UploadWatch(_store.Storage, Options).LookAsync(Start, Token)).Pending);
        _store.Drop("a.csv", Corrected);
        Assert.Single((await new UploadWatch(_store.Storage, Options).LookAsync(Start, Token)).Pending);
    }
}
