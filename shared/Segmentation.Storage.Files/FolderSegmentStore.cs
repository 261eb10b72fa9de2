using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;

namespace Segmentation.Storage.Files;

/// <summary>The published segments in a folder: a sorted file a shard, a document a run, and the pointer to the current run.</summary>
/// <remarks>
/// Lookups read the files where they lie, mapped into memory: dispose the store to let them go. Nothing else may write into a shard's file.
/// </remarks>
public sealed class FolderSegmentStore : ISegmentStore, IDisposable
{
    private const string Runs = "runs/";
    private const string Current = "current.json";
    private const string Requested = "requested.json";
    private const string ShardSuffix = ".segments";
    private readonly FolderContainer _tables;
    private readonly MappedShards _shards;
    private readonly SemaphoreSlim _requests = new(1, 1);

    /// <summary>Uses a folder; it is made with the first row.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="isDurable">Whether rows outlive a power cut too, at the price of a flush each.</param>
    public FolderSegmentStore(string root, bool isDurable = false)
    {
        _tables = new FolderContainer(root, isDurable);
        _shards = new MappedShards((runId, shard) => _tables.OpenRead(ShardName(runId, shard)));
    }

    /// <inheritdoc />
    public Task PublishAsync(
        string runId, int shard, IReadOnlyList<SegmentAssignment> assignments, CancellationToken cancellationToken) =>
        _tables.WriteAsync(
            ShardName(runId, shard),
            (stream, token) => SegmentFile.WriteAsync(stream, assignments, token),
            (temporary, path) => _shards.Change(runId, shard, () => File.Move(temporary, path, overwrite: true)),
            cancellationToken);

    /// <inheritdoc />
    /// <exception cref="BlobNotFoundException">The run has no such shard: it was never published, or deleted.</exception>
    /// <exception cref="InvalidDataException">The file of the shard is damaged or of an unknown version.</exception>
    public ValueTask<SegmentAssignment?> FindAsync(string runId, int shard, string customerId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_shards.Find(runId, shard, customerId));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SegmentAssignment> ReadShardAsync(
        string runId, int shard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await _tables.ExistsAsync(ShardName(runId, shard), cancellationToken))
        {
            yield break;
        }

        await using Stream stream = await _tables.OpenReadAsync(ShardName(runId, shard), cancellationToken);
        await foreach (SegmentAssignment assignment in SegmentFile.ReadAllAsync(stream, cancellationToken))
        {
            yield return assignment;
        }
    }

    /// <inheritdoc />
    public Task SaveRunAsync(RunRecord run, CancellationToken cancellationToken) =>
        _tables.WriteJsonAsync($"{Runs}{run.RunId}.json", run, TableJson.Default.RunRecord, cancellationToken);

    /// <inheritdoc />
    public async Task<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await _tables.ReadJsonAsync($"{Runs}{runId}.json", TableJson.Default.RunRecord, cancellationToken);
        }
        catch (BlobNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<RunRecord>> ListRunsAsync(CancellationToken cancellationToken)
    {
        var runs = new List<RunRecord>();
        await foreach (BlobEntry entry in _tables.ListAsync(Runs, cancellationToken))
        {
            // One may be removed between the listing and the reading.
            if (await FindRunAsync(Path.GetFileNameWithoutExtension(entry.Name), cancellationToken) is { } run)
            {
                runs.Add(run);
            }
        }

        runs.Reverse();
        return runs;
    }

    /// <inheritdoc />
    public async Task<string?> FindCurrentRunAsync(CancellationToken cancellationToken) =>
        await _tables.ExistsAsync(Current, cancellationToken)
            ? (await _tables.ReadJsonAsync(Current, TableJson.Default.CurrentRun, cancellationToken)).RunId
            : null;

    /// <inheritdoc />
    public Task SetCurrentRunAsync(string runId, CancellationToken cancellationToken) =>
        _tables.WriteJsonAsync(Current, new CurrentRun(runId), TableJson.Default.CurrentRun, cancellationToken);

    /// <inheritdoc />
    public async Task<long> EraseAsync(string runId, int shards, Predicate<string> isErased, CancellationToken cancellationToken)
    {
        long erased = 0;
        for (int shard = 0; shard < shards; shard++)
        {
            var kept = new List<SegmentAssignment>();
            long before = erased;
            if (!await _tables.ExistsAsync(ShardName(runId, shard), cancellationToken))
            {
                // The run was cut off before it published this shard, or while it was removed.
                continue;
            }

            await using (Stream stream = await _tables.OpenReadAsync(ShardName(runId, shard), cancellationToken))
            {
                await foreach (SegmentAssignment assignment in SegmentFile.ReadAllAsync(stream, cancellationToken))
                {
                    if (isErased(assignment.CustomerId))
                    {
                        erased++;
                    }
                    else
                    {
                        kept.Add(assignment);
                    }
                }
            }

            if (erased > before)
            {
                await PublishAsync(runId, shard, kept, cancellationToken);
            }
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

        // The row first: what has a row is whole.
        await _tables.DeleteAsync($"{Runs}{runId}.json", cancellationToken);
        await foreach (BlobEntry entry in _tables.ListAsync(RunFolder(runId), cancellationToken))
        {
            string path = _tables.PathOf(entry.Name);
            _shards.Change(runId, ShardOf(entry.Name), () => File.Delete(path));
            _tables.RemoveEmptyFolders(Path.GetDirectoryName(path)!);
        }
    }

    /// <inheritdoc />
    public async Task<RunTicket> AddRequestAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        // No rename of the platform refuses a file that is there without a moment in between; one process at a time uses the folder.
        await _requests.WaitAsync(cancellationToken);
        try
        {
            if (await FindRequestAsync(cancellationToken) is { } waiting)
            {
                return waiting;
            }

            await _tables.WriteJsonAsync(Requested, ticket, TableJson.Default.RunTicket, cancellationToken);
            return ticket;
        }
        finally
        {
            _requests.Release();
        }
    }

    /// <inheritdoc />
    public async Task<RunTicket?> FindRequestAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _tables.ReadJsonAsync(Requested, TableJson.Default.RunTicket, cancellationToken);
        }
        catch (BlobNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task DeleteRequestAsync(string runId, CancellationToken cancellationToken)
    {
        await _requests.WaitAsync(cancellationToken);
        try
        {
            if ((await FindRequestAsync(cancellationToken))?.RunId == runId)
            {
                await _tables.DeleteAsync(Requested, cancellationToken);
            }
        }
        finally
        {
            _requests.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _shards.Dispose();
        _requests.Dispose();
    }

    private static string RunFolder(string runId) => $"segments/{runId}/";

    private static string ShardName(string runId, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{RunFolder(runId)}{shard:D5}{ShardSuffix}");

    // Of a file that is no shard's: none.
    private static int ShardOf(string name) =>
        int.TryParse(Path.GetFileNameWithoutExtension(name), NumberStyles.None, CultureInfo.InvariantCulture, out int shard) ? shard : -1;
}

/// <summary>The pointer to the current run.</summary>
/// <param name="RunId">The run that readers see.</param>
internal sealed record CurrentRun(string RunId);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(CurrentRun))]
[JsonSerializable(typeof(RunTicket))]
internal sealed partial class TableJson : JsonSerializerContext;
