using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;

namespace Segmentation.Testing.Storage;

/// <summary>Published segments in memory.</summary>
internal sealed class MemorySegmentStore(WriteFaults? faults = null) : ISegmentStore
{
    private readonly ConcurrentDictionary<(string Run, int Shard), IReadOnlyList<SegmentAssignment>> _shards = new();
    private readonly ConcurrentDictionary<string, RunRecord> _runs = new(StringComparer.Ordinal);
    private string? _current;
    private RunTicket? _requested;

    /// <summary>All rows as text, to compare.</summary>
    public IReadOnlyList<string> Snapshot() =>
    [
        .. _shards.ToArray().OrderBy(shard => shard.Key).SelectMany(shard => shard.Value.Select(row => $"{shard.Key} {row}")),
        .. _runs.ToArray().OrderBy(run => run.Key, StringComparer.Ordinal).Select(run => run.Value.ToString()),
        _current ?? "",
    ];

    public Task PublishAsync(
        string runId, int shard, IReadOnlyList<SegmentAssignment> assignments, CancellationToken cancellationToken) =>
        Write(() => _shards[(runId, shard)] = [.. assignments]);

    public ValueTask<SegmentAssignment?> FindAsync(string runId, int shard, string customerId, CancellationToken cancellationToken) =>
        _shards.TryGetValue((runId, shard), out IReadOnlyList<SegmentAssignment>? rows)
            ? ValueTask.FromResult(rows.FirstOrDefault(row => row.CustomerId == customerId))
            : throw new BlobNotFoundException($"{runId}/{shard}");

    public async IAsyncEnumerable<SegmentAssignment> ReadShardAsync(
        string runId, int shard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        foreach (SegmentAssignment row in _shards.GetValueOrDefault((runId, shard), []))
        {
            yield return row;
        }
    }

    public Task SaveRunAsync(RunRecord run, CancellationToken cancellationToken) => Write(() => _runs[run.RunId] = run);

    public Task<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken) =>
        Task.FromResult(_runs.GetValueOrDefault(runId));

    public Task<IReadOnlyList<RunRecord>> ListRunsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RunRecord>>([.. _runs.Values.OrderByDescending(run => run.RunId, StringComparer.Ordinal)]);

    public Task<string?> FindCurrentRunAsync(CancellationToken cancellationToken) => Task.FromResult(_current);

    public Task SetCurrentRunAsync(string runId, CancellationToken cancellationToken) => Write(() => _current = runId);

    public async Task<long> EraseAsync(string runId, int shards, Predicate<string> isErased, CancellationToken cancellationToken)
    {
        long erased = 0;
        for (int shard = 0; shard < shards; shard++)
        {
            IReadOnlyList<SegmentAssignment> before = _shards[(runId, shard)];
            SegmentAssignment[] kept = [.. before.Where(row => !isErased(row.CustomerId))];
            erased += before.Count - kept.Length;
            await Write(() => _shards[(runId, shard)] = kept);
        }

        return erased;
    }

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
    {
        if (_current == runId)
        {
            throw new InvalidOperationException($"Run {runId} is the current one.");
        }

        return Write(() =>
        {
            foreach ((string Run, int Shard) key in _shards.Keys.Where(key => key.Run == runId))
            {
                _shards.TryRemove(key, out _);
            }

            _runs.TryRemove(runId, out _);
        });
    }

    public async Task<RunTicket> AddRequestAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        RunTicket? waiting = null;
        await Write(() => waiting = Interlocked.CompareExchange(ref _requested, ticket, null));
        return waiting ?? ticket;
    }

    public Task<RunTicket?> FindRequestAsync(CancellationToken cancellationToken) => Task.FromResult(_requested);

    public Task DeleteRequestAsync(string runId, CancellationToken cancellationToken) =>
        Write(() =>
        {
            RunTicket? waiting = _requested;
            if (waiting?.RunId == runId)
            {
                Interlocked.CompareExchange(ref _requested, null, waiting);
            }
        });

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
