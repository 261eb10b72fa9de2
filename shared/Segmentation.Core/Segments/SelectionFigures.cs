using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Segments;

/// <summary>Why a run has no model of clusters.</summary>
public enum NoModelCause
{
    /// <summary>There are fewer customers than <c>selection.minCustomers</c>.</summary>
    TooFewCustomers,

    /// <summary>No candidate is admissible.</summary>
    NoneAdmissible,

    /// <summary>No candidate is admissible, because none is stable.</summary>
    NothingStable,

    /// <summary>The customers differ in fewer ways than there must be clusters.</summary>
    NothingToSeparate,

    /// <summary><c>selection.algorithms</c> is <c>none</c>.</summary>
    SwitchedOff,

    /// <summary>All customers have the same recency, frequency and monetary value.</summary>
    IdenticalCustomers,
}

/// <summary>What the words about a candidate model need to know of it.</summary>
/// <param name="Algorithm"><c>k-means</c>, <c>gaussian-mixture</c> or <c>ward</c>.</param>
/// <param name="K">Number of clusters.</param>
/// <param name="Silhouette">Mean silhouette, −1…1, or null where it is undefined.</param>
/// <param name="Stability">Mean adjusted Rand index over bootstrap refits, at most 1, or null where it is undefined.</param>
/// <param name="SmallestShare">The share of the customers in the smallest cluster, 0…1, or null where it is undefined.</param>
/// <param name="Inadmissibility">Why it may not be chosen.</param>
public sealed record CandidateFigures(
    string Algorithm, int K, double? Silhouette, double? Stability, double? SmallestShare, Inadmissibility Inadmissibility)
{
    /// <summary>The weighted points that stood for the customers in the fit; null where it was on the customers themselves.</summary>
    public int? FittedOn { get; init; }
}

/// <summary>The limits by which a model was chosen.</summary>
/// <param name="MinClusters">Least k that may be chosen.</param>
/// <param name="MaxClusters">Largest k that may be chosen.</param>
/// <param name="MinShare">Least share of the customers in every cluster, 0…1.</param>
/// <param name="MinStability">Least stability.</param>
/// <param name="MinCustomers">Least number of customers.</param>
/// <param name="Tolerance">A larger k is preferred while its silhouette is at least this part of the best.</param>
public sealed record SelectionLimits(
    int MinClusters,
    int MaxClusters,
    double MinShare,
    double MinStability,
    long MinCustomers,
    double Tolerance = SelectionLimits.DefaultTolerance)
{
    /// <summary>Default of <see cref="Tolerance" />: within 2 % of the best.</summary>
    public const double DefaultTolerance = 0.98;
}
