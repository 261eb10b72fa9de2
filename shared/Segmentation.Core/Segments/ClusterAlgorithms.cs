namespace Segmentation.Core.Segments;

/// <summary>The names of the clustering algorithms, as options and results spell them.</summary>
public static class ClusterAlgorithms
{
    /// <summary>k-means.</summary>
    public const string KMeans = "k-means";

    /// <summary>A mixture of Gaussian distributions.</summary>
    public const string GaussianMixture = "gaussian-mixture";

    /// <summary>Agglomerative clustering with Ward's linkage.</summary>
    public const string Ward = "ward";

    /// <summary>All of them, in the order in which they are preferred by default.</summary>
    public static readonly IReadOnlyList<string> All = [KMeans, GaussianMixture, Ward];
}
