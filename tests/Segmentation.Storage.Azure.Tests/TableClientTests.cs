using Azure;
using Azure.Storage;
using Azure.Storage.Sas;
using Segmentation.Storage.Azure.Tables;
using Segmentation.Testing.Emulator;

namespace Segmentation.Storage.Azure.Tests;

public sealed class TableClientTests(Azurite azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_is_made_once()
    {
        TableClient table = Table();
        Assert.True(await table.CreateIfNotExistsAsync(Token));
        Assert.False(await table.CreateIfNotExistsAsync(Token));
    }

    [Fact]
    public async Task Of_a_table_that_is_not_there_nothing_is_read_and_nothing_removed()
    {
        TableClient table = Table();
        Assert.Null(await table.GetEntityIfExistsAsync("p", "r", Token));
        Assert.Empty(await table.QueryAsync("PartitionKey eq 'p'", cancellationToken: Token).ToListAsync(Token));
        Assert.False(await table.DeleteEntityAsync("p", "r", default, Token));
        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpsertEntityAsync(new TableEntity("p", "r"), Token));
        Assert.Equal((404, "TableNotFound"), (fault.Status, fault.ErrorCode));
    }

    [Fact]
    public async Task Every_type_comes_back_as_it_was()
    {
        TableClient table = await MadeAsync();
        var row = new TableEntity("p' 1&%+", "it's 客")
        {
            ["Text"] = "a\"\\'<>&+\u2028客😀",
            ["Empty"] = "",
            ["Int"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["Whole"] = 3.0,
            ["Double"] = 0.1,
            ["Infinite"] = double.NegativeInfinity,
            ["True"] = true,
            ["Binary"] = new byte[] { 0, 255 },
            ["Time"] = new DateTimeOffset(2024, 6, 1, 1, 2, 3, TimeSpan.Zero),
            ["Id"] = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            ["Nothing"] = null,
        };
        await table.UpsertEntityAsync(row, Token);
        TableEntity point = (await table.GetEntityIfExistsAsync(row.PartitionKey, row.RowKey, Token))!;
        TableEntity queried = await table.QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {row.PartitionKey} and RowKey eq {row.RowKey}"), cancellationToken: Token).SingleAsync(Token);
        foreach (TableEntity found in new[] { point, queried })
        {
            Assert.Equal((row.PartitionKey, row.RowKey), (found.PartitionKey, found.RowKey));
            Assert.Equal(row.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
            Assert.All(row.Keys, name => Assert.Equal(row[name], found[name]));
        }

        Assert.NotEqual(default, point.ETag);
        Assert.Throws<InvalidDataException>(() => point.GetInt64("Int"));
        Assert.Throws<InvalidDataException>(() => point.GetString("Int"));
        Assert.Throws<InvalidDataException>(() => point.GetBinary("Int"));
        Assert.Null(point.GetInt64("Absent"));
    }

    [Fact]
    public async Task A_row_is_added_once_replaced_whole_and_removed_by_its_version()
    {
        TableClient table = await MadeAsync();
        var row = new TableEntity("p", "r") { ["A"] = 1 };
        await table.AddEntityAsync(row, Token);
        var fault = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(row, Token));
        Assert.Equal((409, "EntityAlreadyExists"), (fault.Status, fault.ErrorCode));
        ETag first = (await table.GetEntityIfExistsAsync("p", "r", Token))!.ETag;
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 2 }, Token);
        TableEntity second = (await table.GetEntityIfExistsAsync("p", "r", Token))!;
        Assert.Equal(["B"], second.Keys);
        Assert.Equal(412, (await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", first, Token))).Status);
        Assert.True(await table.DeleteEntityAsync("p", "r", second.ETag, Token));
        Assert.False(await table.DeleteEntityAsync("p", "r", default, Token));
    }

    [Fact]
    public async Task A_query_goes_on_over_pages_and_reads_what_is_asked_for()
    {
        TableClient table = await MadeAsync();
        await table.SubmitTransactionAsync(Rows(25, i => new TableEntity("p", $"{i:D3}") { ["A"] = i, ["B"] = "b" }), Token);
        await table.SubmitTransactionAsync(Rows(3, i => new TableEntity("q", $"{i:D3}")), Token);
        List<TableEntity> rows = await table.QueryAsync("PartitionKey eq 'p'", ["RowKey", "A"], maxPerPage: 7, Token).ToListAsync(Token);
        Assert.Equal(Enumerable.Range(0, 25), rows.Select(row => row.GetInt32("A")!.Value));
        Assert.All(rows, row => Assert.Null(row["B"]));
        Assert.Equal(28, await table.QueryAsync("PartitionKey ge 'p'", maxPerPage: 10, cancellationToken: Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_transaction_is_done_whole_or_not_at_all()
    {
        TableClient table = await MadeAsync();
        await table.UpsertEntityAsync(new TableEntity("p", "007"), Token);
        var fault = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            Enumerable.Range(0, 10).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:D3}"))), Token));
        Assert.Equal((409, "EntityAlreadyExists", 7), (fault.Status, fault.ErrorCode, fault.FailedTransactionActionIndex));
        Assert.Equal(1, await table.QueryAsync("PartitionKey eq 'p'", cancellationToken: Token).CountAsync(Token));

        await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity("p", "000")),
                new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "it's") { ["A"] = "客\r\n--changeset_segmentation--" }),
                new(TableTransactionActionType.Delete, new TableEntity("p", "007")),
            ],
            Token);
        List<TableEntity> rows = await table.QueryAsync("PartitionKey eq 'p'", cancellationToken: Token).ToListAsync(Token);
        Assert.Equal(["000", "it's"], rows.Select(row => row.RowKey), StringComparer.Ordinal);
        Assert.Equal("客\r\n--changeset_segmentation--", rows[1].GetString("A"));
    }

    [Fact]
    public async Task A_transaction_that_no_service_takes_is_refused_before_it_is_sent()
    {
        TableClient table = Table();
        await RefusedAsync("has 0 actions; expected 1 to 100", []);
        await RefusedAsync("has 101 actions", Rows(101, i => new TableEntity("p", $"{i}")));
        await RefusedAsync("partitions '0' and '1'", Rows(2, i => new TableEntity($"{i}", "r")));
        await RefusedAsync("at most 4194304", Rows(100, i => new TableEntity("p", $"{i}") { ["A"] = new byte[40_000] }));
        await RefusedAsync("which no table can hold", Rows(1, _ => new TableEntity("p", "r") { ["A"] = 1m }));

        async Task RefusedAsync(string message, IEnumerable<TableTransactionAction> actions) => Assert.Contains(
            message, (await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync(actions, Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_of_a_hundred_rows_near_the_limit_is_done()
    {
        TableClient table = await MadeAsync();
        await table.SubmitTransactionAsync(Rows(100, i => new TableEntity("p", $"{i:D3}") { ["A"] = new byte[30_000] }), Token);
        Assert.Equal(100, await table.QueryAsync("PartitionKey eq 'p'", ["RowKey"], cancellationToken: Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_shared_access_signature_opens_the_account_from_a_connection_string_or_an_address()
    {
        string account = azurite.NewAccount();
        StorageConnection connection = StorageConnection.Parse(account);
        await new TableServiceClient(account, Options()).GetTableClient("rows").CreateIfNotExistsAsync(Token);
        var builder = new AccountSasBuilder(
            AccountSasPermissions.All, TimeProvider.System.GetUtcNow().AddHours(1), AccountSasServices.All, AccountSasResourceTypes.All);
        string signature = builder.ToSasQueryParameters(new StorageSharedKeyCredential(connection.Account, Azurite.Key)).ToString();
        TableServiceClient[] services =
        [
            new($"TableEndpoint={connection.Endpoint};SharedAccessSignature={signature}", Options()),
            new(new Uri($"{connection.Endpoint}?{signature}"), Options()),
        ];
        foreach (TableServiceClient service in services)
        {
            TableClient table = service.GetTableClient("rows");
            await table.SubmitTransactionAsync(Rows(3, i => new TableEntity("p", $"{i}") { ["A"] = i }), Token);
            Assert.Equal(3, await table.QueryAsync("PartitionKey eq 'p'", maxPerPage: 2, cancellationToken: Token).CountAsync(Token));
            Assert.Equal(1, (await table.GetEntityIfExistsAsync("p", "1", Token))!.GetInt32("A"));
        }
    }

    private static IEnumerable<TableTransactionAction> Rows(int count, Func<int, TableEntity> row) =>
        Enumerable.Range(0, count).Select(i => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row(i)));

    private static TableClientOptions Options()
    {
        var options = new TableClientOptions(TimeProvider.System);
        Faults.Quick(options);
        return options;
    }

    private TableClient Table() => new TableServiceClient(azurite.NewAccount(), Options()).GetTableClient("rows");

    private async Task<TableClient> MadeAsync()
    {
        TableClient table = Table();
        await table.CreateIfNotExistsAsync(Token);
        return table;
    }
}
