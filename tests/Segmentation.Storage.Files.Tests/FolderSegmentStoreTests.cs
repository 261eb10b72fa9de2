using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Testing.Storage;

namespace Segmentation.Storage.Files.Tests;

public sealed class FolderSegmentStoreTests : SegmentStoreContract, IDisposable
{
    // One customer of version 1 of the format: 'k1', 12 days, 3 orders, 45.67, scores 5 4 3, cluster 2.
    private const string YesterdaysFile = "DgJrMQwD4PnGKwUEAwIAAAAAAAAAAAABAAAAAAAAAAEAAABTRUdT";

    private readonly TemporaryFolder _folder = new();
    private readonly List<FolderSegmentStore> _stores = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        // A folder with mapped files cannot be deleted everywhere.
        _stores.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task Yesterdays_bytes_are_still_read_and_still_written()
    {
        var customer = new SegmentAssignment
        {
            CustomerId = "k1",
            RecencyDays = 12,
            Frequency = 3,
            Monetary = Money.Parse("45.67"),
            Scores = new RfmScores(5, 4, 3),
            Cluster = 2,
        };
        ISegmentStore store = Create();
        await store.PublishAsync("run", 0, [customer], Token);
        string path = Assert.Single(Directory.GetFiles(_folder.Path, "*.segments", SearchOption.AllDirectories));
        Assert.Equal(YesterdaysFile, Convert.ToBase64String(await File.ReadAllBytesAsync(path, Token)));

        await File.WriteAllBytesAsync(path, Convert.FromBase64String(YesterdaysFile), Token);
        Assert.Equal(customer, await store.FindAsync("run", 0, "k1", Token));
    }

    [Fact]
    public async Task A_shard_that_is_not_there_is_named()
    {
        ISegmentStore store = Create();
        await store.PublishAsync("run", 0, [], Token);
        var fault = await Assert.ThrowsAsync<BlobNotFoundException>(() => store.FindAsync("run", 1, "a", Token).AsTask());
        Assert.Equal("segments/run/00001.segments", fault.Name);
        await Assert.ThrowsAsync<BlobNotFoundException>(() => store.FindAsync("other", 0, "a", Token).AsTask());
    }

    [Fact]
    public async Task Runs_that_were_mapped_long_ago_are_found_again_and_let_go_of_in_time()
    {
        ISegmentStore store = Create();
        const int runs = MappedShards.MostRuns + 2;
        for (int run = 0; run < runs; run++)
        {
            await store.PublishAsync($"run-{run}", 0, [Customer("a", run)], Token);
            await store.PublishAsync($"run-{run}", 1, [Customer("b", run)], Token);
        }

        for (int i = 0; i < 200; i++)
        {
            int run = i * 7 % runs;
            Assert.Equal(run, (await store.FindAsync($"run-{run}", 0, "a", Token))!.RecencyDays);
            Assert.Equal(run, (await store.FindAsync($"run-{run}", 1, "b", Token))!.RecencyDays);
            if (OperatingSystem.IsLinux())
            {
                string[] mapped = [.. (await File.ReadAllLinesAsync("/proc/self/maps", Token)).Where(line => line.Contains(_folder.Path, StringComparison.Ordinal))];
                Assert.InRange(mapped.Length, 2, 2 * MappedShards.MostRuns);
            }
        }
    }

    [Fact]
    public async Task A_store_that_was_disposed_of_reads_no_more_and_holds_no_file()
    {
        using var store = new FolderSegmentStore(_folder["tables"]);
        await store.PublishAsync("run", 0, [Customer("a", 1)], Token);
        Assert.NotNull(await store.FindAsync("run", 0, "a", Token));
        store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.FindAsync("run", 0, "a", Token).AsTask());
        using FileStream alone = File.Open(Assert.Single(Files()), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.NotEqual(0, alone.Length);
    }

    [Fact]
    public async Task Readers_go_on_while_shards_are_published_erased_from_and_deleted()
    {
        ISegmentStore store = Create();
        SegmentAssignment[] rows = [.. Enumerable.Range(0, 100).Select(i => Customer($"{i:D3}", i))];
        bool ended = false;
        Task[] readers = [.. Enumerable.Range(0, 2).Select(reader => Task.Run(async () =>
        {
            for (int i = reader; !Volatile.Read(ref ended); i = (i + 1) % rows.Length)
            {
                try
                {
                    Assert.True(await store.FindAsync("run", i % 2, rows[i].CustomerId, Token) is not { } found || found == rows[i]);
                }
                catch (BlobNotFoundException)
                {
                    // Deleted, and not yet published again.
                }
            }
        }, Token))];
        for (int round = 0; round < 25; round++)
        {
            await store.PublishAsync("run", 0, rows, Token);
            await store.PublishAsync("run", 1, rows, Token);
            Assert.Equal(20, await store.EraseAsync("run", 2, id => id.EndsWith('7'), Token));
            await store.DeleteRunAsync("run", Token);
        }

        Volatile.Write(ref ended, true);
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task A_damaged_row_of_a_run_is_named()
    {
        ISegmentStore store = Create();
        _folder.Write("tables/runs/run.json", "{ \"runId\": ");
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => store.FindRunAsync("run", Token));
        Assert.Contains("'runs/run.json' is damaged", fault.Message, StringComparison.Ordinal);
    }

    private static SegmentAssignment Customer(string id, int recencyDays) =>
        new() { CustomerId = id, RecencyDays = recencyDays, Frequency = 2, Monetary = new Money(3) };

    private string[] Files() => Directory.GetFiles(_folder.Path, "*.segments", SearchOption.AllDirectories);

    protected override ISegmentStore Create()
    {
        var store = new FolderSegmentStore(_folder["tables"]);
        _stores.Add(store);
        return store;
    }
}
