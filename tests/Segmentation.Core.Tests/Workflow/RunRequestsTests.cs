using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Storage;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>One run at a time, one request that waits, and no wake-up lost.</summary>
public sealed class RunRequestsTests
{
    private readonly FixedClock _clock = new(new DateTimeOffset(2024, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MemorySegmentStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_request_is_the_one_that_waits_already()
    {
        using var requests = new RunRequests(_store, _clock);
        RunTicket first = await requests.RequestAsync(RunCause.Uploads, Token);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first, await requests.RequestAsync(RunCause.Request, Token));
        Assert.Equal(("20240601-120000-000", RunCause.Uploads), (first.RunId, first.Cause));
    }

    [Fact]
    public async Task Of_two_hosts_that_ask_at_once_the_slower_is_told_the_request_of_the_quicker()
    {
        var hooked = new HookedSegmentStore(_store);
        using var slower = new RunRequests(hooked, _clock);
        using var quicker = new RunRequests(_store, _clock);
        RunTicket? first = null;
        hooked.BeforeRequest = async () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            first ??= await quicker.RequestAsync(RunCause.Uploads, Token);
        };
        RunTicket told = await slower.RequestAsync(RunCause.Request, Token);
        Assert.Equal(first, told);
        Assert.Equal(told, await _store.FindRequestAsync(Token));
    }

    [Fact]
    public async Task A_request_that_was_begun_by_another_host_just_now_is_followed_by_one_more()
    {
        var hooked = new HookedSegmentStore(_store);
        using var slower = new RunRequests(hooked, _clock);
        using var quicker = new RunRequests(_store, _clock);
        RunRecord? begun = null;
        hooked.BeforeRequest = async () =>
        {
            if (begun is null)
            {
                // The same time gives the same id, and this run has begun when the slower one writes its request.
                await quicker.RequestAsync(RunCause.Uploads, Token);
                begun = await quicker.TakeAsync("en", Token);
            }
        };
        RunTicket told = await slower.RequestAsync(RunCause.Request, Token);
        Assert.True(string.CompareOrdinal(told.RunId, begun!.RunId) > 0, $"{told.RunId} does not follow {begun.RunId}.");
        Assert.Equal(told, await _store.FindRequestAsync(Token));
    }

    [Fact]
    public async Task A_request_during_a_run_waits_for_its_end_and_then_becomes_one_more_run()
    {
        using var requests = new RunRequests(_store, _clock);
        RunTicket first = await requests.RequestAsync(RunCause.Uploads, Token);
        RunRecord run = (await requests.TakeAsync("en", Token))!;
        Assert.Equal(first.RunId, run.RunId);
        Assert.Equal(RunStatus.Running, run.Status);

        RunTicket second = await requests.RequestAsync(RunCause.Request, Token);
        Assert.NotEqual(first.RunId, second.RunId, StringComparer.Ordinal);
        Assert.Equal(run, await requests.TakeAsync("en", Token));

        await requests.EndAsync(run.RunId, RunStatus.Failed, "no", Token);
        Assert.Equal(second.RunId, (await requests.TakeAsync("ru", Token))!.RunId);
        await requests.EndAsync(second.RunId, RunStatus.NothingUsable, null, Token);
        Assert.Null(await requests.TakeAsync("en", Token));
        Assert.Equal<RunStatus>([RunStatus.NothingUsable, RunStatus.Failed], [.. (await _store.ListRunsAsync(Token)).Select(one => one.Status)]);
    }

    [Fact]
    public async Task Ids_ascend_even_when_the_clock_is_set_back()
    {
        using var requests = new RunRequests(_store, _clock);
        var ids = new List<string>();
        foreach (int seconds in new[] { 0, 0, -3600, 1 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            ids.Add((await requests.RequestAsync(RunCause.Request, Token)).RunId);
            await requests.EndAsync((await requests.TakeAsync("en", Token))!.RunId, RunStatus.Failed, "no", Token);
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids, StringComparer.Ordinal);
        Assert.Equal(4, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_loses_no_request_and_runs_none_twice(bool afterWriting)
    {
        for (int write = 1; write <= 3; write++)
        {
            var store = new MemorySegmentStore(new WriteFaults { FailAt = write, AfterWriting = afterWriting });
            using (var requests = new RunRequests(store, _clock))
            {
                await Assert.ThrowsAsync<PowerCutException>(async () =>
                {
                    await requests.RequestAsync(RunCause.Uploads, Token);
                    await requests.TakeAsync("en", Token);
                });
            }

            using var again = new RunRequests(store, _clock);
            RunRecord? run = await again.TakeAsync("en", Token);
            if (write == 1 && !afterWriting)
            {
                Assert.Null(run);
                continue;
            }

            await again.EndAsync(run!.RunId, RunStatus.Failed, "no", Token);
            Assert.Null(await again.TakeAsync("en", Token));
            Assert.Single(await store.ListRunsAsync(Token));
        }
    }

    [Fact]
    public async Task An_end_does_not_overwrite_what_the_run_recorded_itself()
    {
        using var requests = new RunRequests(_store, _clock);
        await requests.RequestAsync(RunCause.Request, Token);
        RunRecord run = (await requests.TakeAsync("en", Token))!;
        await _store.SaveRunAsync(run with { Status = RunStatus.Completed, AsOf = new DateOnly(2024, 6, 1) }, Token);
        await requests.EndAsync(run.RunId, RunStatus.Failed, "late", Token);
        Assert.Equal((RunStatus.Completed, null), ((await _store.FindRunAsync(run.RunId, Token))!.Status, (await _store.FindRunAsync(run.RunId, Token))!.Message));
    }
}
