using System.Globalization;
using System.Text.Json;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Tests.Segments.Lookup;

public sealed class SegmentLookupTests
{
    private static readonly string[] Customers = [.. Enumerable.Range(0, 60).Select(i => $"k{i}")];

    private readonly PublishedRuns _runs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_found_before_the_first_run()
    {
        await Assert.ThrowsAsync<NoCurrentRunException>(() => _runs.Lookup().FindAsync("a", Token).AsTask());
        await Assert.ThrowsAsync<NoCurrentRunException>(() => _runs.Lookup().FindAllAsync([], Token).AsTask());
    }

    [Fact]
    public async Task The_answer_has_the_form_of_the_contract()
    {
        await PublishAsync("20240601-120000-000", 7, "17", "excluded");
        SegmentAnswers answers = (await _runs.Lookup().FindAllAsync(["17", "excluded", "nobody"], Token)).Answers;
        Assert.Equal(
            """
            {"found":[{"customerId":"17","runId":"20240601-120000-000","asOf":"2024-06-01","rfm":{"recencyDays":5,"frequency":7,"monetary":12.50,"r":5,"f":5,"m":3},"segment":{"id":"champions","name":"Champions 7"},"cluster":{"id":"1","name":"Cluster 7"},"strategy":"What to do with Champions 7.","changes":{"date":"2024-06-07","segment":{"id":"loyal","name":"Loyal"}},"excluded":null,"clusterChanges":null,"nextBetter":null,"nextBetterCluster":null},{"customerId":"excluded","runId":"20240601-120000-000","asOf":"2024-06-01","rfm":{"recencyDays":5,"frequency":7,"monetary":-0.000001,"r":null,"f":null,"m":null},"segment":null,"cluster":null,"strategy":null,"changes":null,"excluded":"non-positive-net","clusterChanges":null,"nextBetter":{"segment":{"id":"champions","name":"Champions 7"},"orders":1,"amount":0.01,"before":null},"nextBetterCluster":null}],"missing":["nobody"]}
            """,
            JsonSerializer.Serialize(answers, LookupJson.Default.SegmentAnswers));
    }

    [Fact]
    public async Task Several_are_found_once_each_in_the_order_asked_and_the_others_named_as_written()
    {
        await PublishAsync("run-1", 1, "17", "a", "b", "Zo\u00EB");
        BatchLookupResult result = await _runs.Lookup().FindAllAsync(
            ["b", " x ", "17.0", "x", "", "b ", "x", "Zoe\u0308", "NULL", " x ", "a", "17"], Token);
        Assert.Equal(["b", "17", "Zo\u00EB", "a"], result.Answers.Found.Select(answer => answer.CustomerId), StringComparer.Ordinal);
        Assert.Equal([" x ", "x", "", "NULL"], result.Answers.Missing);
        Assert.Equal("run-1", result.Run.RunId);
    }

    [Fact]
    public async Task A_batch_says_of_each_what_a_single_lookup_says()
    {
        await PublishAsync("run-1", 1, Customers);
        SegmentLookup lookup = _runs.Lookup();
        BatchLookupResult batch = await lookup.FindAllAsync([.. Customers.Reverse()], Token);
        Assert.Empty(batch.Answers.Missing);
        Assert.Equal(Customers.Length, batch.Answers.Found.Count);
        foreach (SegmentAnswer answer in batch.Answers.Found)
        {
            LookupResult single = (await lookup.FindAsync(answer.CustomerId, Token))!;
            Assert.Equal(answer, single.Answer);
            Assert.Equal(batch.Version, single.Version);
            Assert.Same(batch.Run, single.Run);
        }

        Assert.Null(await lookup.FindAsync("nobody", Token));
    }

    [Fact]
    public async Task Who_was_erased_is_unknown_from_then_on()
    {
        await PublishAsync("run-1", 1, "a", "17");
        SegmentLookup lookup = _runs.Lookup();
        Assert.NotNull(await lookup.FindAsync("17.0", Token));
        _runs.Erased.Erase("17");
        Assert.Null(await lookup.FindAsync(" 17.0", Token));
        SegmentAnswers answers = (await lookup.FindAllAsync(["17.0", "a"], Token)).Answers;
        Assert.Equal("a", Assert.Single(answers.Found).CustomerId);
        Assert.Equal(["17.0"], answers.Missing);
    }

