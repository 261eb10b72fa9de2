using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Workflow.Fitting;
using Segmentation.Numerics;
using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Segments;

/// <summary>Measures how well the chosen model labels customers that it has not seen, by a refit on the others.</summary>
internal static class HeldOutModel
{
    private const string Purpose = "held-out";

    /// <summary>The figures; null where there is no model, or there are too few customers.</summary>
    /// <param name="chosen">The chosen candidate.</param>
    /// <param name="features">The features of all customers, not standardised.</param>
    /// <param name="model">The model.</param>
    /// <param name="measures">All customers.</param>
    /// <param name="options">How candidates are fitted.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    public static HeldOutResult? Measure(
        ClusterCandidate? chosen,
        FeatureMatrix? features,
        SegmentModel model,
        CustomerMeasures measures,
        SelectionOptions options,
        CancellationToken cancellationToken)
    {
        if (chosen is null || features is null)
        {
            return null;
        }

        var assigner = new SegmentAssigner(model);
        Dictionary<int, int> labels = Enumerable.Range(0, chosen.K).ToDictionary(model.ClusterId);
        int[] assigned = new int[measures.Count];
        for (int row = 0; row < assigned.Length; row++)
        {
            assigned[row] = labels[assigner.Place(measures.Recency[row], measures.Frequency[row], measures.Monetary[row]).Cluster!.Value];
        }

        HeldOutAgreement? agreement = HeldOut.Measure(features, assigned, chosen.K, FitOf(chosen, options, cancellationToken), options.Seed, StableHash.Compute(Purpose));
        return agreement is null ? null : new HeldOutResult(agreement.Rows, agreement.Agreement, agreement.AdjustedRand);
    }

    // How each algorithm is fitted as a whole, what standardises its rows included.
    private static ModelFit FitOf(ClusterCandidate chosen, SelectionOptions options, CancellationToken cancellationToken) => rows =>
    {
        ModelPoints points = ModelPoints.OfCustomers(rows);
        Func<FeatureMatrix, int[]> predict = PredictionOf(chosen, points, options, cancellationToken);
        return others => predict(points.Scaler.Transform(others));
    };

    private static Func<FeatureMatrix, int[]> PredictionOf(
        ClusterCandidate chosen, ModelPoints points, SelectionOptions options, CancellationToken cancellationToken)
    {
        if (chosen.Algorithm == ClusterAlgorithms.Ward)
        {
            return new NearestCentroid(AgglomerativeClustering.Fit(points.TreePoints, cancellationToken).Cut(chosen.K).Centroids).Predict;
        }

        var kMeans = new KMeansOptions
        {
            ClusterCount = chosen.K,
            Starts = options.Starts,
            Seed = [options.Seed, StableHash.Compute(Purpose), StableHash.Compute(chosen.Algorithm), (ulong)chosen.K],
        };
        KMeansModel model = KMeans.Fit(points.Points, kMeans, cancellationToken);
        return chosen.Algorithm == ClusterAlgorithms.GaussianMixture
            ? GaussianMixture.Fit(points.Points, model, new GaussianMixtureOptions(), cancellationToken).Model.Predict
            : model.Predict;
    }
}
