namespace Segmentation.Core.Segments;

/// <summary>The run that was current when a run was planned: ids and names follow it, and changes are counted from it.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="AsOf">Its as-of date.</param>
/// <param name="Language">The language of its names.</param>
/// <param name="Shards">Its number of shards.</param>
/// <param name="Customers">Its customers with a row.</param>
public sealed record PreviousRun(string RunId, DateOnly AsOf, string Language, int Shards, long Customers);

/// <summary>How a model continues that of the previous run.</summary>
/// <param name="Previous">The previous run.</param>
/// <param name="Clusters">What each cluster continues.</param>
/// <param name="Drift">How far each measure moved; empty where the previous run kept no distribution.</param>
public sealed record RunContinuity(PreviousRun Previous, IReadOnlyList<ClusterMatch> Clusters, IReadOnlyList<FeatureDrift> Drift);
