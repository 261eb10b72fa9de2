namespace Segmentation.Core.Storage;

/// <summary>How far a run came.</summary>
public enum RunStatus
{
    /// <summary>It ended with results.</summary>
    Completed,

    /// <summary>It goes on, or was interrupted and will go on.</summary>
    Running,

    /// <summary>It ended without results, because the uploads hold no purchase that counts.</summary>
    NothingUsable,

    /// <summary>It failed; <see cref="RunRecord.Message" /> says why.</summary>
    Failed,
}

/// <summary>Why a run was asked for.</summary>
public enum RunCause
{
    /// <summary>Somebody asked for it.</summary>
    Request,

    /// <summary>Uploads are new or changed.</summary>
    Uploads,

    /// <summary>The schedule.</summary>
    Schedule,

    /// <summary>The options are others than those of the last run.</summary>
    Options,

    /// <summary>A customer was erased.</summary>
    Erasure,

    /// <summary>An upload was withdrawn.</summary>
    Withdrawal,

    /// <summary>The run before failed.</summary>
    Retry,
}

/// <summary>A run that was asked for and has not begun: the row <c>requested</c>.</summary>
/// <param name="RunId">The id that it will have; ids sort by time.</param>
/// <param name="RequestedAt">When it was first asked for, UTC.</param>
/// <param name="Cause">Why it was first asked for.</param>
public sealed record RunTicket(string RunId, DateTime RequestedAt, RunCause Cause);

/// <summary>The row of a run.</summary>
public sealed record RunRecord
{
    /// <summary>Version of this format.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the format that the row was written in.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The run's id; ids sort by time.</summary>
    public required string RunId { get; init; }

    /// <summary>How far it came.</summary>
    public RunStatus Status { get; init; }

    /// <summary>Why it was asked for.</summary>
    public RunCause Cause { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public DateTime? RequestedAt { get; init; }

    /// <summary>When it ended, UTC; null while it goes on.</summary>
    public DateTime? FinishedAt { get; init; }

    /// <summary>The language of names and texts: <c>en</c> or <c>ru</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The as-of date: recency counts back from it. Null without results.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Number of shards; a customer's shard follows from its id and this. 0 without results.</summary>
    public int Shards { get; init; }

    /// <summary>Customers with a row, the excluded ones included.</summary>
    public long Customers { get; init; }

    /// <summary>The number of clusters of the chosen model, or null when none was.</summary>
    public int? Clusters { get; init; }

    /// <summary>When the run became the current one, UTC: when it ended, or later by hand; null while it did not.</summary>
    public DateTime? ActivatedAt { get; init; }

    /// <summary>
    /// Why it failed, or why it was held back or, with <c>workflow.activate=always</c>, would have been; null when neither. It stays when a
    /// person makes the run current.
    /// </summary>
    public string? Message { get; init; }
}
