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
    Task<SegmentAssignment?> FindAsync(string runId, int shard, string customerId, CancellationToken cancellationToken);

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
}

/// <summary>The row of a finished run.</summary>
public sealed record RunRecord
{
    /// <summary>Version of this format.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the format that the row was written in.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The run's id; ids sort by time.</summary>
    public required string RunId { get; init; }

    /// <summary>The as-of date: recency counts back from it.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Number of shards; a customer's shard follows from its id and this.</summary>
    public required int Shards { get; init; }

    /// <summary>Customers with a row, the excluded ones included.</summary>
    public required long Customers { get; init; }

    /// <summary>The language of names and texts: <c>en</c> or <c>ru</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The number of clusters of the chosen model, or null when none was.</summary>
    public required int? Clusters { get; init; }

    /// <summary>When the run made itself the current one, UTC; null while it did not.</summary>
    public DateTime? ActivatedAt { get; init; }

    /// <summary>When the run finished, UTC.</summary>
    public required DateTime FinishedAt { get; init; }
}
