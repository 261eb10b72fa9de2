using Segmentation.Core.Segments;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Tests.Api;

/// <summary>A container that fails while its fixture says so.</summary>
internal sealed class FailingContainer(IBlobContainer inner, ApiFixture fixture) : IBlobContainer
{
    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken) => Sound.OpenReadAsync(name, cancellationToken);

    public Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        Sound.WriteAsync(name, write, cancellationToken);

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken) => Sound.ListAsync(prefix, cancellationToken);

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => Sound.FindAsync(name, cancellationToken);

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Sound.ExistsAsync(name, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => Sound.DeleteAsync(name, cancellationToken);

    private IBlobContainer Sound
    {
        get
        {
            fixture.ThrowIfFaulty();
            return inner;
        }
    }
}

/// <summary>A store of segments that fails while its fixture says so.</summary>
internal sealed class FailingSegmentStore(ISegmentStore inner, ApiFixture fixture) : ISegmentStore
{
    public Task PublishAsync(string runId, int shard, IReadOnlyList<SegmentAssignment> assignments, CancellationToken cancellationToken) =>
        Sound.PublishAsync(runId, shard, assignments, cancellationToken);

    public ValueTask<SegmentAssignment?> FindAsync(string runId, int shard, string customerId, CancellationToken cancellationToken) =>
        Sound.FindAsync(runId, shard, customerId, cancellationToken);

    public IAsyncEnumerable<SegmentAssignment> ReadShardAsync(string runId, int shard, CancellationToken cancellationToken) =>
        Sound.ReadShardAsync(runId, shard, cancellationToken);

    public Task<long> EraseAsync(string runId, int shards, Predicate<string> isErased, CancellationToken cancellationToken) =>
        Sound.EraseAsync(runId, shards, isErased, cancellationToken);

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken) => Sound.DeleteRunAsync(runId, cancellationToken);

    public Task SaveRunAsync(RunRecord run, CancellationToken cancellationToken) => Sound.SaveRunAsync(run, cancellationToken);

    public Task<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken) => Sound.FindRunAsync(runId, cancellationToken);

    public Task<IReadOnlyList<RunRecord>> ListRunsAsync(CancellationToken cancellationToken) => Sound.ListRunsAsync(cancellationToken);

    public Task<string?> FindCurrentRunAsync(CancellationToken cancellationToken) => Sound.FindCurrentRunAsync(cancellationToken);

    public Task SetCurrentRunAsync(string runId, CancellationToken cancellationToken) => Sound.SetCurrentRunAsync(runId, cancellationToken);

    public Task<RunTicket> AddRequestAsync(RunTicket ticket, CancellationToken cancellationToken) => Sound.AddRequestAsync(ticket, cancellationToken);

    public Task<RunTicket?> FindRequestAsync(CancellationToken cancellationToken) => Sound.FindRequestAsync(cancellationToken);

    public Task DeleteRequestAsync(string runId, CancellationToken cancellationToken) => Sound.DeleteRequestAsync(runId, cancellationToken);

    private ISegmentStore Sound
    {
        get
        {
            fixture.ThrowIfFaulty();
            return inner;
        }
    }
}
