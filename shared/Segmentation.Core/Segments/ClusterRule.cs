using Segmentation.Numerics;
using Segmentation.Numerics.Clustering;

namespace Segmentation.Core.Segments;

/// <summary>What a Gaussian mixture has of a cluster beside its centre.</summary>
/// <param name="Weight">The share of the customers, 0…1.</param>
/// <param name="Covariance">The covariance of the standardised features, row by row.</param>
public sealed record MixtureComponent(double Weight, double[] Covariance);

/// <summary>The clusters of a tree that customers are in: a tree says so of the customers that it was built of, and of no others.</summary>
/// <param name="RecencyDays">Days, of each combination of measures that occurs.</param>
/// <param name="Frequency">Invoices.</param>
/// <param name="Monetary">Money.</param>
/// <param name="Labels">The place of the cluster in the model, from 0.</param>
public sealed record TreeLabels(
    IReadOnlyList<double> RecencyDays, IReadOnlyList<double> Frequency, IReadOnlyList<double> Monetary, IReadOnlyList<int> Labels)
{
    internal Dictionary<(double Recency, double Frequency, double Monetary), int> ToDictionary()
    {
        var labels = new Dictionary<(double, double, double), int>(Labels.Count);
        for (int i = 0; i < Labels.Count; i++)
        {
            labels[(RecencyDays[i], Frequency[i], Monetary[i])] = Labels[i];
        }

        return labels;
    }
}

/// <summary>How a model says which cluster standardised features belong to: the most probable component of a mixture, else the nearest centre.</summary>
internal sealed class ClusterRule
{
    private readonly NearestCentroid? _nearest;
    private readonly GaussianMixtureModel? _mixture;

    public ClusterRule(IReadOnlyList<double[]> centroids, IReadOnlyList<MixtureComponent>? mixture)
    {
        FeatureMatrix centres = FeatureMatrix.FromRows(centroids);
        if (mixture is null)
        {
            _nearest = new NearestCentroid(centres);
        }
        else
        {
            _mixture = new GaussianMixtureModel([.. mixture.Select(one => one.Weight)], centres, [.. mixture.Select(one => one.Covariance)]);
        }
    }

    public int[] Predict(FeatureMatrix rows) => _mixture?.Predict(rows) ?? _nearest!.Predict(rows);

    public int PredictRow(ReadOnlySpan<double> row) => _mixture?.PredictRow(row) ?? _nearest!.PredictRow(row);

    /// <summary>A mixture along a line on which one feature moves.</summary>
    /// <exception cref="InvalidOperationException">The rule is that of the nearest centre.</exception>
    public GaussianMixtureLine Along(ReadOnlySpan<double> row, int feature) =>
        (_mixture ?? throw new InvalidOperationException("Only a mixture has densities along a line.")).Along(row, feature);

    public double[]? Probabilities(ReadOnlySpan<double> row) => _mixture?.PredictProbabilities(row);
}
