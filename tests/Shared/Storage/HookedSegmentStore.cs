using Segmentation.Core.Segments;
using Segmentation.Core.Storage;

namespace Segmentation.Testing.Storage;

/// <summary>A store in which a test steps in after the pointer was read and before a customer is, and which counts readings.</summary>
internal sealed class HookedSegmentStore(ISegmentStore inner) : ISegmentStore
{
    private int _pointerReads;
    private int _runReads;

    public Func<Task> AfterPointerRead { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeCustomerRead { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeRequest { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeFlip { get; set; } = () => Task.CompletedTask;

    public int PointerReads => _pointerReads;

    public int RunReads => _runReads;

    public async Task<string?> FindCurrentRunAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _pointerReads);
        string? runId = await inner.FindCurrentRunAsync(cancellationToken);
        await AfterPointerRead();
        return runId;
    }

    public async ValueTask<SegmentAssignment?> FindAsync(string runId, int shard, string customerId, CancellationToken cancellationToken)
    {
        await BeforeCustomerRead();
        return await inner.FindAsync(runId, shard, customerId, cancellationToken);
    }

    public Task<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runReads);
        return inner.FindRunAsync(runId, cancellationToken);
    }

    public async Task SetCurrentRunAsync(string runId, CancellationToken cancellationToken)
    {
        await BeforeFlip();
        await inner.SetCurrentRunAsync(runId, cancellationToken);
    }

    public Task PublishAsync(string runId, int shard, IReadOnlyList<SegmentAssignment> assignments, CancellationToken cancellationToken) =>
        inner.PublishAsync(runId, shard, assignments, cancellationToken);

    public IAsyncEnumerable<SegmentAssignment> ReadShardAsync(string runId, int shard, CancellationToken cancellationToken) =>
        inner.ReadShardAsync(runId, shard, cancellationToken);

    public Task<long> EraseAsync(string runId, int shards, Predicate<string> isErased, CancellationToken cancellationToken) =>
        inner.EraseAsync(runId, shards, isErased, cancellationToken);

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken) => inner.DeleteRunAsync(runId, cancellationToken);

    public Task SaveRunAsync(RunRecord run, CancellationToken cancellationToken) => inner.SaveRunAsync(run, cancellationToken);

    public Task<IReadOnlyList<RunRecord>> ListRunsAsync(CancellationToken cancellationToken) => inner.ListRunsAsync(cancellationToken);

    public async Task<RunTicket> AddRequestAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        await BeforeRequest();
        return await inner.AddRequestAsync(ticket, cancellationToken);
    }

    public Task<RunTicket?> FindRequestAsync(CancellationToken cancellationToken) => inner.FindRequestAsync(cancellationToken);

    public Task DeleteRequestAsync(string runId, CancellationToken cancellationToken) => inner.DeleteRequestAsync(runId, cancellationToken);
}
