using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Storage.Azure.Segments;
using Segmentation.Storage.Azure.Tables;
using Segmentation.Testing.Emulator;
using Segmentation.Testing.Storage;

namespace Segmentation.Storage.Azure.Tests;

public sealed class TableSegmentStoreTests(Azurite azurite) : SegmentStoreContract
{
    private const string Run = "20240601-120000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writing_a_shard_again_leaves_exactly_the_rows_of_the_last_writing()
    {
        TableServiceClient service = Service();
        var store = new TableSegmentStore(service);
        SegmentAssignment[] first = [.. Enumerable.Range(0, 450).Select(i => Customer($"c{i:D4}", i))];
        SegmentAssignment[] second = [.. first.Where((_, i) => i % 3 != 0).Select(row => row with { RecencyDays = 7 }), .. Enumerable.Range(0, 120).Select(i => Customer($"d{i:D4}", i))];
        await store.PublishAsync(Run, 0, first, Token);
        await store.PublishAsync(Run, 1, first, Token);
        await store.PublishAsync(Run, 0, second, Token);
        Assert.Equal(second, await RowsAsync(service, 0));
        await store.PublishAsync(Run, 0, second, Token);
        Assert.Equal(second, await RowsAsync(service, 0));
        Assert.Equal(first, await RowsAsync(service, 1));
        await store.PublishAsync(Run, 0, [], Token);
        Assert.Empty(await RowsAsync(service, 0));
    }

