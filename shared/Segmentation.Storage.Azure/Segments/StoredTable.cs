using Azure;
using Segmentation.Storage.Azure.Tables;

namespace Segmentation.Storage.Azure.Segments;

/// <summary>A table that is made when it is first written, and whose failures are told as those of a disk.</summary>
internal sealed class StoredTable(TableClient client)
{
    /// <summary>The properties that name a row.</summary>
    public static readonly string[] Keys = ["PartitionKey", "RowKey"];

    /// <summary>
    /// Transactions that are on their way at a time: at 20 ms each that is ten times what the service takes in one partition (2,000 rows a
    /// second), and more only stand in its queue.
    /// </summary>
    private const int Concurrency = 4;

    private const int MostRows = 10_000;

    private volatile bool _isMade;

    /// <summary>Reads one row, or null.</summary>
    public Task<TableEntity?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) => StorageFaults.ExplainAsync(
        $"Reading a row of table {client.Name}", () => client.GetEntityIfExistsAsync(partitionKey, rowKey, cancellationToken), cancellationToken);

    /// <summary>Reads the rows of a filter that a predicate keeps; null keeps all.</summary>
    public Task<List<TableEntity>> ReadAllAsync(
        string filter, string[]? select, Predicate<TableEntity>? keep, CancellationToken cancellationToken) =>
        StorageFaults.ExplainAsync($"Reading rows of table {client.Name}", async () =>
        {
            var rows = new List<TableEntity>();
            await foreach (TableEntity row in client.QueryAsync(filter, select, cancellationToken: cancellationToken))
            {
                if (keep is null || keep(row))
                {
                    rows.Add(row);
                }
            }

            return rows;
        }, cancellationToken);

    /// <summary>Writes one row in place of any.</summary>
    public async Task UpsertAsync(TableEntity row, CancellationToken cancellationToken)
    {
        await MakeAsync(cancellationToken);
        await WriteAsync(() => client.UpsertEntityAsync(row, cancellationToken), cancellationToken);
    }

    /// <summary>Writes one row that must not be there: a row in the way is a failure of code <see cref="TableErrorCode.EntityAlreadyExists" />.</summary>
    public async Task AddAsync(TableEntity row, CancellationToken cancellationToken)
    {
        await MakeAsync(cancellationToken);
        await WriteAsync(() => client.AddEntityAsync(row, cancellationToken), cancellationToken);
    }

    /// <summary>Removes one row, if it is there.</summary>
    public Task DeleteAsync(string partitionKey, string rowKey, ETag version, CancellationToken cancellationToken) =>
        WriteAsync(() => client.DeleteEntityAsync(partitionKey, rowKey, version, cancellationToken), cancellationToken);

    /// <summary>Writes rows of one partition in transactions, several at a time.</summary>
    /// <param name="transactions">At most 100 rows and 4 MiB each; made as they are sent.</param>
    /// <param name="cancellationToken">Stops between transactions.</param>
    public async Task UpsertAsync(IEnumerable<TableEntity[]> transactions, CancellationToken cancellationToken)
    {
        await MakeAsync(cancellationToken);
        await InParallelAsync(transactions, (rows, token) => WriteAsync(() => client.SubmitTransactionAsync(
            rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), token), token), cancellationToken);
    }

    /// <summary>Removes rows by their keys, of any partitions; those that are gone already are passed over.</summary>
    public Task DeleteAllAsync(IEnumerable<TableEntity> rows, CancellationToken cancellationToken)
    {
        IEnumerable<TableEntity[]> transactions = rows.GroupBy(row => row.PartitionKey, StringComparer.Ordinal)
            .SelectMany(partition => partition.Chunk(TransactionBody.MostActions));
        return InParallelAsync(transactions, DeleteTransactionAsync, cancellationToken);
    }

    /// <summary>Removes the rows of a filter, some thousands at a time, so that memory does not grow with their number.</summary>
    public Task DeleteAllAsync(string filter, CancellationToken cancellationToken) =>
        StorageFaults.ExplainAsync($"Deleting rows of table {client.Name}", async () =>
        {
            var rows = new List<TableEntity>();
            await foreach (TableEntity row in client.QueryAsync(filter, Keys, cancellationToken: cancellationToken))
            {
                rows.Add(row);
                if (rows.Count == MostRows)
                {
                    await DeleteAllAsync(rows, cancellationToken);
                    rows.Clear();
                }
            }

            await DeleteAllAsync(rows, cancellationToken);
        }, cancellationToken);

    private static Task InParallelAsync(
        IEnumerable<TableEntity[]> transactions, Func<TableEntity[], CancellationToken, Task> send, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            transactions,
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
            async (rows, token) => await send(rows, token));

    private async Task DeleteTransactionAsync(TableEntity[] rows, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(() => client.SubmitTransactionAsync(
                rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row)), cancellationToken), cancellationToken);
        }
        catch (IOException fault) when (fault.InnerException is RequestFailedException { Status: 404 })
        {
            // One was gone: removed by somebody else, or by an attempt whose answer was lost.
            foreach (TableEntity row in rows)
            {
                await DeleteAsync(row.PartitionKey, row.RowKey, default, cancellationToken);
            }
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        // Two at a time may both ask, which does no harm.
        if (!_isMade)
        {
            await StorageFaults.ExplainAsync($"Making table {client.Name}", () => client.CreateIfNotExistsAsync(cancellationToken), cancellationToken);
            _isMade = true;
        }
    }

    private Task WriteAsync(Func<Task> write, CancellationToken cancellationToken) =>
        StorageFaults.ExplainAsync($"Writing to table {client.Name}", write, cancellationToken);
}
