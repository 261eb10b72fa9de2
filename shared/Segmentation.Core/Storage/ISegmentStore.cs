using Segmentation.Core.Segments;

namespace Segmentation.Core.Storage;

/// <summary>The published segments: one row a customer and run, one row a run, and the pointer to the current run.</summary>
/// <remarks>Thread-safe. Rows of a run become visible to lookups only when the pointer names that run.</remarks>
public interface ISegmentStore
{
    /// <summary>Writes all customers of one shard of a run; writing the same shard again replaces it by the same rows.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="shard">The shard, from 0.</param>
    /// <param name="assignments">The customers in ordinal order of their ids.</param>
    /// <param name="cancellationToken">Stops the writing; what was written stays invisible.</param>
    Task PublishAsync(string runId, int shard, IReadOnlyList<SegmentAssignment> assignments, CancellationToken cancellationToken);

    /// <summary>Reads one customer of a run, or null.</summary>
    ValueTask<SegmentAssignment?> FindAsync(string runId, int shard, string customerId, CancellationToken cancellationToken);

    /// <summary>Reads all customers of one shard of a run, in no particular order; none where the run has no such shard.</summary>
    IAsyncEnumerable<SegmentAssignment> ReadShardAsync(string runId, int shard, CancellationToken cancellationToken);

    /// <summary>Rewrites the shards of a run without some of its customers; nothing happens where there is none to leave out.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="shards">Its number of shards.</param>
    /// <param name="isErased">Whether a customer, by its id, is to be left out.</param>
    /// <param name="cancellationToken">Stops between shards.</param>
    /// <returns>How many customers were left out.</returns>
    Task<long> EraseAsync(string runId, int shards, Predicate<string> isErased, CancellationToken cancellationToken);

    /// <summary>Removes a run's customers, then its row; nothing happens where there is none. The current run is never removed.</summary>
    /// <exception cref="InvalidOperationException">It is the current run.</exception>
    Task DeleteRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Writes the row of a run.</summary>
    Task SaveRunAsync(RunRecord run, CancellationToken cancellationToken);

    /// <summary>Reads the row of a run, or null.</summary>
    Task<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The runs, newest first.</summary>
    Task<IReadOnlyList<RunRecord>> ListRunsAsync(CancellationToken cancellationToken);

    /// <summary>The id of the run that readers see, or null before the first.</summary>
    Task<string?> FindCurrentRunAsync(CancellationToken cancellationToken);

    /// <summary>Makes a run the one that readers see, in one step.</summary>
    Task SetCurrentRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Writes the row of the request that waits, unless there is one: of several callers in any processes one writes it.</summary>
    /// <returns>The request that waits now: this one, or the one that was there.</returns>
    Task<RunTicket> AddRequestAsync(RunTicket ticket, CancellationToken cancellationToken);

    /// <summary>The request that waits for a run, or null.</summary>
    Task<RunTicket?> FindRequestAsync(CancellationToken cancellationToken);

    /// <summary>Removes the row of the waiting request, if it still asks for this run.</summary>
    Task DeleteRequestAsync(string runId, CancellationToken cancellationToken);
}
