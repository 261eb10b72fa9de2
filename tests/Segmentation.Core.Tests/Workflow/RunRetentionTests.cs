using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Storage;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>What is removed when it is of no use any more, and what never is.</summary>
public sealed class RunRetentionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_current_run_and_the_newest_others_stay_whole_and_the_rest_goes()
    {
        Store store = await WithRunsAsync(new Store());
        await store.Segments.SetCurrentRunAsync("run-1", Token);

        IReadOnlyList<string> removed = await Retention(store).SweepAsync(2, Token);

        Assert.Equal(["run-3", "run-2"], removed);
        Assert.Equal(["run-5", "run-4", "run-1"], (await store.Segments.ListRunsAsync(Token)).Select(run => run.RunId), StringComparer.Ordinal);
        Assert.Equal(["run-1", "run-4", "run-5"], store.Runs.Snapshot().Keys.Select(name => name.Split('/')[0]).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.NotNull(await store.Lookup().FindAsync("k1", Token));
        Assert.Contains("customer_id", store.Result("run-4", "customers.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_steps_of_ended_runs_left_goes_and_a_run_in_progress_keeps_it()
    {
        Store store = await WithRunsAsync(new Store());
        RunRecord last = (await store.Segments.FindRunAsync("run-5", Token))!;
        await store.Segments.SaveRunAsync(last with { Status = RunStatus.Running }, Token);

        await Retention(store).SweepAsync(10, Token);

        string[] left = [.. store.Runs.Snapshot().Keys.Where(name => name.Contains("/steps/", StringComparison.Ordinal) || name.Contains("/history/", StringComparison.Ordinal))];
        Assert.NotEmpty(left);
        Assert.All(left, name => Assert.StartsWith("run-5/", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cleaned_rows_that_no_record_names_go()
    {
        Store store = await WithRunsAsync(new Store());
        string[] before = [.. store.Clean.Snapshot().Keys];
        store.Drop("c.csv", "1,A,Lamp,1,2024-01-01 10:00:00,10.00,k,UK\n");
        await store.RunAsync("run-6");
        await Retention(store).SweepAsync(10, Token);
        Assert.Equal(before.Length, store.Clean.Snapshot().Count);
        await store.RunAsync("run-7");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sweep_that_is_cut_off_anywhere_is_finished_by_the_next(bool afterWriting)
    {
        var faults = new WriteFaults();
        Store store = await WithRunsAsync(new Store(faults), runs: 3);
        string? end = null;
        int first = faults.Writes;
        await Retention(store).SweepAsync(1, Token);
        int writes = faults.Writes - first;
        Assert.True(writes > 20);
        end = Names(store);
        for (int write = 1; write <= writes; write += 5)
        {
            var cut = new WriteFaults();
            Store other = await WithRunsAsync(new Store(cut), runs: 3);
            cut.FailAt = cut.Writes + write;
            cut.AfterWriting = afterWriting;
            await Assert.ThrowsAsync<PowerCutException>(() => Retention(other).SweepAsync(1, Token));
            await Retention(other).SweepAsync(1, Token);
            Assert.Equal(end, Names(other));
        }
    }

    private static RunRetention Retention(Store store) => new(store.Storage, new CurrentRun(store.Storage, TimeProvider.System));

    private static string Names(Store store) => string.Join('\n', store.Runs.Snapshot().Keys.Concat(store.Clean.Snapshot().Keys).Concat(store.Segments.Snapshot()));

    private static async Task<Store> WithRunsAsync(Store store, int runs = 5)
    {
        store.WithThreeGroups();
        for (int run = 1; run <= runs; run++)
        {
            await store.RunAsync($"run-{run}", ("selection.algorithms", "none"));
        }

        return store;
    }
}
