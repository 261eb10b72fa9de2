using Segmentation.Core.Segments;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Tests.Segments.Lookup;

public sealed class CurrentRunTests
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(CurrentRun.DefaultPointerSeconds);

    private readonly PublishedRuns _runs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_run_there_is_none_and_that_too_is_remembered()
    {
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        Assert.Null(await current.FindAsync(Token));
        await PublishCurrentAsync("run-1");
        Assert.Null(await current.FindAsync(Token));
        _runs.Clock.Advance(Age);
        Assert.Equal("run-1", (await current.FindAsync(Token))!.RunId);
    }

    [Fact]
    public async Task The_run_holds_all_that_lookups_need_besides_rows()
    {
        await PublishCurrentAsync("run-1");
        PublishedRun run = (await new CurrentRun(_runs.Storage, _runs.Clock).FindAsync(Token))!;
        Assert.Equal(PublishedRuns.AsOf, run.AsOf);
        Assert.Equal(PublishedRuns.Shards, run.Record.Shards);
        Assert.Equal(Language.English, run.Language);
        Assert.Equal([10, 20, 30, 40], run.Model.Edges.Recency);
        Assert.Equal(11, run.Profiles.Count);
        Assert.Equal("Cluster 1", run.Profile(SegmentProfile.ClusterKind, "1").Name);
        Assert.Equal("Loyal 1", run.Profile(SegmentProfile.NamedKind, "loyal").Name);
        var fault = Assert.Throws<InvalidDataException>(() => run.Profile(SegmentProfile.ClusterKind, "loyal"));
        Assert.Equal("The model of run run-1 is damaged: it describes no segment 'loyal' of kind 'cluster'.", fault.Message);
        Assert.Equal("run-1.20240602", run.Version(new DateOnly(2024, 6, 2)));
    }

    [Fact]
    public async Task The_pointer_is_read_once_in_its_time_and_the_run_once_at_all()
    {
        await PublishCurrentAsync("run-1");
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        PublishedRun? first = await current.FindAsync(Token);
        for (int i = 0; i < 10; i++)
        {
            _runs.Clock.Advance(Age / 10);
            Assert.Same(first, await current.FindAsync(Token));
            Assert.Equal(i < 9 ? 1 : 2, _runs.Store.PointerReads);
        }

        Assert.Equal(1, _runs.Store.RunReads);
    }

    [Fact]
    public async Task Without_an_age_the_pointer_is_read_every_time()
    {
        var current = new CurrentRun(_runs.Storage, _runs.Clock, TimeSpan.Zero);
        for (int i = 1; i <= 4; i++)
        {
            await PublishCurrentAsync($"run-{i}");
            Assert.Equal($"run-{i}", (await current.FindAsync(Token))!.RunId);
        }
    }

    [Fact]
    public async Task Readers_that_come_together_wait_for_one_reading()
    {
        await PublishCurrentAsync("run-1");
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        var read = new TaskCompletionSource();
        _runs.Store.AfterPointerRead = () => read.Task;
        Task<PublishedRun?>[] readers = [.. Enumerable.Range(0, 50).Select(_ => current.FindAsync(Token).AsTask())];
        read.SetResult();
        PublishedRun?[] found = await Task.WhenAll(readers);
        Assert.Equal(1, _runs.Store.PointerReads);
        Assert.Single(found.Distinct());
    }

    [Fact]
    public async Task An_activation_is_seen_here_at_once_and_elsewhere_in_time()
    {
        await PublishCurrentAsync("run-1");
        await _runs.PublishAsync("run-2", 2, "a");
        var here = new CurrentRun(_runs.Storage, _runs.Clock);
        var elsewhere = new CurrentRun(_runs.Storage, _runs.Clock);
        await here.FindAsync(Token);
        await elsewhere.FindAsync(Token);
        await here.ActivateAsync("run-2", Token);
        Assert.Equal("run-2", (await here.FindAsync(Token))!.RunId);
        Assert.Equal("run-1", (await elsewhere.FindAsync(Token))!.RunId);
        _runs.Clock.Advance(Age);
        Assert.Equal("run-2", (await elsewhere.FindAsync(Token))!.RunId);
        await here.ActivateAsync("run-1", Token);
        Assert.Equal("run-1", (await here.FindAsync(Token))!.RunId);
    }

    [Fact]
    public async Task What_is_no_run_with_results_is_never_activated()
    {
        await PublishCurrentAsync("run-1");
        await _runs.Store.SaveRunAsync(new RunRecord { RunId = "run-2", Language = "en", Status = RunStatus.Failed }, Token);
        await _runs.PublishAsync("run-3", 3, "a");
        await _runs.Blobs.DeleteAsync(RunBlobs.Model("run-3"), Token);
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        foreach (string runId in new[] { "run-2", "run-3", "run-4", "" })
        {
            var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => current.ActivateAsync(runId, Token));
            Assert.Equal($"Run '{runId}' cannot be made current: there is no such run with results.", fault.Message);
        }

        Assert.Equal("run-1", (await current.FindAsync(Token))!.RunId);
    }

    [Fact]
    public async Task After_a_flip_that_failed_the_pointer_is_read_again()
    {
        await PublishCurrentAsync("run-1");
        await _runs.PublishAsync("run-2", 2, "a");
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        await current.FindAsync(Token);
        _runs.Store.BeforeFlip = () => throw new IOException("The network is gone.");
        await Assert.ThrowsAsync<IOException>(() => current.ActivateAsync("run-2", Token));
        Assert.Equal("run-1", (await current.FindAsync(Token))!.RunId);
        Assert.Equal(2, _runs.Store.PointerReads);
    }

    [Fact]
    public async Task A_reading_that_began_before_a_flip_does_not_hide_it()
    {
        await PublishCurrentAsync("run-1");
        await _runs.PublishAsync("run-2", 2, "a");
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        var goOn = new TaskCompletionSource();
        _runs.Store.AfterPointerRead = () => goOn.Task;
        Task<PublishedRun?> early = current.FindAsync(Token).AsTask();
        await _runs.Store.SetCurrentRunAsync("run-2", Token);
        current.Invalidate();
        Task<PublishedRun?> late = current.FindAsync(Token).AsTask();
        goOn.SetResult();
        await early;
        Assert.Equal("run-2", (await late)!.RunId);
        Assert.Equal("run-2", (await current.FindAsync(Token))!.RunId);
    }

    [Fact]
    public async Task An_activation_waits_for_a_reading_and_is_what_stays()
    {
        await PublishCurrentAsync("run-1");
        await _runs.PublishAsync("run-2", 2, "a");
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        var goOn = new TaskCompletionSource();
        _runs.Store.AfterPointerRead = () => goOn.Task;
        Task<PublishedRun?> early = current.FindAsync(Token).AsTask();
        Task activation = current.ActivateAsync("run-2", Token);
        Assert.False(activation.IsCompleted);
        goOn.SetResult();
        await activation;
        Assert.Equal("run-1", (await early)!.RunId);
        Assert.Equal("run-2", (await current.FindAsync(Token))!.RunId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_is_replaced_and_deleted_while_it_is_read_is_no_fault(bool rowStays)
    {
        await PublishCurrentAsync("run-1");
        await _runs.PublishAsync("run-2", 2, "a");
        _runs.Store.AfterPointerRead = async () =>
        {
            _runs.Store.AfterPointerRead = () => Task.CompletedTask;
            await _runs.Store.SetCurrentRunAsync("run-2", Token);
            await (rowStays ? _runs.Blobs.DeleteAsync(RunBlobs.Model("run-1"), Token) : _runs.DeleteAsync("run-1"));
        };
        Assert.Equal("run-2", (await new CurrentRun(_runs.Storage, _runs.Clock).FindAsync(Token))!.RunId);
    }

    [Fact]
    public async Task A_pointer_to_nothing_is_damage_and_is_named()
    {
        await _runs.Store.SetCurrentRunAsync("run-9", Token);
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => current.FindAsync(Token).AsTask());
        Assert.Equal("The current run 'run-9' is damaged: its row or its model is missing.", fault.Message);
        await PublishCurrentAsync("run-9");
        Assert.NotNull(await current.FindAsync(Token));
    }

    [Fact]
    public async Task Flipping_between_the_last_runs_reads_no_run_again()
    {
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        for (int i = 1; i <= 4; i++)
        {
            await _runs.PublishAsync($"run-{i}", i, "a");
            await current.ActivateAsync($"run-{i}", Token);
        }

        foreach (int i in new[] { 3, 2, 4, 2, 3, 4 })
        {
            await current.ActivateAsync($"run-{i}", Token);
            Assert.Equal($"run-{i}", (await current.FindAsync(Token))!.RunId);
        }

        Assert.Equal(4, _runs.Store.RunReads);
        await current.ActivateAsync("run-1", Token);
        Assert.Equal(5, _runs.Store.RunReads);
    }

    private async Task PublishCurrentAsync(string runId)
    {
        await _runs.PublishAsync(runId, 1, "a");
        await _runs.Store.SetCurrentRunAsync(runId, Token);
    }
}
