using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Runs;
using Segmentation.Functions.Tests.Support;
using Segmentation.Reporting;

namespace Segmentation.Functions.Tests;

/// <summary>What is stored changes while no run reads it.</summary>
public sealed class ChangeTests
{
    public static IEnumerable<TheoryDataRow<string>> Activities =>
        [new("BeginRun"), new("PlanRun"), new("CleanPlannedUpload"), new("AggregateShard"), new("FitCandidate"), new("PublishShard"), new("WriteReport"), new("ActivateRun")];

    [Theory]
    [MemberData(nameof(Activities))]
    public async Task A_customer_erased_during_any_step_of_a_run_is_in_nothing_that_it_writes(string activity)
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunAsync();
        app.Clock.AdvanceTo(app.Clock.Now.AddDays(1));
        await app.TickAsync();
        int before = app.Engine.Invoked.Count;
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Skip(before).Any(call => call.Name == activity));
        Task<HttpAnswer> erase = app.SendAsync("DELETE", "/api/customers/k1");
        await app.Engine.RunWhileAsync(erase);
        Assert.Equal(200, (await erase).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/api/segments/k1")).Status);
        await app.Engine.RunAsync();
        IReadOnlyList<RunRecord> runs = await app.RunsAsync();
        Assert.All(runs, run => Assert.Equal(RunStatus.Completed, run.Status));
        Assert.Equal(runs[0].RunId, await app.Store.Segments.FindCurrentRunAsync(default));
        Assert.All(runs, run => Assert.DoesNotContain("\nk1,", app.Store.Result(run.RunId, "customers.csv"), StringComparison.Ordinal));
        Assert.DoesNotContain(app.Store.Segments.Snapshot(), row => row.Contains("CustomerId = k1,", StringComparison.Ordinal));
        Assert.Equal(404, (await app.SendAsync("GET", "/api/customers/k1/data")).Status);
        Assert.DoesNotContain(app.Store.Clean.Snapshot().Keys, name => name.StartsWith("holds/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_activity_works_while_a_change_is_made_and_the_run_starts_over_under_its_id()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Any(call => call.Name == "FitCandidate"));
        var changed = new TaskCompletionSource();
        bool isInside = false;
        Task change = Host(app).ChangeAloneAsync(
            RunCause.Erasure,
            async _ =>
            {
                isInside = true;
                Assert.DoesNotContain(app.Store.Runs.Snapshot().Keys, name => name.Contains("/steps/", StringComparison.Ordinal));
                await changed.Task;
            },
            default);
        await app.Engine.RunUntilAsync(() => isInside || change.IsCompleted);
        for (int look = 0; look < 50 && !isInside; look++)
        {
            app.Clock.AdvanceTo(app.Clock.Now.AddSeconds(1));
            await app.Engine.RunUntilAsync(() => isInside);
        }

        Assert.True(isInside);
        int worked = app.Engine.Invoked.Count;
        await app.TellAsync("c.csv");
        int steps = 0;
        await app.Engine.RunUntilAsync(() => steps++ > 30);
        Assert.All(app.Engine.Invoked.Skip(worked), call => Assert.Equal("BeginRun", call.Name));
        changed.SetResult();
        await app.Engine.RunWhileAsync(change);
        await app.Engine.RunAsync();
        Assert.All(await app.RunsAsync(), run => Assert.Equal(RunStatus.Completed, run.Status));
        Assert.Equal(2, app.Engine.Invoked.Count(call => call.Name == "PlanRun" && call.Input.Contains("20240701-030000-000", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_activity_begins_nothing_while_the_store_is_held()
    {
        using var app = new App();
        StoreHolds holds = app.Services.GetRequiredService<StoreHolds>();
        StoreHold hold = await holds.TakeAsync(default);
        Assert.True(IsStopped(await app.InvokeAsync("PlanRun", "{}")));
        await hold.DisposeAsync();
        Assert.Null(await holds.FindAsync(default));
    }

    [Fact]
    public async Task An_activity_under_way_stops_when_the_store_is_held()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Any(call => call.Name == "PlanRun"));
        var endless = new EndlessUploads(app.Store.Uploads);
        SegmentationStorage storage = app.Store.Storage with { Uploads = endless };
        var invoker = new ActivityInvoker(
            new SegmentationActivities(storage, app.Clock, new HtmlRunReport()), storage, app.Services.GetRequiredService<StoreHolds>(), app.Clock);
        Task<JsonElement> call = invoker.InvokeAsync(
            "CleanUpload", WorkflowMessages.ToJson(new CleanUploadInput("20240701-030000-000", 0)), default);
        await endless.Opened;
        Assert.False(call.IsCompleted);
        app.Store.Clean["holds/another.json"] = """{"until":"2025-01-01T00:00:00Z"}""";
        app.Clock.AdvanceTo(app.Clock.Now.AddSeconds(2));
        Assert.True(IsStopped((await call).GetRawText()));
    }

    [Fact]
    public async Task A_process_that_is_stopped_throws_so_that_the_activity_is_delivered_again()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Any(call => call.Name == "PlanRun"));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.Services.GetRequiredService<ActivityInvoker>().InvokeAsync(
            "CleanUpload", WorkflowMessages.ToJson(new CleanUploadInput("20240701-030000-000", 0)), stopped.Token));
    }

    [Fact]
    public async Task Holds_come_one_after_the_other_and_one_that_was_left_behind_counts_no_more()
    {
        using var app = new App();
        StoreHolds holds = app.Services.GetRequiredService<StoreHolds>();
        StoreHold first = await holds.TakeAsync(default);
        Task<StoreHold> second = holds.TakeAsync(default);
        app.Clock.AdvanceTo(app.Clock.Now.AddSeconds(30));
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await app.Engine.RunWhileAsync(second);
        await (await second).DisposeAsync();

        app.Store.Clean["holds/00000000000000000-dead.json"] = """{"until":"2024-07-01T03:02:30Z"}""";
        Task<StoreHold> third = holds.TakeAsync(default);
        await app.Engine.RunWhileAsync(third);
        Assert.True(app.Clock.Now >= new DateTimeOffset(2024, 7, 1, 3, 2, 30, TimeSpan.Zero));
        await (await third).DisposeAsync();
        Assert.Empty(app.Store.Clean.Snapshot());
    }

    [Fact]
    public async Task A_change_gives_up_when_a_run_does_not_stop_in_time()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Any(call => call.Name == "PlanRun"));
        bool isChanged = false;
        Task change = Host(app).ChangeAloneAsync(
            RunCause.Erasure,
            _ =>
            {
                isChanged = true;
                return Task.CompletedTask;
            },
            default);

        // The engine stands still.
        for (int second = 0; second < 300 && !change.IsCompleted; second++)
        {
            app.Clock.AdvanceTo(app.Clock.Now.AddSeconds(1));
            await Task.Yield();
        }

        var fault = await Assert.ThrowsAsync<TimeoutException>(() => change);
        Assert.Contains("does not stop", fault.Message, StringComparison.Ordinal);
        Assert.False(isChanged);
        await app.Engine.RunAsync();
        Assert.Equal(RunStatus.Completed, Assert.Single(await app.RunsAsync()).Status);
    }

    [Fact]
    public async Task A_change_that_has_begun_goes_on_when_the_caller_is_cut_off_and_asked_for_again_it_is_answered()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunAsync();
        using var caller = new CancellationTokenSource();
        bool isDone = false;
        RunTicket ticket = await Host(app).ChangeAloneAsync(
            RunCause.Erasure,
            async token =>
            {
                await caller.CancelAsync();
                await app.Services.GetRequiredService<RunParts>().Erasure.EraseAsync("k1", token);
                isDone = true;
            },
            caller.Token);
        Assert.True(isDone);
        HttpAnswer again = await app.SendAsync("DELETE", "/api/customers/k1");
        Assert.Equal(200, again.Status);
        await app.Engine.RunAsync();
        Assert.Equal((ticket.RunId, RunStatus.Completed), ((await app.RunsAsync())[0].RunId, (await app.RunsAsync())[0].Status));
        Assert.DoesNotContain("\nk1,", app.Store.Result(ticket.RunId, "customers.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_fails_is_followed_by_its_run_and_the_run_that_it_stopped_goes_on()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Any(call => call.Name == "FitCandidate"));
        Task change = Host(app).ChangeAloneAsync(RunCause.Erasure, _ => throw new IOException("The storage is busy."), default);
        await Assert.ThrowsAsync<IOException>(() => app.Engine.RunWhileAsync(change));
        await app.Engine.RunAsync();
        Assert.Equal<RunStatus>([RunStatus.Completed, RunStatus.Completed], [.. (await app.RunsAsync()).Select(run => run.Status)]);
        Assert.Null(await app.Store.Segments.FindRequestAsync(default));
        Assert.DoesNotContain(app.Store.Clean.Snapshot().Keys, name => name.StartsWith("holds/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upload_withdrawn_during_a_run_is_not_in_its_results()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Any(call => call.Name == "FitCandidate"));
        Task<HttpAnswer> withdraw = app.SendAsync("DELETE", $"/api/uploads/{Core.Transactions.UploadRecord.IdOf("c.csv")}");
        await app.Engine.RunWhileAsync(withdraw);
        Assert.Equal(202, (await withdraw).Status);
        await app.Engine.RunAsync();
        IReadOnlyList<RunRecord> runs = await app.RunsAsync();
        Assert.All(runs, run => Assert.Equal(RunStatus.Completed, run.Status));
        Assert.DoesNotContain("\"c.csv\"", app.Store.Result(runs[0].RunId, "ledger.json"), StringComparison.Ordinal);
    }

    private static bool IsStopped(string answer) => ActivityAnswer.Read(JsonElement.Parse(answer)).IsStopped;

    private static DurableRunHost Host(App app) => new(app.Engine, app.Services.GetRequiredService<RunParts>());

    /// <summary>Uploads that are never read to their end.</summary>
    private sealed class EndlessUploads(IBlobContainer inner) : IBlobContainer
    {
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Opened => _opened.Task;

        public async Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken)
        {
            _opened.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            throw new InvalidOperationException("It is endless.");
        }

        public Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
            inner.WriteAsync(name, write, cancellationToken);

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

        public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => inner.ExistsAsync(name, cancellationToken);

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
    }
}