    [Fact]
    public async Task Changes_to_come_and_the_version_go_with_the_day()
    {
        await PublishAsync("run-1", 1, "a");
        SegmentLookup lookup = _runs.Lookup();
        LookupResult first = (await lookup.FindAsync("a", Token))!;
        Assert.Equal(new SegmentChange(new DateOnly(2024, 6, 7), new SegmentName("loyal", "Loyal")), first.Answer.Changes);
        Assert.Equal("run-1.20240602", first.Version);
        _runs.Clock.Advance(TimeSpan.FromSeconds(1));
        LookupResult nextDay = (await lookup.FindAsync("a", Token))!;
        Assert.Equal("run-1.20240603", nextDay.Version);
        Assert.Equal(first.Answer, nextDay.Answer);
        _runs.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(
            new SegmentChange(new DateOnly(2024, 6, 27), new SegmentName("cant-lose-them", "Can't Lose Them")),
            (await lookup.FindAsync("a", Token))!.Answer.Changes);
        _runs.Clock.Advance(TimeSpan.FromDays(1_000));
        Assert.Null((await lookup.FindAsync("a", Token))!.Answer.Changes);
    }

    [Fact]
    public async Task A_run_that_is_replaced_and_deleted_before_its_rows_are_read_is_no_fault()
    {
        await PublishAsync("run-1", 1, Customers);
        await _runs.PublishAsync("run-2", 2, Customers);
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        await current.FindAsync(Token);
        await _runs.Store.SetCurrentRunAsync("run-2", Token);
        await _runs.DeleteAsync("run-1");
        BatchLookupResult result = await _runs.Lookup(current).FindAllAsync(Customers, Token);
        Assert.Equal("run-2", result.Run.RunId);
        Assert.Equal(Customers.Length, result.Answers.Found.Count);
        Assert.Equal("run-2", (await _runs.Lookup(current).FindAsync("k1", Token))!.Answer.RunId);
    }

