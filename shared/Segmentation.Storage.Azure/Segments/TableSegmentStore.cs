using System.Runtime.CompilerServices;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure.Tables;

namespace Segmentation.Storage.Azure.Segments;

/// <summary>The published segments in tables <c>Segments</c>, one row a customer and run, and <c>Runs</c>; both are made when first written.</summary>
/// <remarks>
/// A shard is a partition. Failures of the account are <see cref="IOException" /> and <see cref="UnauthorizedAccessException" />; a shard whose
/// publishing failed may hold some of its rows, which nobody reads before the run is current, and publishing it again completes it.
/// </remarks>
/// <param name="service">The Table service.</param>
public sealed class TableSegmentStore(TableServiceClient service) : ISegmentStore
{
    private readonly StoredTable _segments = new(service.GetTableClient("Segments"));
    private readonly RunRows _runs = new(new StoredTable(service.GetTableClient("Runs")));

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">An id is longer than a row can hold.</exception>
    public async Task PublishAsync(
        string runId, int shard, IReadOnlyList<SegmentAssignment> assignments, CancellationToken cancellationToken)
    {
        string partition = SegmentKeys.Partition(runId, shard);
        List<TableEntity> earlier = await _segments.ReadAllAsync(InPartition(partition), StoredTable.Keys, keep: null, cancellationToken);
        await _segments.UpsertAsync(Transactions(partition, assignments), cancellationToken);
        if (earlier.Count > 0)
        {
            var written = assignments.Select(customer => SegmentKeys.Encode(customer.CustomerId)).ToHashSet(StringComparer.Ordinal);
            await _segments.DeleteAllAsync(earlier.Where(row => !written.Contains(row.RowKey)), cancellationToken);
        }
    }

    /// <inheritdoc />
    /// <remarks>One point read.</remarks>
    /// <exception cref="InvalidDataException">The row is damaged or of an unknown version.</exception>
    public async ValueTask<SegmentAssignment?> FindAsync(string runId, int shard, string customerId, CancellationToken cancellationToken)
    {
        TableEntity? row = await _segments.FindAsync(SegmentKeys.Partition(runId, shard), SegmentKeys.Encode(customerId), cancellationToken);

        // Two texts have the same key if one of them is no text: half a surrogate pair is nobody's id.
        return row is not null && SegmentRow.Read(row) is var customer && customer.CustomerId == customerId ? customer : null;
    }

    /// <inheritdoc />
    /// <remarks>A query over one partition, a page after another; the rows of the shard are held in memory.</remarks>
    public async IAsyncEnumerable<SegmentAssignment> ReadShardAsync(
        string runId, int shard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (TableEntity row in await _segments.ReadAllAsync(
            InPartition(SegmentKeys.Partition(runId, shard)), select: null, keep: null, cancellationToken))
        {
            yield return SegmentRow.Read(row);
        }
    }

    /// <inheritdoc />
    /// <remarks>Reads the ids of all customers of the run, a shard at a time.</remarks>
    public async Task<long> EraseAsync(string runId, int shards, Predicate<string> isErased, CancellationToken cancellationToken)
    {
        long erased = 0;
        for (int shard = 0; shard < shards; shard++)
        {
            List<TableEntity> rows = await _segments.ReadAllAsync(
                InPartition(SegmentKeys.Partition(runId, shard)),
                SegmentRow.IdProperties,
                row => isErased(SegmentRow.IdOf(row)),
                cancellationToken);
            await _segments.DeleteAllAsync(rows, cancellationToken);
            erased += rows.Count;
        }

        return erased;
    }

    /// <inheritdoc />
    public async Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
    {
        if (await FindCurrentRunAsync(cancellationToken) == runId)
        {
            throw new InvalidOperationException($"Run {runId} is the current one.");
        }

        (string from, string before) = SegmentKeys.Partitions(runId);
        await _segments.DeleteAllAsync(
            TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {before}"), cancellationToken);
        await _runs.DeleteAsync(runId, cancellationToken);
    }

    /// <inheritdoc />
    public Task SaveRunAsync(RunRecord run, CancellationToken cancellationToken) => _runs.SaveAsync(run, cancellationToken);

    /// <inheritdoc />
    public Task<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken) => _runs.FindAsync(runId, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<RunRecord>> ListRunsAsync(CancellationToken cancellationToken) => _runs.ListAsync(cancellationToken);

    /// <inheritdoc />
    public Task<string?> FindCurrentRunAsync(CancellationToken cancellationToken) => _runs.FindCurrentAsync(cancellationToken);

    /// <inheritdoc />
    public Task SetCurrentRunAsync(string runId, CancellationToken cancellationToken) => _runs.SetCurrentAsync(runId, cancellationToken);

    /// <inheritdoc />
    public Task<RunTicket> AddRequestAsync(RunTicket ticket, CancellationToken cancellationToken) => _runs.AddRequestAsync(ticket, cancellationToken);

    /// <inheritdoc />
    public Task<RunTicket?> FindRequestAsync(CancellationToken cancellationToken) => _runs.FindRequestAsync(cancellationToken);

    /// <inheritdoc />
    public Task DeleteRequestAsync(string runId, CancellationToken cancellationToken) => _runs.DeleteRequestAsync(runId, cancellationToken);

    private static string InPartition(string partition) => TableClient.CreateQueryFilter($"PartitionKey eq {partition}");

    // At most 100 rows and 4 MiB each, by a generous guess of what a row takes.
    private static IEnumerable<TableEntity[]> Transactions(string partition, IReadOnlyList<SegmentAssignment> assignments)
    {
        var rows = new List<TableEntity>(TransactionBody.MostActions);
        long bytes = 0;
        foreach (SegmentAssignment customer in assignments)
        {
            int most = SegmentRow.MostBytes(customer);
            if (rows.Count == TransactionBody.MostActions || (rows.Count > 0 && bytes + most > TransactionBody.MostBytes))
            {
                yield return [.. rows];
                rows.Clear();
                bytes = 0;
            }

            rows.Add(SegmentRow.Of(partition, customer));
            bytes += most;
        }

        if (rows.Count > 0)
        {
            yield return [.. rows];
        }
    }
}
