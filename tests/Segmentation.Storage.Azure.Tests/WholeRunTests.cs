using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Core.Workflow;
using Segmentation.Numerics;
using Segmentation.Testing.Emulator;
using Segmentation.Storage.Files;

namespace Segmentation.Storage.Azure.Tests;

/// <summary>The workflow from uploads to published segments on a storage account.</summary>
public sealed class WholeRunTests(Azurite azurite) : IDisposable
{
    private const string RunId = "20240601-120001";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_gives_the_same_bytes_as_on_folders_and_an_official_client_reads_all_of_it()
    {
        string account = azurite.NewAccount();
        SegmentationStorage folders = FolderStorage.Open(_folder.Path);
        using var shards = (IDisposable)folders.Segments;
        SegmentationStorage azure = AzureStorage.Open(account, TimeProvider.System, Faults.Quick);
        string expected = await RunAsync(folders);
        Assert.Equal(expected, await RunAsync(azure));
        Assert.Contains("k1,", expected, StringComparison.Ordinal);

        using var stored = JsonDocument.Parse(await Azurite.RunAsync("read-storage.js", account, Token));
        JsonElement runs = stored.RootElement.GetProperty("blobs").GetProperty("runs");
        string customers = Encoding.UTF8.GetString(runs.GetProperty(RunBlobs.Result(RunId, "customers.csv")).GetBytesFromBase64());
        Assert.StartsWith(customers, expected, StringComparison.Ordinal);
        Assert.Equal(["Runs", "Segments"], stored.RootElement.GetProperty("tables").EnumerateObject().Select(table => table.Name), StringComparer.Ordinal);

        string[] ids = [.. customers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0])];
        JsonElement[] rows = [.. stored.RootElement.GetProperty("tables").GetProperty("Segments").EnumerateArray()];
        Assert.Equal(ids, rows.Select(row => row.GetProperty("CustomerId").GetString()!).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (JsonElement row in rows)
        {
            string partition = row.GetProperty("partitionKey").GetString()!;
            Assert.StartsWith(RunId + "_", partition, StringComparison.Ordinal);
            int shard = int.Parse(partition[^5..], CultureInfo.InvariantCulture);
            SegmentAssignment found = (await azure.Segments.FindAsync(RunId, shard, row.GetProperty("CustomerId").GetString()!, Token))!;
            Assert.Equal(found, await folders.Segments.FindAsync(RunId, shard, found.CustomerId, Token));
            Assert.Equal(found.Monetary.ToString(), row.GetProperty("Monetary").GetString());
            Assert.Equal(found.Frequency.ToString(CultureInfo.InvariantCulture), row.GetProperty("Frequency").GetProperty("int64").GetString());
            Assert.Equal(found.RecencyDays, row.GetProperty("RecencyDays").GetInt32());
            Assert.Equal(found.Scores?.R, row.TryGetProperty("R", out JsonElement r) ? r.GetInt32() : null);
            Assert.Equal(found.Cluster, row.TryGetProperty("Cluster", out JsonElement cluster) ? cluster.GetInt32() : null);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_run_over_a_bad_network_gives_the_same_bytes(int seed)
    {
        var random = new Xoshiro256StarStar((ulong)seed);
        var gate = new Lock();
        Fault[] kinds = [Fault.Busy, Fault.TooMany, Fault.InnerTimeout, Fault.Refused, Fault.Timeout, Fault.AnswerLost, Fault.AnswerTorn];
        using var faults = new Faults(_ =>
        {
            lock (gate)
            {
                return random.NextInt32(100) < 15 ? kinds[random.NextInt32(kinds.Length)] : Fault.None;
            }
        });
        string bad = await RunAsync(AzureStorage.Open(azurite.NewAccount(), TimeProvider.System, options =>
        {
            faults.Configure(options);
            options.Retry.MaxRetries = 10;
        }));
        Assert.Equal(await RunAsync(FolderStorage.Open(_folder.Path)), bad);
        Assert.True(faults.Done.Count(fault => fault != Fault.None) > 20);
    }

    private static async Task<string> RunAsync(SegmentationStorage storage)
    {
        foreach ((string name, byte[] bytes) in new Store().WithThreeGroups().Uploads.Snapshot())
        {
            await storage.Uploads.WriteAsync(name, (stream, token) => stream.WriteAsync(bytes, token).AsTask(), Token);
        }

        // Seconds are not measured, and uploads are seen when they are on every storage, so that all results can be compared.
        var clock = new FixedClock(new DateTimeOffset(2124, 6, 30, 0, 0, 0, TimeSpan.Zero));
        var activities = new SegmentationActivities(storage, clock, new NoReport());
        RunOutcome outcome = await new InProcessRunner(activities, storage.Runs, 4).RunAsync(Store.Request(RunId), Token);
        Assert.Equal(RunStatus.Completed, outcome.Status);
        Assert.Equal(RunId, await storage.Segments.FindCurrentRunAsync(Token));
        var results = new StringBuilder();
        foreach (string name in new[] { "customers.csv", "profiles.json", "model-selection.json", "ledger.json", "rejects.csv" })
        {
            using var reader = new StreamReader(await storage.Runs.OpenReadAsync(RunBlobs.Result(RunId, name), Token));
            results.Append(await reader.ReadToEndAsync(Token));
        }

        return results.ToString();
    }

    private sealed class NoReport : IRunReport
    {
        public string Render(RunReport run) => run.RunId;
    }
}