    [Fact]
    public async Task A_shard_that_the_current_run_lacks_is_a_fault_that_is_named()
    {
        await _runs.PublishAsync("run-1", 1, "a");
        await _runs.Store.DeleteRunAsync("run-1", Token);
        await _runs.Store.SaveRunAsync(
            new RunRecord { RunId = "run-1", Language = "en", AsOf = PublishedRuns.AsOf, Shards = PublishedRuns.Shards }, Token);
        await _runs.Store.SetCurrentRunAsync("run-1", Token);
        var fault = await Assert.ThrowsAsync<BlobNotFoundException>(() => _runs.Lookup().FindAsync("a", Token).AsTask());
        Assert.Contains("run-1", fault.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_slow_store_are_read_side_by_side_but_not_all_at_once()
    {
        await PublishAsync("run-1", 1, Customers);
        SegmentLookup lookup = _runs.Lookup();
        await lookup.FindAsync("k1", Token);
        int started = 0;
        var answered = new TaskCompletionSource();
        _runs.Store.BeforeCustomerRead = () =>
        {
            Interlocked.Increment(ref started);
            return answered.Task;
        };
        Task<BatchLookupResult> batch = lookup.FindAllAsync(Customers, Token).AsTask();
        Assert.Equal(32, started);
        answered.SetResult();
        Assert.Equal(Customers.Length, (await batch).Answers.Found.Count);
    }

    [Fact]
    public async Task Every_answer_is_wholly_of_one_run_however_often_the_pointer_flips()
    {
        await PublishAsync("run-1", 1, Customers);
        await _runs.PublishAsync("run-2", 2, Customers[20..]);
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        await ReadBetweenAsync(current, 200, (_, _) => { }, flip =>
        {
            string runId = $"run-{1 + (flip % 2)}";
            return flip % 3 == 0 ? current.ActivateAsync(runId, Token) : FlipElsewhereAsync(current, runId);
        });
    }

    [Fact]
    public async Task No_reader_ever_goes_back_while_the_pointer_goes_forward()
    {
        const int runs = 60;
        for (int run = 1; run <= runs; run++)
        {
            await _runs.PublishAsync($"run-{run}", run, Customers);
        }

        await _runs.Store.SetCurrentRunAsync("run-1", Token);
        var current = new CurrentRun(_runs.Storage, _runs.Clock);
        int[] last = new int[4];
        await ReadBetweenAsync(
            current,
            runs - 1,
            (reader, mark) =>
            {
                Assert.True(mark >= last[reader], $"Run {mark} after run {last[reader]}.");
                last[reader] = mark;
            },
            async flip =>
            {
                string runId = $"run-{flip + 2}";
                Task flipped = (flip % 3) switch
                {
                    0 => current.ActivateAsync(runId, Token),
                    1 => FlipElsewhereAsync(current, runId),
                    _ => FlipUnseenAsync(runId),
                };
                await flipped;
                Assert.True(flip % 3 == 2 || (await current.FindAsync(Token))!.RunId == runId);
            });
    }

    // Readers of one and of several customers go on while the pointer flips; a few answers are given between two flips.
    private async Task ReadBetweenAsync(CurrentRun current, int flips, Action<int, int> seen, Func<int, Task> flip)
    {
        SegmentLookup lookup = _runs.Lookup(current);
        _runs.Store.BeforeCustomerRead = async () => await Task.Yield();
        bool ended = false;
        int answers = 0;
        Task[] readers = [.. Enumerable.Range(0, 4).Select(reader => Task.Run(async () =>
        {
            while (!Volatile.Read(ref ended))
            {
                BatchLookupResult batch = await lookup.FindAllAsync(Customers, Token);
                Assert.All(batch.Answers.Found, answer => AssertWhole(answer, batch.Run));
                Assert.Equal(batch.Run.Record.Customers, batch.Answers.Found.Count);
                Assert.Equal(Customers.Length, batch.Answers.Found.Count + batch.Answers.Missing.Count);
                seen(reader, MarkOf(batch.Run));
                LookupResult single = (await lookup.FindAsync("k55", Token))!;
                AssertWhole(single.Answer, single.Run);
                seen(reader, MarkOf(single.Run));
                Interlocked.Increment(ref answers);
            }
        }, Token))];
        for (int i = 0; i < flips; i++)
        {
            await flip(i);
            int enough = Volatile.Read(ref answers) + (i % 3);
            while (Volatile.Read(ref answers) < enough && !readers.Any(reader => reader.IsCompleted))
            {
                await Task.Yield();
            }
        }

        Volatile.Write(ref ended, true);
        await Task.WhenAll(readers);
    }

    private static int MarkOf(PublishedRun run) => int.Parse(run.RunId.AsSpan("run-".Length), CultureInfo.InvariantCulture);

    private static void AssertWhole(SegmentAnswer answer, PublishedRun run)
    {
        int mark = MarkOf(run);
        Assert.Equal(run.RunId, answer.RunId);
        Assert.Equal(mark, answer.Rfm.Frequency);
        Assert.Equal($"Champions {mark}", answer.Segment!.Name);
        Assert.Equal($"Cluster {mark}", answer.Cluster!.Name);
        Assert.Equal($"What to do with Champions {mark}.", answer.Strategy);
    }

    private async Task PublishAsync(string runId, int mark, params string[] customers)
    {
        await _runs.PublishAsync(runId, mark, customers);
        await _runs.Store.SetCurrentRunAsync(runId, Token);
    }

    private async Task FlipElsewhereAsync(CurrentRun current, string runId)
    {
        await _runs.Store.SetCurrentRunAsync(runId, Token);
        current.Invalidate();
    }

    // By another process: seen when the pointer is due.
    private async Task FlipUnseenAsync(string runId)
    {
        await _runs.Store.SetCurrentRunAsync(runId, Token);
        _runs.Clock.Advance(TimeSpan.FromSeconds(2));
    }
}
