using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Testing.Storage;

/// <summary>What every store of published segments promises.</summary>
public abstract class SegmentStoreContract
{
    private const string Run = "20240601-120000";

    private static readonly string[] Ids =
    [
        .. new[]
        {
            "1", "10", "2", "00017", "17", "a,b", "a/b", "#", "?", "'", "a'b", "\\", "..", ".", " ", "%2F", "=1+1", "Zoë", "Zoe\u0301", "клиент", "客", "😀", "𝔸",
            "\uFFFD", "a\u0001b", "\t", "current", new string('x', 255), new string('x', 256), new string('x', 257), new string('ы', 300),
            new string('y', 10_240), new string('y', 10_239) + "z",
        }.Order(StringComparer.Ordinal),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A store that holds nothing.</summary>
    protected abstract ISegmentStore Create();

    [Fact]
    public async Task Every_published_customer_is_found_with_all_its_figures()
    {
        ISegmentStore store = Create();
        SegmentAssignment[] published = [.. Ids.Select(Assignment)];
        await store.PublishAsync(Run, 3, published, Token);
        foreach (SegmentAssignment customer in published)
        {
            Assert.Equal(customer, await store.FindAsync(Run, 3, customer.CustomerId, Token));
        }
    }

    [Fact]
    public async Task An_unknown_customer_is_null_wherever_it_would_sort()
    {
        ISegmentStore store = Create();
        await store.PublishAsync(Run, 0, [.. Ids.Select(Assignment)], Token);
        await store.PublishAsync(Run, 1, [], Token);
        foreach (string id in Ids.SelectMany(id => new[] { id + "\0", id + "~", id[..^1] + (char)(id[^1] ^ 1) }).Append("").Except(Ids, StringComparer.Ordinal))
        {
            Assert.Null(await store.FindAsync(Run, 0, id, Token));
            Assert.Null(await store.FindAsync(Run, 1, id, Token));
        }
    }

    [Fact]
    public async Task Customers_of_many_records_are_all_found()
    {
        ISegmentStore store = Create();
        SegmentAssignment[] published = [.. Enumerable.Range(0, 2_000).Select(i => $"{i * 3}").Order(StringComparer.Ordinal).Select(Assignment)];
        await store.PublishAsync(Run, 0, published, Token);
        for (int i = 0; i < 6_000; i += 7)
        {
            SegmentAssignment? found = await store.FindAsync(Run, 0, $"{i}", Token);
            Assert.Equal(i % 3 == 0 ? $"{i}" : null, found?.CustomerId);
        }
    }

    [Fact]
    public async Task A_shard_is_read_whole_and_alone_and_one_that_is_not_there_is_empty()
    {
        ISegmentStore store = Create();
        SegmentAssignment[] published = [.. Ids.Select(Assignment)];
        await store.PublishAsync(Run, 3, published, Token);
        await store.PublishAsync(Run, 4, [Assignment("other")], Token);
        var read = new List<SegmentAssignment>();
        await foreach (SegmentAssignment customer in store.ReadShardAsync(Run, 3, Token))
        {
            read.Add(customer);
        }

        Assert.Equal(published, read.OrderBy(customer => customer.CustomerId, StringComparer.Ordinal));
        await foreach (SegmentAssignment customer in store.ReadShardAsync(Run, 5, Token))
        {
            Assert.Fail($"Shard 5 was never published, but holds {customer.CustomerId}.");
        }
    }

    [Fact]
    public async Task Publishing_a_shard_again_replaces_it()
    {
        ISegmentStore store = Create();
        await store.PublishAsync(Run, 0, [Assignment("a"), Assignment("b")], Token);
        await store.PublishAsync(Run, 0, [Assignment("a") with { Frequency = 99 }], Token);
        Assert.Equal(99, (await store.FindAsync(Run, 0, "a", Token))!.Frequency);
    }

    [Fact]
    public async Task Runs_and_shards_do_not_see_each_other()
    {
        ISegmentStore store = Create();
        await store.PublishAsync("run-1", 0, [Assignment("a")], Token);
        await store.PublishAsync("run-1", 1, [Assignment("b")], Token);
        await store.PublishAsync("run-2", 0, [Assignment("a") with { Cluster = 7 }], Token);
        Assert.Null(await store.FindAsync("run-1", 0, "b", Token));
        Assert.NotEqual(7, (await store.FindAsync("run-1", 0, "a", Token))!.Cluster);
        Assert.Equal(7, (await store.FindAsync("run-2", 0, "a", Token))!.Cluster);
    }

    [Fact]
    public async Task Runs_are_listed_newest_first()
    {
        ISegmentStore store = Create();
        Assert.Empty(await store.ListRunsAsync(Token));
        RunRecord[] runs = [Record("20240501-000000"), Record("20240601-000000"), Record("20231231-000000") with { Clusters = null }];
        foreach (RunRecord run in runs)
        {
            await store.SaveRunAsync(run, Token);
        }

        Assert.Equal([runs[1], runs[0], runs[2]], await store.ListRunsAsync(Token));
        Assert.Equal(runs[2], await store.FindRunAsync("20231231-000000", Token));
        Assert.Null(await store.FindRunAsync("20240101-000000", Token));
    }

    [Fact]
    public async Task The_pointer_names_the_run_that_was_set_last()
    {
        ISegmentStore store = Create();
        Assert.Null(await store.FindCurrentRunAsync(Token));
        await store.SetCurrentRunAsync("run-1", Token);
        await store.SetCurrentRunAsync("run-2", Token);
        Assert.Equal("run-2", await store.FindCurrentRunAsync(Token));
        await store.SetCurrentRunAsync("run-1", Token);
        Assert.Equal("run-1", await store.FindCurrentRunAsync(Token));
    }

    [Fact]
    public async Task An_erased_customer_is_gone_and_the_others_stay()
    {
        ISegmentStore store = Create();
        await store.PublishAsync(Run, 0, [.. Ids.Select(Assignment)], Token);
        await store.PublishAsync(Run, 1, [Assignment("other")], Token);
        Assert.Equal(1, await store.EraseAsync(Run, 2, id => id == "a/b", Token));
        Assert.Null(await store.FindAsync(Run, 0, "a/b", Token));
        foreach (string id in Ids.Where(id => id != "a/b"))
        {
            Assert.Equal(Assignment(id), await store.FindAsync(Run, 0, id, Token));
        }

        Assert.Equal(0, await store.EraseAsync(Run, 2, id => id == "a/b", Token));
        Assert.NotNull(await store.FindAsync(Run, 1, "other", Token));
    }

    [Fact]
    public async Task A_deleted_run_is_gone_and_the_others_stay()
    {
        ISegmentStore store = Create();
        foreach (string run in new[] { "run-1", "run-2" })
        {
            await store.PublishAsync(run, 0, [Assignment("a")], Token);
            await store.SaveRunAsync(Record(run), Token);
        }

        await store.SetCurrentRunAsync("run-2", Token);
        await store.DeleteRunAsync("run-1", Token);
        await store.DeleteRunAsync("run-1", Token);
        Assert.Equal([Record("run-2")], await store.ListRunsAsync(Token));
        Assert.NotNull(await store.FindAsync("run-2", 0, "a", Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.DeleteRunAsync("run-2", Token));
    }

    [Fact]
    public async Task Customers_of_a_deleted_run_are_unknown_or_their_run_is_named_as_missing()
    {
        ISegmentStore store = Create();
        foreach (string run in new[] { "run-1", "run-2" })
        {
            await store.PublishAsync(run, 0, [Assignment("a")], Token);
            await store.SaveRunAsync(Record(run), Token);
        }

        await store.SetCurrentRunAsync("run-2", Token);
        Assert.NotNull(await store.FindAsync("run-1", 0, "a", Token));
        await store.DeleteRunAsync("run-1", Token);
        try
        {
            Assert.Null(await store.FindAsync("run-1", 0, "a", Token));
        }
        catch (BlobNotFoundException fault)
        {
            Assert.Contains("run-1", fault.Name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_shard_that_was_looked_up_in_is_seen_as_it_is_after_every_change()
    {
        ISegmentStore store = Create();
        for (int round = 1; round <= 5; round++)
        {
            await store.PublishAsync(Run, 0, [Assignment("a") with { Frequency = round }, Assignment("b")], Token);
            Assert.Equal(round, (await store.FindAsync(Run, 0, "a", Token))!.Frequency);
            Assert.Equal(1, await store.EraseAsync(Run, 1, id => id == "b", Token));
            Assert.Null(await store.FindAsync(Run, 0, "b", Token));
        }
    }

    [Fact]
    public async Task Readers_of_a_shard_that_is_published_again_see_each_customer_whole_and_never_go_back()
    {
        ISegmentStore store = Create();
        const int rounds = 40;
        string[] ids = [.. Enumerable.Range(0, 50).Select(i => $"{i:D3}")];
        await store.PublishAsync(Run, 0, [.. ids.Select(id => Assignment(id) with { Frequency = 0 })], Token);
        bool ended = false;
        Task[] readers = [.. Enumerable.Range(0, 4).Select(reader => Task.Run(async () =>
        {
            long[] last = new long[ids.Length];
            for (int i = reader; !Volatile.Read(ref ended); i = (i + 1) % ids.Length)
            {
                SegmentAssignment found = (await store.FindAsync(Run, 0, ids[i], Token))!;
                Assert.InRange(found.Frequency, last[i], rounds);
                Assert.Equal(Assignment(ids[i]) with { Frequency = found.Frequency }, found);
                last[i] = found.Frequency;
            }
        }, Token))];
        for (int round = 1; round <= rounds; round++)
        {
            await store.PublishAsync(Run, 0, [.. ids.Select(id => Assignment(id) with { Frequency = round })], Token);
        }

        Volatile.Write(ref ended, true);
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task A_request_waits_until_it_is_taken_and_the_first_one_counts()
    {
        ISegmentStore store = Create();
        Assert.Null(await store.FindRequestAsync(Token));
        var first = new RunTicket("run-1", new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc), RunCause.Schedule);
        RunTicket second = first with { RunId = "run-2", Cause = RunCause.Uploads };
        Assert.Equal(first, await store.AddRequestAsync(first, Token));
        Assert.Equal(first, await store.AddRequestAsync(second, Token));
        Assert.Equal(first, await store.FindRequestAsync(Token));
        await store.DeleteRequestAsync("run-2", Token);
        Assert.Equal(first, await store.FindRequestAsync(Token));
        await store.DeleteRequestAsync("run-1", Token);
        Assert.Null(await store.FindRequestAsync(Token));
        Assert.Equal(second, await store.AddRequestAsync(second, Token));
        Assert.Equal(second, await store.FindRequestAsync(Token));
    }

    [Fact]
    public async Task Of_requests_that_come_at_once_one_is_written_and_all_are_told_which()
    {
        ISegmentStore store = Create();
        var requested = new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc);
        for (int round = 0; round < 10; round++)
        {
            RunTicket[] told = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(
                () => store.AddRequestAsync(new RunTicket($"run-{round}-{caller}", requested, RunCause.Request), Token), Token)));
            RunTicket waiting = (await store.FindRequestAsync(Token))!;
            Assert.All(told, ticket => Assert.Equal(waiting, ticket));
            await store.DeleteRequestAsync(waiting.RunId, Token);
        }
    }

    private static SegmentAssignment Assignment(string id)
    {
        int salt = id.Length + id.Sum(letter => letter);
        var plain = new SegmentAssignment
        {
            CustomerId = id,
            RecencyDays = salt % 1000,
            Frequency = 1L + ((long)salt << 20),
            Monetary = new Money((Int128)salt * 1_234_567_890_123_456_789),
        };
        return (salt % 3) switch
        {
            0 => plain with { Excluded = SegmentAssignment.NonPositiveNet, Monetary = -plain.Monetary },
            1 => plain with { Scores = new RfmScores(1 + (salt % 5), 5, 1) },
            _ => plain with { Scores = new RfmScores(1, 1, 1 + (salt % 5)), Cluster = 1 + (salt % 12) },
        };
    }

    private static RunRecord Record(string runId) => new()
    {
        RunId = runId,
        AsOf = new DateOnly(2024, 6, 1),
        Shards = 4,
        Customers = 12_345_678_901,
        Language = "ru",
        Clusters = 4,
        FinishedAt = new DateTime(2024, 6, 1, 12, 30, 0, DateTimeKind.Utc).AddTicks(1_234_567),
    };
}
