using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Storage.Azure.Segments;
using Segmentation.Storage.Azure.Tables;
using Segmentation.Testing.Emulator;

namespace Segmentation.Storage.Azure.Tests;

/// <summary>Rows as they lie in accounts today; they must be read by every later version.</summary>
public sealed class StoredFormTests(Azurite azurite)
{
    private const string Run = "20240601-120000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("00017", "00017")]
    [InlineData("A-b.c", "A-b.c")]
    [InlineData("a/b", "a~2Fb")]
    [InlineData("a_b~", "a~5Fb~7E")]
    [InlineData("клиент", "~D0~BA~D0~BB~D0~B8~D0~B5~D0~BD~D1~82")]
    [InlineData("", "")]
    public void An_id_has_the_key_that_it_always_had(string id, string key) => Assert.Equal(key, SegmentKeys.Encode(id));

    [Fact]
    public void A_long_id_is_keyed_by_its_hash()
    {
        Assert.Equal(new string('x', 256), SegmentKeys.Encode(new string('x', 256)));
        Assert.Equal(
            "~~" + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(new string('x', 257)))),
            SegmentKeys.Encode(new string('x', 257)));
        Assert.Equal("20240601-120000_00007", SegmentKeys.Partition(Run, 7));
    }

    [Fact]
    public async Task Rows_of_format_1_are_read()
    {
        (TableSegmentStore store, TableClient segments, TableClient runs) = await StoreAsync();
        await segments.UpsertEntityAsync(new TableEntity("20240601-120000_00007", "a~2Fb")
        {
            ["Format"] = 1,
            ["CustomerId"] = "a/b",
            ["RecencyDays"] = 12,
            ["Frequency"] = 3L,
            ["Monetary"] = "170141183460469231731687303715.8841",
            ["R"] = 5,
            ["F"] = 4,
            ["M"] = 3,
            ["Cluster"] = 2,
        }, Token);
        await segments.UpsertEntityAsync(new TableEntity("20240601-120000_00007", "~01")
        {
            ["Format"] = 1,
            ["CustomerId0"] = new byte[] { 1 },
            ["RecencyDays"] = 0,
            ["Frequency"] = 1L,
            ["Monetary"] = "-0.50",
            ["Excluded"] = "non-positive-net",
        }, Token);
        Assert.Equal(
            new SegmentAssignment
            {
                CustomerId = "a/b",
                RecencyDays = 12,
                Frequency = 3,
                Monetary = Money.Parse("170141183460469231731687303715.8841"),
                Scores = new RfmScores(5, 4, 3),
                Cluster = 2,
            },
            await store.FindAsync(Run, 7, "a/b", Token));
        Assert.Equal(
            new SegmentAssignment { CustomerId = "\u0001", RecencyDays = 0, Frequency = 1, Monetary = new Money(-500_000), Excluded = "non-positive-net" },
            await store.FindAsync(Run, 7, "\u0001", Token));

        await runs.UpsertEntityAsync(new TableEntity("run", Run)
        {
            ["RunId"] = Run,
            ["Document"] = """{"format":1,"runId":"20240601-120000","status":"Completed","cause":"Schedule","requestedAt":"2024-06-01T12:00:00Z","finishedAt":"2024-06-01T12:01:00Z","language":"en","asOf":"2024-06-01","shards":8,"customers":2,"clusters":3,"activatedAt":"2024-06-01T12:01:00Z","message":null}""",
        }, Token);
        await runs.UpsertEntityAsync(new TableEntity("pointer", "current") { ["RunId"] = Run, ["Document"] = """{"runId":"20240601-120000","format":1}""" }, Token);
        await runs.UpsertEntityAsync(new TableEntity("pointer", "requested")
        {
            ["RunId"] = "20240701-120000",
            ["Document"] = """{"runId":"20240701-120000","requestedAt":"2024-07-01T12:00:00Z","cause":"Uploads"}""",
        }, Token);
        RunRecord run = Assert.Single(await store.ListRunsAsync(Token));
        Assert.Equal(run, await store.FindRunAsync(Run, Token));
        Assert.Equal((RunStatus.Completed, RunCause.Schedule, 8, 2L, 3), (run.Status, run.Cause, run.Shards, run.Customers, run.Clusters));
        Assert.Equal(Run, await store.FindCurrentRunAsync(Token));
        Assert.Equal(new RunTicket("20240701-120000", new DateTime(2024, 7, 1, 12, 0, 0, DateTimeKind.Utc), RunCause.Uploads), await store.FindRequestAsync(Token));
    }

    [Fact]
    public async Task A_row_that_is_damaged_or_of_another_version_is_named()
    {
        (TableSegmentStore store, TableClient segments, TableClient runs) = await StoreAsync();
        await NamedAsync("has no Format", _ => { });
        await NamedAsync("has format 2; expected 1", row => row["Format"] = 2);
        await NamedAsync("has no CustomerId", row => row["Format"] = 1);
        await NamedAsync("has no RecencyDays", row => (row["Format"], row["CustomerId"]) = (1, "a"));
        await NamedAsync("'12,5' is no amount", row =>
            (row["Format"], row["CustomerId"], row["RecencyDays"], row["Frequency"], row["Monetary"]) = (1, "a", 1, 1L, "12,5"));
        await runs.UpsertEntityAsync(new TableEntity("pointer", "current") { ["Document"] = "{" }, Token);
        Assert.Contains("'current' of the runs is damaged", (await Assert.ThrowsAsync<InvalidDataException>(() => store.FindCurrentRunAsync(Token))).Message, StringComparison.Ordinal);

        async Task NamedAsync(string message, Action<TableEntity> fill)
        {
            var row = new TableEntity(SegmentKeys.Partition(Run, 0), "a");
            fill(row);
            await segments.UpsertEntityAsync(row, Token);
            var fault = await Assert.ThrowsAsync<InvalidDataException>(() => store.FindAsync(Run, 0, "a", Token).AsTask());
            Assert.Contains("row 'a' in partition '20240601-120000_00000'", fault.Message, StringComparison.Ordinal);
            Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        }
    }

    private async Task<(TableSegmentStore Store, TableClient Segments, TableClient Runs)> StoreAsync()
    {
        var options = new TableClientOptions(TimeProvider.System);
        Faults.Quick(options);
        var service = new TableServiceClient(azurite.NewAccount(), options);
        (TableClient segments, TableClient runs) = (service.GetTableClient("Segments"), service.GetTableClient("Runs"));
        await segments.CreateIfNotExistsAsync(Token);
        await runs.CreateIfNotExistsAsync(Token);
        return (new TableSegmentStore(service), segments, runs);
    }
}
