using System.Collections.Concurrent;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;

namespace Segmentation.Testing.Storage;

/// <summary>Published segments in memory.</summary>
internal sealed class MemorySegmentStore(WriteFaults? faults = null) : ISegmentStore
{
    private readonly ConcurrentDictionary<(string Run, int Shard), IReadOnlyList<SegmentAssignment>> _shards = new();
    private readonly ConcurrentDictionary<string, RunRecord> _runs = new(StringComparer.Ordinal);
    private string? _current;

    /// <summary>All rows as text, to compare.</summary>
    public IReadOnlyList<string> Snapshot() =>
    [
        .. _shards.OrderBy(shard => shard.Key).SelectMany(shard => shard.Value.Select(row => $"{shard.Key} {row}")),
        .. _runs.OrderBy(run => run.Key, StringComparer.Ordinal).Select(run => run.Value.ToString()),
        _current ?? "",
    ];

    public Task PublishAsync(
        string runId, int shard, IReadOnlyList<SegmentAssignment> assignments, CancellationToken cancellationToken) =>
        Write(() => _shards[(runId, shard)] = [.. assignments]);

    public Task<SegmentAssignment?> FindAsync(string runId, int shard, string customerId, CancellationToken cancellationToken) =>
        Task.FromResult(_shards[(runId, shard)].FirstOrDefault(row => row.CustomerId == customerId));

    public Task SaveRunAsync(RunRecord run, CancellationToken cancellationToken) => Write(() => _runs[run.RunId] = run);

    public Task<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult(_runs.GetValueOrDefault(runId));

    public Task<IReadOnlyList<RunRecord>> ListRunsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RunRecord>>([.. _runs.Values.OrderByDescending(run => run.RunId, StringComparer.Ordinal)]);

    public Task<string?> FindCurrentRunAsync(CancellationToken cancellationToken) => Task.FromResult(_current);

    public Task SetCurrentRunAsync(string runId, CancellationToken cancellationToken) => Write(() => _current = runId);

    private Task Write(Action write)
    {
        if (faults is null)
        {
            write();
        }
        else
        {
            faults.Write(write);
        }

        return Task.CompletedTask;
    }
}
