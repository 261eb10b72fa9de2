using System.Text.Json;
using Microsoft.DurableTask.Client;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Tests.Support;
using Segmentation.Numerics;
using Segmentation.Reporting;

namespace Segmentation.Functions.Tests;

/// <summary>A run through the functions: the same results as in one process, whatever the engine does.</summary>
public sealed class RunTests
{
    private static readonly string[] Files = ["customers.csv", "profiles.json", "model-selection.json", "ledger.json", "rejects.csv", "report.html"];

    [Theory]
    [InlineData("none")]
    [InlineData("30")]
    public async Task A_run_through_the_functions_gives_the_bytes_of_a_run_in_one_process(string window)
    {
        using App app = await RunAsync(options: ("rfm.window", window));
        RunRecord run = Assert.Single(await app.RunsAsync());
        Assert.Equal((RunStatus.Completed, RunCause.Schedule), (run.Status, run.Cause));
        Assert.Equal(run.RunId, await app.Store.Segments.FindCurrentRunAsync(default));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, app.Engine[run.RunId].Status);

        Store plain = new Store().WithThreeGroups();
        var activities = new SegmentationActivities(plain.Storage, new FixedClock(DateTimeOffset.UnixEpoch), new HtmlRunReport());
        var request = new RunRequest(
            run.RunId, run.RequestedAt!.Value, "en", OptionCatalog.Describe(App.Settings(("rfm.window", window)).Options));
        await new InProcessRunner(activities, plain.Runs, 2).RunAsync(request, TestContext.Current.CancellationToken);
        AssertSameResults(plain, app, run.RunId);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public async Task Each_activity_twice_and_in_any_order_changes_nothing(ulong seed)
    {
        using App once = await RunAsync();
        using App twice = await RunAsync(new App(deliveries: 2, order: new Xoshiro256StarStar(seed)));
        string runId = Assert.Single(await twice.RunsAsync()).RunId;
        AssertSameResults(once.Store, twice, runId);
        Assert.Equal(2 * once.Engine.Invoked.Count, twice.Engine.Invoked.Count);
    }

    [Fact]
    public async Task A_delivery_that_comes_after_the_end_changes_nothing()
    {
        using App app = await RunAsync();
        string first = Assert.Single(await app.RunsAsync()).RunId;
        (string Name, string Input)[] late = [.. app.Engine.Invoked];
        app.Store.Drop("later.csv", "7001,A1,Lamp,1,2024-05-30 10:00:00,9.00,k1,UK\n");
        await app.TellAsync("later.csv");
        await app.Engine.RunAsync();
        app.Store.Drop("not-yet.csv", "7002,A1,Lamp,1,2024-05-30 10:00:00,9.00,k1,UK\n");
        string second = (await app.RunsAsync())[0].RunId;
        string rows = string.Join('\n', app.Store.Segments.Snapshot());
        string[] results = [.. Files.Select(file => app.Store.Result(first, file))];
        foreach ((string name, string input) in late)
        {
            await app.InvokeAsync(name, input);
            Assert.Equal(second, await app.Store.Segments.FindCurrentRunAsync(default));
            Assert.True(rows == string.Join('\n', app.Store.Segments.Snapshot()), $"{name} changed what readers see.");
            Assert.DoesNotContain(app.Store.Runs.Snapshot().Keys, blob => blob.Contains("/steps/", StringComparison.Ordinal));
            Assert.True(results.SequenceEqual(Files.Select(file => app.Store.Result(first, file)), StringComparer.Ordinal), $"{name} changed the results of a finished run.");
        }
    }

    [Fact]
    public async Task Replayed_from_every_prefix_of_its_history_the_orchestrator_decides_the_same()
    {
        using App app = await RunAsync(options: ("rfm.window", "30"));
        Replays.AssertSameDecisions(app.Engine[Assert.Single(await app.RunsAsync()).RunId]);
    }

    [Fact]
    public async Task Messages_are_small_and_name_no_customers()
    {
        using App app = await RunAsync();
        Assert.All(app.Engine.Invoked, call =>
        {
            Assert.DoesNotContain("\"k1", call.Input, StringComparison.Ordinal);
            Assert.InRange(call.Input.Length, 2, 4_000);
        });
    }

    [Fact]
    public async Task Progress_is_in_the_custom_status_and_in_the_answer_of_the_api()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        var seen = new List<string>();
        while (await app.Engine.StepAsync())
        {
            HttpAnswer answer = await app.SendAsync("GET", "/api/runs/20240701-030000-000");
            if (answer.Json.TryGetProperty("progress", out JsonElement progress) && progress.ValueKind == JsonValueKind.Object)
            {
                int done = progress.GetProperty("done").GetInt32();
                Assert.InRange(done, 0, progress.GetProperty("total").GetInt32());
                seen.Add(progress.GetProperty("step").GetString()!);
            }
        }

        Assert.Equal<string>(["clean", "aggregate", "fit", "select", "publish", "report", "activate"], [.. seen.Distinct(StringComparer.Ordinal).Where(step => step != "plan")]);
    }

    [Fact]
    public async Task Uploads_without_a_purchase_end_a_run_without_results()
    {
        using var app = new App();
        app.Store.Uploads["notes.txt"] = "this is no table";
        app.Store.Uploads["empty.csv"] = "";
        await app.TellAsync("notes.txt");
        await app.Engine.RunAsync();
        RunRecord run = Assert.Single(await app.RunsAsync());
        Assert.Equal(RunStatus.NothingUsable, run.Status);
        Assert.NotNull(run.Message);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, app.Engine[run.RunId].Status);
        Assert.Contains("notes.txt.error.json", app.Store.Quarantine.Snapshot().Keys, StringComparer.Ordinal);
        Assert.Contains("empty.csv.error.json", app.Store.Quarantine.Snapshot().Keys, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_passes_is_tried_again_and_one_that_stays_fails_the_run()
    {
        using var app = new App(options: ("workflow.settleSeconds", "0"));
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Any(call => call.Name == "MergeSummaries"));
        string inputs = "20240701-030000-000/steps/inputs.json";
        string kept = app.Store.Runs[inputs];
        await app.Store.Runs.DeleteAsync(inputs, default);
        await app.Engine.RunUntilAsync(() => app.Clock.Now > new DateTimeOffset(2024, 7, 1, 3, 0, 12, TimeSpan.Zero));
        app.Store.Runs[inputs] = kept;
        await app.Engine.RunAsync();
        Assert.Equal(RunStatus.Completed, Assert.Single(await app.RunsAsync()).Status);

        app.Clock.AdvanceTo(app.Clock.Now.AddDays(1));
        await app.TickAsync();
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Count(call => call.Name == "MergeSummaries") > 1);
        string second = (await app.RunsAsync())[0].RunId;
        app.Store.Runs[$"{second}/steps/inputs.json"] = "damaged";
        await app.Engine.RunAsync();
        RunRecord failed = (await app.RunsAsync())[0];
        Assert.Equal(RunStatus.Failed, failed.Status);
        Assert.Contains("inputs.json", failed.Message, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, app.Engine[second].Status);
        Assert.Equal("20240701-030000-000", await app.Store.Segments.FindCurrentRunAsync(default));
    }

    private static async Task<App> RunAsync(App? app = null, params (string Key, string Value)[] options)
    {
        app ??= new App(options: options);
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunAsync();
        return app;
    }

    private static void AssertSameResults(Store expected, App app, string runId) => Assert.All(
        Files, file => Assert.True(expected.Result(runId, file) == app.Store.Result(runId, file), $"{file} differs."));
}
