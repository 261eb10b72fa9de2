using Segmentation.Core.Products;
using Segmentation.Core.Quality;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Workflow;

/// <summary>The uploads that are to be cleaned, in the order of their indexes.</summary>
/// <param name="Uploads">The uploads.</param>
internal sealed record CleanPlan(IReadOnlyList<PlannedUpload> Uploads);

/// <summary>An upload that is to be cleaned.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size when the plan was made.</param>
/// <param name="LastModified">When it was last written then.</param>
/// <param name="FirstSeen">When its content was first seen under this name, where no record says so, UTC.</param>
/// <param name="Version">The storage's mark of what was written; null in what earlier versions kept.</param>
internal sealed record PlannedUpload(string Name, long Bytes, DateTimeOffset LastModified, DateTime FirstSeen, string? Version = null);

/// <summary>What the run is made of, fixed before the first shard.</summary>
/// <param name="Shards">Number of shards.</param>
/// <param name="Uploads">The uploads in the order of precedence, the last highest.</param>
internal sealed record RunInputs(int Shards, IReadOnlyList<RunUpload> Uploads);

/// <summary>One upload of a run.</summary>
/// <param name="Record">What is known of it.</param>
/// <param name="IsTwin">Whether a later upload has the same bytes and supersedes it whole.</param>
internal sealed record RunUpload(UploadRecord Record, bool IsTwin)
{
    /// <summary>Whether its rows take part.</summary>
    public bool TakesPart => !IsTwin && Record.CleanKey is not null;
}

/// <summary>What one shard came to, apart from its customers.</summary>
/// <param name="Tallies">Where the rows went, by upload.</param>
/// <param name="Sales">Kept sales.</param>
/// <param name="RejectRuns">Where each sorted run of late rejects ends.</param>
internal sealed record ShardSummary(IReadOnlyList<LedgerTally> Tallies, SalesSummary Sales, IReadOnlyList<long> RejectRuns);

/// <summary>What the shards came to together.</summary>
internal sealed record MergedSummary
{
    public required DateOnly AsOf { get; init; }

    public required long Customers { get; init; }

    public required long Excluded { get; init; }

    /// <summary>Spend of the customers that are not excluded.</summary>
    public required Money Revenue { get; init; }

    /// <summary>Where the rows of each upload went, in the order of the inputs.</summary>
    public required IReadOnlyList<LedgerTally> Ledgers { get; init; }

    public required SalesSummary Sales { get; init; }

    public required ScoreEdges Edges { get; init; }

    /// <summary>The candidates to fit.</summary>
    public required IReadOnlyList<CandidatePlan> Candidates { get; init; }

    /// <summary>Why no candidate is fitted, or null.</summary>
    public NoModelCause? NoModel { get; init; }

    /// <summary>Whether models are fitted on a summary of the customers, which lies in a file of its own.</summary>
    public bool IsSummarised { get; init; }
}

/// <summary>Candidates that are fitted together: all of one tree, else one.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="LeastK">The least k.</param>
/// <param name="MostK">The greatest k.</param>
internal sealed record CandidatePlan(string Algorithm, int LeastK, int MostK);

/// <summary>What became of a plan: a candidate for each k.</summary>
internal sealed record FittedCandidates(IReadOnlyList<FittedCandidate> Candidates);

/// <summary>A fitted candidate.</summary>
/// <param name="Candidate">How good it is.</param>
/// <param name="Centroids">Its centres, in standardised units, in no meaningful order.</param>
internal sealed record FittedCandidate(ClusterCandidate Candidate, IReadOnlyList<double[]> Centroids)
{
    /// <summary>The rest of a mixture, in the order of the centres; else null.</summary>
    public IReadOnlyList<MixtureComponent>? Mixture { get; init; }

    /// <summary>The cluster of each customer, in the order of the measures, where a tree of the customers says so; else null.</summary>
    public int[]? TreeLabels { get; init; }

    /// <summary>The gap of one cluster, with the least k; else null.</summary>
    public Gap? GapOfOne { get; init; }
}

/// <summary>The chosen model with all that is said about it.</summary>
/// <param name="Model">What assigns customers.</param>
/// <param name="Selection">The candidates and the choice.</param>
/// <param name="Profiles">Clusters, then named segments.</param>
internal sealed record SelectedModel(SegmentModel Model, ModelSelection Selection, IReadOnlyList<SegmentProfile> Profiles)
{
    /// <summary>How it continues the previous run; null where there was none.</summary>
    public RunContinuity? Continuity { get; init; }
}

/// <summary>Which run was current when a run was planned.</summary>
/// <param name="Previous">It; null before the first.</param>
internal sealed record FrozenPrevious(PreviousRun? Previous);

/// <summary>What became of the customers of one shard since the previous run.</summary>
/// <param name="Before">Customers of the previous run.</param>
/// <param name="Clusters">Transitions between clusters.</param>
/// <param name="Named">Transitions between named segments.</param>
internal sealed record ShardTransitions(long Before, IReadOnlyList<TransitionCell> Clusters, IReadOnlyList<TransitionCell> Named);

/// <summary>What the run found out about products and about the quality of the data.</summary>
/// <param name="Source">Where the categories come from.</param>
/// <param name="Categories">The categories by falling revenue, the one of everything else last; empty where there are none.</param>
/// <param name="Findings">What is suspicious, the most serious first.</param>
/// <param name="Files">The results that were written on the way.</param>
internal sealed record CategorizedProducts(
    CategorySource Source, IReadOnlyList<ProductCategory> Categories, IReadOnlyList<QualityFinding> Findings, WrittenFiles Files);

/// <summary>Results that a step wrote.</summary>
/// <param name="Hashes">SHA-256 by name.</param>
internal sealed record WrittenFiles(IReadOnlyDictionary<string, string> Hashes);
