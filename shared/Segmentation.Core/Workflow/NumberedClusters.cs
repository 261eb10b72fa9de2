using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Workflow;

/// <summary>The clusters of a model, numbered by falling mean monetary, then by centre.</summary>
/// <param name="Centroids">The centres in the order of the numbers.</param>
/// <param name="Figures">The figures of each cluster.</param>
/// <param name="Order">The label that each cluster had as it was fitted.</param>
/// <param name="Labels">The place of each customer's cluster in that order, from 0, in the order of the measures.</param>
internal sealed record NumberedClusters(
    IReadOnlyList<double[]> Centroids, IReadOnlyList<SegmentFigures> Figures, IReadOnlyList<int> Order, IReadOnlyList<int> Labels)
{
    /// <summary>Numbers the clusters of a model by the customers that it puts into each.</summary>
    public static NumberedClusters Of(FittedCandidate fitted, FeatureMatrix points, CustomerMeasures measures, Money total)
    {
        int[] labels = fitted.TreeLabels ?? new ClusterRule(fitted.Centroids, fitted.Mixture).Predict(points);
        ILookup<int, int> rows = Enumerable.Range(0, labels.Length).ToLookup(row => labels[row]);
        var clusters = fitted.Centroids
            .Select((centroid, label) => (Centroid: centroid, Label: label, Figures: measures.FiguresOf([.. rows[label]], total)))
            .OrderByDescending(cluster => cluster.Figures.Means.Monetary)
            .ThenBy(cluster => cluster.Centroid, Comparer<double[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))
            .ToArray();
        int[] numbers = new int[clusters.Length];
        for (int number = 0; number < numbers.Length; number++)
        {
            numbers[clusters[number].Label] = number;
        }

        return new NumberedClusters(
            [.. clusters.Select(one => one.Centroid)],
            [.. clusters.Select(one => one.Figures)],
            [.. clusters.Select(one => one.Label)],
            [.. labels.Select(label => numbers[label])]);
    }

    /// <summary>The components of a mixture in the order of the numbers; null for other models.</summary>
    public IReadOnlyList<MixtureComponent>? MixtureOf(FittedCandidate fitted) =>
        fitted.Mixture is { } mixture ? [.. Order.Select(label => mixture[label])] : null;

    /// <summary>Which cluster each combination of measures is in, by the tree; null for other models.</summary>
    public TreeLabels? TreeOf(FittedCandidate fitted, CustomerMeasures measures)
    {
        if (fitted.TreeLabels is null)
        {
            return null;
        }

        var seen = new HashSet<(double, double, double)>();
        int[] rows = [.. Enumerable.Range(0, Labels.Count).Where(row => seen.Add((measures.Recency[row], measures.Frequency[row], measures.Monetary[row])))];
        return new TreeLabels(
            [.. rows.Select(row => measures.Recency[row])],
            [.. rows.Select(row => measures.Frequency[row])],
            [.. rows.Select(row => measures.Monetary[row])],
            [.. rows.Select(row => Labels[row])]);
    }
}
