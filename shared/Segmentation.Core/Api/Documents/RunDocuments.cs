using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Api.Documents;

/// <summary>How far a run came, one that waits included.</summary>
public enum RunState
{
    /// <summary>It was asked for and waits.</summary>
    Requested,

    /// <summary>It goes on, or was interrupted and will go on.</summary>
    Running,

    /// <summary>It ended with results.</summary>
    Completed,

    /// <summary>It ended without results, because the uploads hold no purchase that counts.</summary>
    NothingUsable,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>One run.</summary>
/// <param name="RunId">Its id; ids sort by time.</param>
/// <param name="Status">How far it came.</param>
/// <param name="Cause">Why it was asked for.</param>
/// <param name="RequestedAt">When it was asked for, UTC.</param>
/// <param name="FinishedAt">When it ended, UTC.</param>
/// <param name="ActivatedAt">When it made itself the current one, UTC.</param>
/// <param name="Current">Whether readers see it.</param>
/// <param name="AsOf">Its as-of date; null without results.</param>
/// <param name="Customers">Customers with a row; null without results.</param>
/// <param name="Clusters">The number of clusters, or null where no model was chosen.</param>
/// <param name="Message">Why it failed, or why it was held back or, had it not been told to become current always, would have been.</param>
/// <param name="Progress">How far it is while it goes on, where the host knows.</param>
/// <param name="Results">What it came to: only where one run is asked for, and it has results.</param>
public sealed record RunDocument(
    string RunId,
    RunState Status,
    RunCause Cause,
    DateTime? RequestedAt,
    DateTime? FinishedAt,
    DateTime? ActivatedAt,
    bool Current,
    DateOnly? AsOf,
    long? Customers,
    int? Clusters,
    string? Message,
    ProgressDocument? Progress,
    RunResults? Results);

/// <summary>How far a step is.</summary>
/// <param name="Step">The step: <c>clean</c>, <c>aggregate</c>, <c>fit</c>, <c>select</c>,
/// <c>publish</c>, <c>report</c>, <c>activate</c>.</param>
/// <param name="Done">Activities that are finished.</param>
/// <param name="Total">Activities that the step has.</param>
public sealed record ProgressDocument(string Step, int Done, int Total);

/// <summary>What a run came to.</summary>
/// <param name="Total">Where the rows of all uploads went.</param>
/// <param name="Chosen">The model that was chosen, and why.</param>
/// <param name="Transitions">What changed since the run that was current when this one was planned; null where there was none.</param>
public sealed record RunResults(LedgerEntry? Total, ChosenModel? Chosen, TransitionsDocument? Transitions);

/// <summary>The runs.</summary>
/// <param name="Current">The run that readers see, or null before the first.</param>
/// <param name="Runs">The one that waits, then the others, newest first.</param>
public sealed record RunsDocument(string? Current, IReadOnlyList<RunDocument> Runs);
