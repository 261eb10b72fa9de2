namespace Segmentation.Numerics.Selection;

/// <summary>A clustering that could be chosen, by its figures.</summary>
/// <param name="Algorithm">Its name, as in <see cref="SelectionRule.AlgorithmOrder" />.</param>
/// <param name="K">The clusters that were asked for.</param>
/// <param name="Inertia">The sum of squared distances to the centroids.</param>
/// <param name="Silhouette">The mean silhouette, −1…1; null where undefined.</param>
/// <param name="DaviesBouldin">The index of Davies and Bouldin; null where undefined.</param>
/// <param name="CalinskiHarabasz">The variance ratio; null where undefined.</param>
/// <param name="Bic">The Bayesian information criterion; null where the algorithm has no likelihood.</param>
/// <param name="Stability">The mean adjusted Rand index of bootstrap refits; null where it was not measured.</param>
/// <param name="SmallestShare">The share of the rows, 0…1, in the smallest cluster; 0 where a cluster is empty.</param>
public sealed record ClusterCandidate(
    string Algorithm,
    int K,
    double Inertia,
    double? Silhouette,
    double? DaviesBouldin,
    double? CalinskiHarabasz,
    double? Bic,
    double? Stability,
    double SmallestShare)
{
    /// <summary>The standard error of <see cref="Silhouette" /> where it is that of a sample; null where it is exact.</summary>
    public double? SilhouetteError { get; init; }

    /// <summary>The gap statistic; null where it was not measured.</summary>
    public double? Gap { get; init; }

    /// <summary>The deviation of the gap over the reference sets.</summary>
    public double? GapDeviation { get; init; }

    /// <summary>The stability of each cluster, in the order of the model: its mean Jaccard coefficient over the refits.</summary>
    public IReadOnlyList<double>? ClusterStability { get; init; }

    /// <summary>The weighted points that stood for the rows where the model was fitted; null where it was fitted on the rows.</summary>
    public int? FittedOn { get; init; }
}

/// <summary>What makes a candidate admissible, and which algorithm goes first at equal figures.</summary>
/// <param name="MinClusters">The least k.</param>
/// <param name="MaxClusters">The greatest k.</param>
/// <param name="MinShare">The least share of the rows in any cluster, 0…1.</param>
/// <param name="MinStability">The least stability.</param>
/// <param name="AlgorithmOrder">The algorithms, the preferred one first.</param>
public sealed record SelectionRule(int MinClusters, int MaxClusters, double MinShare, double MinStability, IReadOnlyList<string> AlgorithmOrder);

/// <summary>Every reason why a candidate cannot be chosen.</summary>
[Flags]
public enum Inadmissibility
{
    /// <summary>There is none: it is admissible.</summary>
    None = 0,

    /// <summary>k is less than <see cref="SelectionRule.MinClusters" />.</summary>
    BelowMinClusters = 1,

    /// <summary>k is greater than <see cref="SelectionRule.MaxClusters" />.</summary>
    AboveMaxClusters = 2,

    /// <summary>A cluster holds less than <see cref="SelectionRule.MinShare" /> of the rows.</summary>
    ClusterTooSmall = 4,

    /// <summary>The stability is less than <see cref="SelectionRule.MinStability" />.</summary>
    Unstable = 8,

    /// <summary>The silhouette or the stability has no value.</summary>
    Undefined = 16,
}

/// <summary>A candidate and why it cannot be chosen, if it cannot.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Inadmissibility">All reasons that hold.</param>
public sealed record CandidateVerdict(ClusterCandidate Candidate, Inadmissibility Inadmissibility)
{
    /// <summary>Whether it could be chosen.</summary>
    public bool IsAdmissible => Inadmissibility == Inadmissibility.None;
}

/// <summary>What was chosen, and the facts that explain it.</summary>
/// <param name="Verdicts">One for each candidate, in the order in which they were given.</param>
/// <param name="Chosen">The candidate chosen; null where none is admissible.</param>
/// <param name="BestBySilhouette">The admissible candidate of the highest silhouette: <paramref name="Chosen" /> itself, unless one of
/// more clusters is nearly as good.</param>
/// <param name="SilhouetteFloor">The silhouette from which a candidate is as good as the best.</param>
/// <param name="RunnerUp">What would have been chosen if <paramref name="Chosen" /> had not been there.</param>
public sealed record ClusterChoice(
    IReadOnlyList<CandidateVerdict> Verdicts,
    ClusterCandidate? Chosen,
    ClusterCandidate? BestBySilhouette,
    double? SilhouetteFloor,
    ClusterCandidate? RunnerUp)
{
    /// <summary>The highest silhouette of an admissible candidate, s*.</summary>
    public double? BestSilhouette => BestBySilhouette?.Silhouette;
}
