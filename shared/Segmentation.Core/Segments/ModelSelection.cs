using Segmentation.Numerics;

namespace Segmentation.Core.Segments;

/// <summary>The file <c>model-selection.json</c>: every candidate, the choice, and the features of the model.</summary>
/// <param name="Candidates">Every model that was fitted, by algorithm and k.</param>
/// <param name="Chosen">The choice and why.</param>
/// <param name="Features">The features.</param>
public sealed record ModelSelection(IReadOnlyList<CandidateModel> Candidates, ChosenModel Chosen, ModelFeatures Features)
{
    /// <summary>Which k each criterion would choose by itself, by algorithm; none of them decides.</summary>
    public IReadOnlyList<SelectionCriteria> Criteria { get; init; } = [];

    /// <summary>How a refit on about 80 % of the customers labels the others; null where there is no model, or too few customers.</summary>
    public HeldOutResult? HeldOut { get; init; }
}

/// <summary>The numbers of clusters that criteria other than the choice's own point to.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Elbow">Where the inertia stops falling fast (kneedle), or null.</param>
/// <param name="Gap">By the gap statistic: the least k, from 1 on, whose gap is not clearly below the next; or null.</param>
/// <param name="Bic">Where the Bayesian information criterion is least, or null.</param>
public sealed record SelectionCriteria(string Algorithm, int? Elbow, int? Gap, int? Bic);

/// <summary>How well the chosen model labels customers that it has not seen.</summary>
/// <param name="Customers">Customers that were held out.</param>
/// <param name="Agreement">The part of them that the refit puts into the cluster that the model puts them in, 0…1.</param>
/// <param name="AdjustedRand">The adjusted Rand index between the two: agreement beyond chance.</param>
public sealed record HeldOutResult(int Customers, double Agreement, double AdjustedRand);

/// <summary>A model that was fitted, and how good it is. What is undefined is null.</summary>
/// <param name="Algorithm"><c>k-means</c>, <c>gaussian-mixture</c> or <c>ward</c>.</param>
/// <param name="K">Number of clusters.</param>
/// <param name="Inertia">Sum of squared distances of the customers to the mean of their cluster, in standardised units.</param>
/// <param name="Silhouette">Mean silhouette, −1…1; larger is better.</param>
/// <param name="DaviesBouldin">Davies–Bouldin index; smaller is better.</param>
/// <param name="CalinskiHarabasz">Calinski–Harabasz index; larger is better.</param>
/// <param name="Bic">Bayesian information criterion, for models that have a likelihood; smaller is better.</param>
/// <param name="Stability">Mean adjusted Rand index between this fit and refits on bootstrap samples; 1 is the same every time.</param>
/// <param name="SmallestShare">The part of the customers in the smallest cluster.</param>
/// <param name="Admissible">Whether it may be chosen.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record CandidateModel(
    string Algorithm,
    int K,
    double? Inertia,
    double? Silhouette,
    double? DaviesBouldin,
    double? CalinskiHarabasz,
    double? Bic,
    double? Stability,
    double? SmallestShare,
    bool Admissible,
    string Reason)
{
    /// <summary>The 95 % interval of <see cref="Silhouette" /> where it is that of a sample of the customers; null where it is exact.</summary>
    public IReadOnlyList<double>? SilhouetteInterval { get; init; }

    /// <summary>The gap statistic; larger is better.</summary>
    public double? Gap { get; init; }

    /// <summary>The deviation of <see cref="Gap" /> over the reference sets.</summary>
    public double? GapDeviation { get; init; }

    /// <summary>Whether the inertia of the algorithm has its elbow here.</summary>
    public bool Elbow { get; init; }

    /// <summary>The stability of the least stable cluster: its mean Jaccard coefficient over the refits.</summary>
    public double? LeastClusterStability { get; init; }

    /// <summary>The weighted points that stood for the customers in the fit; null where it was on the customers themselves.</summary>
    public int? FittedOn { get; init; }
}

/// <summary>The choice.</summary>
/// <param name="Algorithm">The algorithm, or null when no model was chosen.</param>
/// <param name="K">The number of clusters, or null.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ChosenModel(string? Algorithm, int? K, string Reason)
{
    /// <summary>
    /// The stability of each cluster, by falling mean monetary as the profiles are listed: the mean Jaccard coefficient over the refits;
    /// from 0.75 on a cluster is found again. Null without clusters.
    /// </summary>
    public IReadOnlyList<double>? ClusterStability { get; init; }
}

/// <summary>How features are made of a customer's measures: transform, then (x − mean) ÷ deviation.</summary>
/// <param name="Names">The measures.</param>
/// <param name="Transform"><c>ln(1+x)</c>.</param>
/// <param name="Means">Means of the transformed measures.</param>
/// <param name="Deviations">Their population deviations; a feature of zero deviation is 0.</param>
public sealed record ModelFeatures(
    IReadOnlyList<string> Names, string Transform, IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)
{
    /// <summary>The transform of every feature.</summary>
    public const string LogTransform = "ln(1+x)";

    /// <summary>Logarithms of a point in standardised units.</summary>
    internal double[] Logarithms(double[] standardised)
    {
        double[] row = new double[standardised.Length];
        new StandardScaler(Means, Deviations).InverseTransform(standardised, row);
        return row;
    }

    /// <summary>A point of logarithms in standardised units.</summary>
    internal double[] Standardised(double[] logarithms)
    {
        double[] row = new double[logarithms.Length];
        new StandardScaler(Means, Deviations).Transform(logarithms, row);
        return row;
    }
}
