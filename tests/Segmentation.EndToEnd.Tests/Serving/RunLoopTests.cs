using Microsoft.Extensions.Logging.Abstractions;
using Segmentation.Core.Erasure;
using Segmentation.Core.Options;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.EndToEnd.Tests.Support;
using Segmentation.LocalHost.Serving;
using Segmentation.Reporting;
using Segmentation.Storage.Files;

namespace Segmentation.EndToEnd.Tests.Serving;

/// <summary>What a loop of runs does when storage fails, and when what is stored is changed under it.</summary>
public sealed class RunLoopTests : IDisposable
{
    private static readonly SegmentationOptions Options = new()
    {
        Selection = new SelectionOptions { Algorithms = [] },
        Workflow = new WorkflowOptions { SettleSeconds = 0 },
    };

    private readonly TemporaryFolder _folder = new();
    private readonly HostHealth _health = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_is_waited_out_and_the_run_goes_on_where_it_was()
    {
        int failures = 2;
        var told = new List<string?>();
        (RunLoop loop, SegmentationStorage storage) = Open(async (name, write, _) =>
        {
            if (name.EndsWith("steps/merged.json", StringComparison.Ordinal) && failures-- > 0)
            {
                throw new IOException("No space left on device");
            }

            if (name.EndsWith("steps/model.json", StringComparison.Ordinal) || name.EndsWith("/model.json", StringComparison.Ordinal))
            {
                told.Add(_health.Faults.GetValueOrDefault(RunLoop.StoragePart));
            }

            await write();
        });
        using RunLoop running = loop;
        RunTicket ticket = await AskAsync(loop, storage);

        await WorkUntilAsync(loop, async () => await storage.Segments.FindCurrentRunAsync(Token) == ticket.RunId && _health.Faults[RunLoop.StoragePart] is null);

        Assert.Contains("No space left", Assert.Single(told), StringComparison.Ordinal);
        Assert.Single(await storage.Segments.ListRunsAsync(Token));
    }

    [Fact]
    public async Task A_change_of_what_is_stored_stops_the_run_which_starts_over_with_its_id_on_what_is_stored_then()
    {
        (RunLoop loop, SegmentationStorage storage) = Open(async (name, write, token) =>
        {
            await write();
            if (name.EndsWith("steps/inputs.json", StringComparison.Ordinal) && _reached.TrySetResult())
            {
                // The first time it goes no further until it is stopped.
                var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using CancellationTokenRegistration registration = token.Register(() => stopped.SetCanceled(token));
                await stopped.Task;
            }
        });
        using RunLoop running = loop;
        RunTicket ticket = await AskAsync(loop, storage);
        Task change = Task.Run(async () =>
        {
            await _reached.Task.WaitAsync(Token);
            await loop.ChangeAloneAsync(RunCause.Erasure, async token =>
            {
                RunRecord run = Assert.Single(await storage.Segments.ListRunsAsync(token));
                Assert.Equal(ticket.RunId, run.RunId);
                await foreach (BlobEntry blob in storage.Runs.ListAsync("", token))
                {
                    Assert.Fail($"{blob.Name} is of the store as it was.");
                }

                await File.WriteAllTextAsync(_folder[Path.Combine("uploads", "a.csv")], ShopLine.Csv(RandomShop.Lines(2)), token);
                await LookAsync(storage);
            }, Token);
        }, Token);

        await WorkUntilAsync(loop, async () => change.IsCompleted && await storage.Segments.FindCurrentRunAsync(Token) is not null && loop.IsIdle);
        await change;

        var expected = await Segment.RunAsync(_folder, "out", [_folder[Path.Combine("uploads", "a.csv")]], "--set", "selection.algorithms=none");
        foreach (RunRecord run in await storage.Segments.ListRunsAsync(Token))
        {
            Assert.Equal(RunStatus.Completed, run.Status);
            new RunResult(_folder[Path.Combine("runs", run.RunId, "results")]).IsSameAs(expected, run.RunId);
        }
    }

    [Fact]
    public async Task A_run_that_fails_is_recorded_with_the_reason_and_the_next_one_is_not_kept_from_running()
    {
        bool fails = true;
        (RunLoop loop, SegmentationStorage storage) = Open((name, write, _) =>
            fails && name.EndsWith("/results/customers.csv", StringComparison.Ordinal) ? throw new InvalidOperationException("no such thing") : write());
        using RunLoop running = loop;
        RunTicket first = await AskAsync(loop, storage);
        await WorkUntilAsync(loop, async () => (await storage.Segments.FindRunAsync(first.RunId, Token))?.Status == RunStatus.Failed);
        Assert.Equal("no such thing", (await storage.Segments.FindRunAsync(first.RunId, Token))!.Message);

        fails = false;
        RunTicket second = await loop.RequestRunAsync(RunCause.Retry, Token);
        await WorkUntilAsync(loop, async () => await storage.Segments.FindCurrentRunAsync(Token) == second.RunId);
    }

    private async Task<RunTicket> AskAsync(RunLoop loop, SegmentationStorage storage)
    {
        _folder.Write(Path.Combine("uploads", "a.csv"), ShopLine.Csv(RandomShop.Lines(1)));
        await LookAsync(storage);
        return await loop.RequestRunAsync(RunCause.Uploads, Token);
    }

    private static Task<UploadObservation> LookAsync(SegmentationStorage storage) =>
        new UploadWatch(storage, Options).LookAsync(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1), Token);

    private static async Task WorkUntilAsync(RunLoop loop, Func<Task<bool>> isDone)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task work = loop.WorkAsync(stop.Token);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isDone())
        {
            Assert.False(work.IsCompleted, $"{work.Exception}");
            await pause.WaitForNextTickAsync(Token);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    private (RunLoop Loop, SegmentationStorage Storage) Open(Func<string, Func<Task>, CancellationToken, Task> onWrite)
    {
        SegmentationStorage folder = FolderStorage.Open(_folder.Path);
        SegmentationStorage storage = folder with { Runs = new WatchedContainer(folder.Runs, onWrite) };
        var current = new CurrentRun(storage, TimeProvider.System);
        var loop = new RunLoop(
            new RunLoopParts
            {
                Storage = storage,
                Requests = new RunRequests(storage.Segments, TimeProvider.System),
                Activities = new SegmentationActivities(storage, TimeProvider.System, new HtmlRunReport(), current),
                Options = Options,
                Language = "en",
                Threads = 1,
                Clock = TimeProvider.System,
                Erasure = new CustomerErasure(storage, new Tombstones(storage.Clean, TimeProvider.System), TimeProvider.System),
                Retention = new RunRetention(storage, current),
                Health = _health,
            },
            NullLogger<RunLoop>.Instance);
        return (loop, storage);
    }

    /// <summary>A container whose writes can be kept from happening, or noticed.</summary>
    private sealed class WatchedContainer(IBlobContainer inner, Func<string, Func<Task>, CancellationToken, Task> onWrite) : IBlobContainer
    {
        public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken) => inner.OpenReadAsync(name, cancellationToken);

        public Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
            onWrite(name, () => inner.WriteAsync(name, write, cancellationToken), cancellationToken);

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

        public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => inner.ExistsAsync(name, cancellationToken);

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
    }
}