    [Fact]
    public async Task Ids_of_any_length_and_characters_are_one_row_each_and_come_back()
    {
        TableServiceClient service = Service();
        var store = new TableSegmentStore(service);
        string[] ids =
        [
            .. new[]
            {
                "~", "~2F", "/", "_", "a_b", "a~5Fb", "\u0000", "a\u0000", "\u007F", "\u0085", "\uFFFE", "\uFFFF", "ab\r\n--changeset_segmentation--\r\n",
                new string('a', 256), new string('a', 257), new string('/', 85), new string('/', 86), Repeat("😀", 21), Repeat("😀", 22),
                new string('b', 32_768), new string('b', 32_769), new string('\u0001', 40_000), new string('客', 64 << 10), new string('z', 600_000),
            }.Order(StringComparer.Ordinal),
        ];
        await store.PublishAsync(Run, 0, [.. ids.Select(Customer)], Token);
        foreach ((int i, string id) in ids.Index())
        {
            Assert.Equal(Customer(id, i), await store.FindAsync(Run, 0, id, Token));
        }

        Assert.Equal(ids.Length, (await RowsAsync(service, 0)).Count);
        Assert.Equal(ids.Length, ids.Select(SegmentKeys.Encode).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(1, await store.EraseAsync(Run, 1, id => id.Length == 600_000, Token));
        Assert.Null(await store.FindAsync(Run, 0, new string('z', 600_000), Token));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_nobody()
    {
        TableSegmentStore store = new(Service());
        await store.PublishAsync(Run, 0, [Customer("a\uFFFD", 1)], Token);
        Assert.Null(await store.FindAsync(Run, 0, "a\uD83D", Token));
        Assert.NotNull(await store.FindAsync(Run, 0, "a\uFFFD", Token));
    }

    [Fact]
    public async Task An_id_that_no_row_can_hold_is_named()
    {
        var fault = await Assert.ThrowsAsync<InvalidDataException>(
            () => new TableSegmentStore(Service()).PublishAsync(Run, 0, [Customer(new string('x', StoredText.MostBytes + 1), 1)], Token));
        Assert.Contains("CustomerId 'xxxx", fault.Message, StringComparison.Ordinal);
        Assert.Contains("at most 917504", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_of_any_size_come_back_exactly()
    {
        TableSegmentStore store = new(Service());
        SegmentAssignment[] rows =
        [
            Customer("a", int.MaxValue) with { Frequency = long.MaxValue, Monetary = new Money(Int128.MaxValue) },
            Customer("b", 0) with { Frequency = 0, Monetary = new Money(-Int128.MaxValue), Excluded = SegmentAssignment.NonPositiveNet },
            Customer("c", 1) with { Frequency = (1L << 53) + 1, Monetary = new Money(1), Scores = new RfmScores(1, 2, 3), Cluster = 12 },
        ];
        await store.PublishAsync(Run, 0, rows, Token);
        foreach (SegmentAssignment row in rows)
        {
            Assert.Equal(row, await store.FindAsync(Run, 0, row.CustomerId, Token));
        }
    }

    [Fact]
    public async Task Runs_whose_ids_start_alike_are_deleted_alone()
    {
        TableServiceClient service = Service();
        var store = new TableSegmentStore(service);
        string[] runs = ["run", "run-", "run1", "run_", "run_00000", "rum", "ru", "run:", "Run", "current", "requested"];
        foreach (string run in runs)
        {
            await store.PublishAsync(run, 0, [Customer("a", 1)], Token);
            await store.PublishAsync(run, 99_999, [Customer("a", 2)], Token);
            await store.SaveRunAsync(new RunRecord { RunId = run, Language = "en" }, Token);
        }

        await store.SetCurrentRunAsync("requested", Token);
        await store.DeleteRunAsync("run", Token);
        string[] others = [.. runs.Where(run => run != "run").OrderDescending(StringComparer.Ordinal)];
        Assert.Equal(others, (await store.ListRunsAsync(Token)).Select(run => run.RunId), StringComparer.Ordinal);
        Assert.Null(await store.FindAsync("run", 0, "a", Token));
        Assert.Null(await store.FindAsync("run", 99_999, "a", Token));
        foreach (string run in others)
        {
            Assert.Equal(2, (await store.FindAsync(run, 99_999, "a", Token))!.RecencyDays);
        }

        await store.DeleteRunAsync("current", Token);
        Assert.Equal("requested", await store.FindCurrentRunAsync(Token));
    }

    [Fact]
    public async Task A_run_of_more_rows_than_a_page_is_deleted_and_erased_from_whole()
    {
        TableServiceClient service = Service();
        var store = new TableSegmentStore(service);
        SegmentAssignment[] rows = [.. Enumerable.Range(0, 2_345).Select(i => Customer($"c{i:D5}", i))];
        await store.PublishAsync(Run, 0, rows, Token);
        Assert.Equal(rows, await RowsAsync(service, 0));
        Assert.Equal(1_173, await store.EraseAsync(Run, 1, id => (id[^1] - '0') % 2 == 0, Token));
        Assert.Equal([.. rows.Where((_, i) => i % 2 == 1)], await RowsAsync(service, 0));
        await store.DeleteRunAsync(Run, Token);
        Assert.Empty(await RowsAsync(service, 0));
    }

    [Fact]
    public async Task A_request_that_is_replaced_while_it_is_taken_stays()
    {
        string account = azurite.NewAccount();
        var first = new RunTicket("run-1", new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc), RunCause.Schedule);
        TableSegmentStore other = new(new TableServiceClient(account, Options()));
        await other.SaveRequestAsync(first, Token);
        int deletes = 0;
        using var faults = new Faults(request =>
        {
            if (request.Method == HttpMethod.Delete && deletes++ == 0)
            {
                other.SaveRequestAsync(first with { RunId = "run-2" }, Token).GetAwaiter().GetResult();
            }

            return Fault.None;
        });
        var options = Options();
        faults.Configure(options);
        await new TableSegmentStore(new TableServiceClient(account, options)).DeleteRequestAsync("run-1", Token);
        Assert.Equal(1, deletes);
        Assert.Equal("run-2", (await other.FindRequestAsync(Token))!.RunId);
    }

    [Fact]
    public async Task A_message_longer_than_a_property_comes_back()
    {
        TableSegmentStore store = new(Service());
        var run = new RunRecord { RunId = Run, Language = "ru", Status = RunStatus.Failed, Message = new string('ы', 100_000) };
        await store.SaveRunAsync(run, Token);
        Assert.Equal(run, await store.FindRunAsync(Run, Token));
    }

    protected override ISegmentStore Create() => new TableSegmentStore(Service());

    private static async Task<IReadOnlyList<SegmentAssignment>> RowsAsync(TableServiceClient service, int shard)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {SegmentKeys.Partition(Run, shard)}");
        return await service.GetTableClient("Segments").QueryAsync(filter, cancellationToken: Token).Select(SegmentRow.Read).ToListAsync(Token);
    }

    private static SegmentAssignment Customer(string id, int recencyDays) =>
        new() { CustomerId = id, RecencyDays = recencyDays, Frequency = 2, Monetary = new Money(3) };

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static TableClientOptions Options()
    {
        var options = new TableClientOptions(TimeProvider.System);
        Faults.Quick(options);
        return options;
    }

    private TableServiceClient Service() => new(azurite.NewAccount(), Options());
}
