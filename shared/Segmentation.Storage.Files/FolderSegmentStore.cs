using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;

namespace Segmentation.Storage.Files;

/// <summary>The published segments in a folder: a sorted file a shard, a document a run, and the pointer to the current run.</summary>
public sealed class FolderSegmentStore : ISegmentStore
{
    private const string Runs = "runs/";
    private const string Current = "current.json";
    private readonly FolderContainer _tables;

    /// <summary>Uses a folder; it is made with the first row.</summary>
    public FolderSegmentStore(string root) => _tables = new FolderContainer(root);

    /// <inheritdoc />
    public Task PublishAsync(
        string runId, int shard, IReadOnlyList<SegmentAssignment> assignments, CancellationToken cancellationToken) =>
        _tables.WriteAsync(
            ShardName(runId, shard), (stream, token) => SegmentFile.WriteAsync(stream, assignments, token), cancellationToken);

    /// <inheritdoc />
    public async Task<SegmentAssignment?> FindAsync(
        string runId, int shard, string customerId, CancellationToken cancellationToken)
    {
        await using Stream stream = await _tables.OpenReadAsync(ShardName(runId, shard), cancellationToken);
        return await SegmentFile.FindAsync(stream, customerId, cancellationToken);
    }

    /// <inheritdoc />
    public Task SaveRunAsync(RunRecord run, CancellationToken cancellationToken) =>
        _tables.WriteJsonAsync($"{Runs}{run.RunId}.json", run, TableJson.Default.RunRecord, cancellationToken);

    /// <inheritdoc />
    public async Task<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        string name = $"{Runs}{runId}.json";
        return await _tables.ExistsAsync(name, cancellationToken)
            ? await _tables.ReadJsonAsync(name, TableJson.Default.RunRecord, cancellationToken)
            : null;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<RunRecord>> ListRunsAsync(CancellationToken cancellationToken)
    {
        var runs = new List<RunRecord>();
        await foreach (BlobEntry entry in _tables.ListAsync(Runs, cancellationToken))
        {
            runs.Add(await _tables.ReadJsonAsync(entry.Name, TableJson.Default.RunRecord, cancellationToken));
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

    private static string ShardName(string runId, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"segments/{runId}/{shard:D5}.segments");
}

/// <summary>The pointer to the current run.</summary>
/// <param name="RunId">The run that readers see.</param>
internal sealed record CurrentRun(string RunId);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(CurrentRun))]
internal sealed partial class TableJson : JsonSerializerContext;
