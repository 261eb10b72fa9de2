using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;
using Segmentation.Testing.Storage;

namespace Segmentation.Storage.Files.Tests;

public sealed class FolderSegmentStoreTests : SegmentStoreContract, IDisposable
{
    // One customer of version 1 of the format: 'k1', 12 days, 3 orders, 45.67, scores 5 4 3, cluster 2.
    private const string YesterdaysFile = "DgJrMQwD4PnGKwUEAwIAAAAAAAAAAAABAAAAAAAAAAEAAABTRUdT";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

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
    public async Task A_damaged_file_is_called_damaged_or_read_whatever_byte_is_wrong()
    {
        const ulong seed = 20240601;
        var random = new Xoshiro256StarStar(seed);
        ISegmentStore store = Create();
        string[] ids = [.. Enumerable.Range(0, 20).Select(i => $"customer {i:D2}")];
        await store.PublishAsync("run", 0, [.. ids.Select(id => new SegmentAssignment { CustomerId = id, RecencyDays = 1, Frequency = 2, Monetary = new Money(3) })], Token);
        string path = Assert.Single(Directory.GetFiles(_folder.Path, "*.segments", SearchOption.AllDirectories));
        byte[] whole = await File.ReadAllBytesAsync(path, Token);
        for (int i = 0; i < 1_500; i++)
        {
            byte[] damaged = [.. whole];
            if (i % 3 == 0)
            {
                damaged = damaged[..random.NextInt32(whole.Length)];
            }
            else
            {
                damaged[random.NextInt32(whole.Length)] ^= (byte)(1 << random.NextInt32(8));
            }

            await File.WriteAllBytesAsync(path, damaged, Token);
            try
            {
                await store.FindAsync("run", 0, ids[random.NextInt32(ids.Length)], Token);
            }
            catch (InvalidDataException fault)
            {
                Assert.Contains(fault.Message.Contains("damaged", StringComparison.Ordinal) ? "damaged" : "format", fault.Message, StringComparison.Ordinal);
            }
            catch (Exception fault)
            {
                Assert.Fail($"Seed {seed}, case {i}: {fault}");
            }
        }
    }

    [Theory]
    [InlineData(0, "shorter than its tail")]
    [InlineData(15, "shorter than its tail")]
    public async Task A_cut_file_is_named_for_what_it_is(int length, string message)
    {
        ISegmentStore store = Create();
        await store.PublishAsync("run", 0, [], Token);
        string path = Assert.Single(Directory.GetFiles(_folder.Path, "*.segments", SearchOption.AllDirectories));
        await File.WriteAllBytesAsync(path, new byte[length], Token);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => store.FindAsync("run", 0, "a", Token).AsTask());
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_later_version_says_so()
    {
        ISegmentStore store = Create();
        await store.PublishAsync("run", 0, [], Token);
        string path = Assert.Single(Directory.GetFiles(_folder.Path, "*.segments", SearchOption.AllDirectories));
        byte[] bytes = await File.ReadAllBytesAsync(path, Token);
        bytes[^8] = 2;
        await File.WriteAllBytesAsync(path, bytes, Token);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => store.FindAsync("run", 0, "a", Token).AsTask());
        Assert.Equal("A file of segments has format 2; expected 1.", fault.Message);
    }

    [Fact]
    public async Task A_damaged_row_of_a_run_is_named()
    {
        ISegmentStore store = Create();
        _folder.Write("tables/runs/run.json", "{ \"runId\": ");
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => store.FindRunAsync("run", Token));
        Assert.Contains("'runs/run.json' is damaged", fault.Message, StringComparison.Ordinal);
    }

    protected override ISegmentStore Create() => new FolderSegmentStore(_folder["tables"]);
}
