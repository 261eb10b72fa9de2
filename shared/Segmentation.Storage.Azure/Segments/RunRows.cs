using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure.Tables;

namespace Segmentation.Storage.Azure.Segments;

/// <summary>
/// Table <c>Runs</c>: partition <c>run</c> has one row a run, by its id; partition <c>pointer</c> has the rows <c>current</c> and <c>requested</c>.
/// Each holds its document as JSON.
/// </summary>
internal sealed class RunRows(StoredTable table)
{
    private const string Runs = "run";
    private const string Pointers = "pointer";
    private const string Current = "current";
    private const string Requested = "requested";
    private const string RunId = "RunId";
    private const string Document = "Document";
    private const int Conflict = 412;

    /// <summary>Writes the row of a run.</summary>
    public Task SaveAsync(RunRecord run, CancellationToken cancellationToken) => WriteAsync(
        new TableEntity(Runs, SegmentKeys.Encode(run.RunId)), run.RunId, run, RunJson.Default.RunRecord, cancellationToken);

    /// <summary>Reads the row of a run, or null.</summary>
    public async Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken) =>
        Read(await table.FindAsync(Runs, SegmentKeys.Encode(runId), cancellationToken), RunJson.Default.RunRecord);

    /// <summary>All runs, newest first.</summary>
    public async Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken)
    {
        List<TableEntity> rows = await table.ReadAllAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Runs}"), select: null, keep: null, cancellationToken);
        return [.. rows.Select(row => Read(row, RunJson.Default.RunRecord)!).OrderByDescending(run => run.RunId, StringComparer.Ordinal)];
    }

    /// <summary>Removes the row of a run.</summary>
    public Task DeleteAsync(string runId, CancellationToken cancellationToken) =>
        table.DeleteAsync(Runs, SegmentKeys.Encode(runId), default, cancellationToken);

    /// <summary>The id of the current run, or null.</summary>
    public async Task<string?> FindCurrentAsync(CancellationToken cancellationToken) =>
        Read(await table.FindAsync(Pointers, Current, cancellationToken), RunJson.Default.CurrentRun)?.RunId;

    /// <summary>Makes a run the current one.</summary>
    public Task SetCurrentAsync(string runId, CancellationToken cancellationToken) =>
        WriteAsync(new TableEntity(Pointers, Current), runId, new CurrentRun(runId), RunJson.Default.CurrentRun, cancellationToken);

    /// <summary>Writes the waiting request, unless there is one.</summary>
    /// <returns>The request that waits now.</returns>
    public async Task<RunTicket> AddRequestAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        TableEntity row = Row(new TableEntity(Pointers, Requested), ticket.RunId, ticket, RunJson.Default.RunTicket);
        while (true)
        {
            try
            {
                await table.AddAsync(row, cancellationToken);
                return ticket;
            }
            catch (IOException fault) when (fault.InnerException is RequestFailedException { ErrorCode: TableErrorCode.EntityAlreadyExists })
            {
                // Another's, or this one of an attempt whose answer was lost. Taken meanwhile, it is no longer in the way.
                if (await FindRequestAsync(cancellationToken) is { } waiting)
                {
                    return waiting;
                }
            }
        }
    }

    /// <summary>The waiting request, or null.</summary>
    public async Task<RunTicket?> FindRequestAsync(CancellationToken cancellationToken) =>
        Read(await table.FindAsync(Pointers, Requested, cancellationToken), RunJson.Default.RunTicket);

    /// <summary>Removes the waiting request if it still asks for this run. One that came in between stays: the version that was read is the one that goes.</summary>
    public async Task DeleteRequestAsync(string runId, CancellationToken cancellationToken)
    {
        bool isDone = false;
        while (!isDone)
        {
            TableEntity? row = await table.FindAsync(Pointers, Requested, cancellationToken);
            isDone = row is null || Read(row, RunJson.Default.RunTicket)!.RunId != runId;
            if (!isDone)
            {
                try
                {
                    await table.DeleteAsync(Pointers, Requested, row!.ETag, cancellationToken);
                    isDone = true;
                }
                catch (IOException fault) when (fault.InnerException is RequestFailedException { Status: Conflict })
                {
                    // Written meanwhile: what it asks for now decides.
                }
            }
        }
    }

    private static T? Read<T>(TableEntity? row, JsonTypeInfo<T> type)
        where T : class
    {
        if (row is null)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(StoredText.Read(row, Document), type)
                ?? throw new InvalidDataException($"The stored row '{row.RowKey}' of the runs is null.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The stored row '{row.RowKey}' of the runs is damaged: {fault.Message}", fault);
        }
    }

    private Task WriteAsync<T>(TableEntity row, string runId, T document, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        table.UpsertAsync(Row(row, runId, document, type), cancellationToken);

    private static TableEntity Row<T>(TableEntity row, string runId, T document, JsonTypeInfo<T> type)
    {
        // For who looks at the table; the document is what is read.
        StoredText.Write(row, RunId, runId);
        StoredText.Write(row, Document, JsonSerializer.Serialize(document, type));
        return row;
    }
}

/// <summary>The pointer to the current run.</summary>
/// <param name="RunId">The run that readers see.</param>
/// <param name="Format">Version of this form.</param>
internal sealed record CurrentRun(string RunId, int Format = 1);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(CurrentRun))]
[JsonSerializable(typeof(RunTicket))]
internal sealed partial class RunJson : JsonSerializerContext;
