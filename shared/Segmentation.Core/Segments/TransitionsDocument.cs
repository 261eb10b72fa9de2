namespace Segmentation.Core.Segments;

/// <summary>The file <c>transitions.json</c>: what changed since the previous run. Only runs that had one before them have it.</summary>
public sealed record TransitionsDocument
{
    /// <summary>Version of this format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The run that was current when this one was planned.</summary>
    public required string PreviousRunId { get; init; }

    /// <summary>Its as-of date.</summary>
    public required DateOnly PreviousAsOf { get; init; }

    /// <summary>The as-of date of this run.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Customers of the previous run who still have a row in it.</summary>
    public required long CustomersBefore { get; init; }

    /// <summary>Customers of this run.</summary>
    public required long Customers { get; init; }

    /// <summary>Customers of this run who were not in the previous one.</summary>
    public required long New { get; init; }

    /// <summary>Customers of the previous run who are not in this one.</summary>
    public required long Gone { get; init; }

    /// <summary>What each cluster continues.</summary>
    public required IReadOnlyList<ClusterMatch> Matches { get; init; }

    /// <summary>Between clusters; null where one of the two runs has none.</summary>
    public required TransitionTable? Clusters { get; init; }

    /// <summary>Between named segments.</summary>
    public required TransitionTable Named { get; init; }

    /// <summary>How far the measures moved.</summary>
    public required DriftVerdict Drift { get; init; }
}

/// <summary>A table of transitions: each customer of either run is in exactly one cell.</summary>
/// <param name="Stayed">Customers who are in a segment in both runs, the same.</param>
/// <param name="ByCustomer">Customers whose own figures moved them to another.</param>
/// <param name="ByModel">Customers whom the new model moved.</param>
/// <param name="Before">The segments of the previous run.</param>
/// <param name="After">The segments of this run.</param>
/// <param name="Cells">The cells that are not empty.</param>
public sealed record TransitionTable(
    long Stayed,
    long ByCustomer,
    long ByModel,
    IReadOnlyList<TransitionSegment> Before,
    IReadOnlyList<TransitionSegment> After,
    IReadOnlyList<TransitionCell> Cells)
{
    /// <summary>Customers who are in no segment in both runs: with the three other figures they are all customers of both.</summary>
    public long StayedExcluded { get; init; }
}

/// <summary>A row or a column of a table of transitions.</summary>
/// <param name="Id">The segment, or <c>excluded</c>.</param>
/// <param name="Name">Its name in its run.</param>
/// <param name="Customers">Its customers: the sum of its cells.</param>
public sealed record TransitionSegment(string Id, string Name, long Customers)
{
    /// <summary><see cref="Id" /> of the customers that are in no segment.</summary>
    public const string ExcludedId = SegmentTransitions.Excluded;
}

/// <summary>Whether the customers of a run are so unlike those of the previous one that a person should look first.</summary>
/// <param name="Features">The population stability index of each measure.</param>
/// <param name="GoneShare">The part of the previous run's customers that is gone, 0…1.</param>
/// <param name="IsLarge">Whether a limit is passed that time alone does not pass.</param>
/// <param name="Reasons">Which, in words; or why nothing was judged.</param>
public sealed record DriftVerdict(IReadOnlyList<FeatureDrift> Features, double GoneShare, bool IsLarge, IReadOnlyList<string> Reasons);
