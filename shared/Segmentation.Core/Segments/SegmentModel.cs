using Segmentation.Core.Rfm;
using Segmentation.Numerics;
using Segmentation.Numerics.Clustering;

namespace Segmentation.Core.Segments;

/// <summary>All that is needed to say which segments a customer is in: the edges of the scores and, where one was chosen, the clusters.</summary>
/// <param name="Edges">The edges of the scores.</param>
/// <param name="Features">How features are made.</param>
/// <param name="Centroids">The centres of clusters 1…k in standardised units, or null where no model was chosen.</param>
public sealed record SegmentModel(ScoreEdges Edges, ModelFeatures Features, IReadOnlyList<double[]>? Centroids)
{
    /// <summary>Version of this format.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the format that the model was written in.</summary>
    public int Format { get; init; } = CurrentFormat;
}

/// <summary>Assigns customers to segments by a model. Immutable; thread-safe.</summary>
public sealed class SegmentAssigner
{
    private readonly ScoreEdges _edges;
    private readonly StandardScaler _scaler;
    private readonly NearestCentroid? _clusters;

    /// <summary>Assigns by a model.</summary>
    public SegmentAssigner(SegmentModel model)
    {
        _edges = model.Edges;
        _scaler = new StandardScaler(model.Features.Means, model.Features.Deviations);
        _clusters = model.Centroids is { } centroids ? new NearestCentroid(FeatureMatrix.FromRows(centroids)) : null;
    }

    /// <summary>The segments of a customer.</summary>
    /// <param name="record">The customer.</param>
    /// <param name="asOf">The as-of date.</param>
    public SegmentAssignment Assign(RfmRecord record, DateOnly asOf)
    {
        int recency = record.RecencyDays(asOf);
        var assignment = new SegmentAssignment
        {
            CustomerId = record.CustomerId,
            RecencyDays = recency,
            Frequency = record.Frequency,
            Monetary = record.Monetary,
        };
        if (record.IsExcluded)
        {
            return assignment with { Excluded = SegmentAssignment.NonPositiveNet };
        }

        double monetary = record.Monetary.ToDouble();
        return assignment with
        {
            Scores = _edges.Score(recency, record.Frequency, monetary),
            Cluster = _clusters is null ? null : ClusterOf(recency, record.Frequency, monetary),
        };
    }

    private int ClusterOf(double recency, double frequency, double monetary)
    {
        Span<double> row =
            [DeterministicMath.Log1P(recency), DeterministicMath.Log1P(frequency), DeterministicMath.Log1P(monetary)];
        Span<double> features = stackalloc double[row.Length];
        _scaler.Transform(row, features);
        return 1 + _clusters!.PredictRow(features);
    }
}
