using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Storage;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>What a durable engine asks of the workflow: activities that may run twice, replay, and going on after a crash.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("30")]
    public async Task Each_activity_run_twice_leaves_the_same_blobs_and_results(string window)
    {
        Store store = new Store().WithThreeGroups();
        RunRequest request = Store.Request("run-1", ("rfm.window", window));
        var names = new List<string>();
        var context = new RecordingContext(request, store.Activities, [])
        {
            Everything = store.Everything,
            OnSecond = (name, before, after) =>
            {
                names.Add(name);
                Assert.True(string.Equals(before, after, StringComparison.Ordinal), $"{name} run twice:\n{before}\n\n{after}");
            },
        };
        RunOutcome outcome = await SegmentationWorkflow.RunAsync(context, request);
        Assert.Equal(RunStatus.Completed, outcome.Status);
        Assert.Equal(
            typeof(ActivityNames).GetFields().Select(field => field.Name).Order(StringComparer.Ordinal),
            names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

        Store once = new Store().WithThreeGroups();
        await once.RunAsync("run-1", ("rfm.window", window));
        Assert.Equal(once.Results("run-1"), store.Results("run-1"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("30")]
    public async Task A_repetition_that_comes_after_the_end_of_the_run_changes_nothing(string window)
    {
        Store store = new Store().WithThreeGroups();
        var context = new RecordingContext(Store.Request("run-1", ("rfm.window", window)), store.Activities, []);
        await SegmentationWorkflow.RunAsync(context, Store.Request("run-1", ("rfm.window", window)));
        string results = store.Results("run-1");
        store.Drop("later.csv", "7001,A1,Lamp,1,2024-05-30 10:00:00,9.00,k1,UK\n");
        await store.RunAsync("run-2");

        foreach ((string name, string input) in context.Calls)
        {
            using JsonDocument sent = JsonDocument.Parse(input);
            await store.Activities.InvokeAsync(name, sent.RootElement, TestContext.Current.CancellationToken);
            Assert.True(results == store.Results("run-1"), $"{name} changed the results of a finished run.");
            Assert.Equal("run-2", await store.Segments.FindCurrentRunAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("30")]
    public async Task Replayed_from_every_prefix_of_its_history_the_workflow_makes_the_same_calls(string window)
    {
        Store store = new Store().WithThreeGroups();
        RunRequest request = Store.Request("run-1", ("rfm.window", window));
        var first = new RecordingContext(request, store.Activities, []);
        RunOutcome outcome = await SegmentationWorkflow.RunAsync(first, request);
        Assert.True(first.Calls.Count > 12);
        for (int known = 0; known <= first.Results.Count; known++)
        {
            var replay = new RecordingContext(request, null, first.Results[..known]);
            Task<RunOutcome> run = SegmentationWorkflow.RunAsync(replay, request);
            Assert.Equal(known == first.Results.Count, run.IsCompleted);
            Assert.True(replay.Calls.Count >= known && replay.Calls.SequenceEqual(first.Calls[..replay.Calls.Count]), $"The calls differ after {known} results.");
            if (run.IsCompleted)
            {
                Assert.Equal(outcome, await run);
            }
        }
    }

    [Fact]
    public async Task Messages_between_steps_hold_names_and_numbers_and_no_customers()
    {
        Store store = new Store().WithThreeGroups();
        RunRequest request = Store.Request("run-1");
        var context = new RecordingContext(request, store.Activities, []);
        await SegmentationWorkflow.RunAsync(context, request);
        foreach (string message in context.Calls.Select(call => call.Input).Concat(context.Results.Select(result => result.GetRawText())))
        {
            Assert.DoesNotContain("\"k1", message, StringComparison.Ordinal);
            Assert.InRange(message.Length, 2, 600);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_is_made_good_by_running_again_with_the_same_id(bool afterWriting)
    {
        var count = new WriteFaults();
        Store whole = new Store(count).WithThreeGroups();
        (string, string)[] options = [("selection.maxClusters", "3"), ("workflow.shards", "2")];
        RunOutcome outcome = await whole.RunAsync("run-1", options);
        Assert.True(count.Writes > 30);
        string quarantine = Describe(whole.Quarantine);
        for (int write = 1; write <= count.Writes; write++)
        {
            var faults = new WriteFaults { FailAt = write, AfterWriting = afterWriting };
            Store store = new Store(faults).WithThreeGroups();
            await Assert.ThrowsAsync<PowerCutException>(() => store.RunAsync("run-1", options));
            Assert.Equal(outcome, await store.RunAsync("run-1", options));
            Assert.True(whole.Results("run-1") == store.Results("run-1"), $"The results differ after a crash at write {write}.");
            Assert.Equal(quarantine, Describe(store.Quarantine));
            Assert.Equal("run-1", await store.Segments.FindCurrentRunAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_finished_run_that_is_run_again_writes_nothing()
    {
        var faults = new WriteFaults();
        Store store = new Store(faults).WithThreeGroups();
        RunOutcome outcome = await store.RunAsync("run-1");
        int writes = faults.Writes;
        Assert.Equal(outcome, await store.RunAsync("run-1"));
        Assert.Equal(writes, faults.Writes);
    }

    [Fact]
    public async Task A_history_of_another_version_is_refused()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        store.Runs[RunBlobs.History("run-1", 1)] = """{"activity":"SomethingElse","input":{},"output":{}}""";
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => store.RunAsync("run-1"));
        Assert.Contains("SomethingElse", fault.Message, StringComparison.Ordinal);
        Store other = new Store().WithThreeGroups();
        await other.RunAsync("run-1");
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.RunAsync("run-1", ("rfm.window", "30")));
        await Assert.ThrowsAsync<ArgumentException>(
            () => store.Activities.InvokeAsync("NoSuchActivity", JsonElement.Parse("{}"), TestContext.Current.CancellationToken));
    }

    private static string Describe(MemoryContainer container) =>
        string.Join('\n', container.Snapshot().Select(blob => $"{blob.Key} {Convert.ToBase64String(blob.Value)}"));
}
