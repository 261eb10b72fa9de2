using Segmentation.Core.Rfm;
using Segmentation.Numerics;

namespace Segmentation.Core.Segments;

/// <summary>All that is needed to say which segments a customer is in: the edges of the scores and, where one was chosen, the clusters.</summary>
/// <param name="Edges">The edges of the scores.</param>
/// <param name="Features">How features are made.</param>
/// <param name="Centroids">The centres of clusters 1…k in standardised units, or null where no model was chosen.</param>
public sealed record SegmentModel(ScoreEdges Edges, ModelFeatures Features, IReadOnlyList<double[]>? Centroids)
{
    /// <summary>Version of this format.</summary>
    public const int CurrentFormat = 2;

    /// <summary>Version of the format that the model was written in.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The algorithm that found the clusters; null for <c>k-means</c>, as models were stored in format 1, and without clusters.</summary>
    public string? Algorithm { get; init; }

    /// <summary>What a Gaussian mixture has beside the centres, in their order: a customer is in the most probable component; else null.</summary>
    public IReadOnlyList<MixtureComponent>? Mixture { get; init; }

    /// <summary>Which cluster of a tree the customers of the run are in; others are in that of the nearest centre. Null for no tree.</summary>
    public TreeLabels? Tree { get; init; }

    /// <summary>The id of each cluster; null for 1…k, as models were stored before ids followed the previous run.</summary>
    public IReadOnlyList<int>? ClusterIds { get; init; }

    /// <summary>The least id that no cluster of this run or of the runs that it follows has; null for k + 1.</summary>
    public int? NextClusterId { get; init; }

    /// <summary>Clusters that ended in earlier runs and may come back; null as models were stored before.</summary>
    public IReadOnlyList<RetiredCluster>? Retired { get; init; }

    /// <summary>How the measures were distributed, for later runs to compare with; null as models were stored before.</summary>
    public IReadOnlyList<FeatureBaseline>? Baselines { get; init; }

    /// <summary>The longest recency of a customer of the fit, in days; null as models were stored before.</summary>
    public int? LongestRecency { get; init; }

    /// <summary>
    /// Whether customers belong to the nearest centre, so that two clusters meet in a plane of the feature space; then what changes along
    /// one feature is known in closed form.
    /// </summary>
    internal bool HasStraightBorders => Centroids is not null && Mixture is null && Tree is null;

    /// <summary>The id of the cluster at a place of the model, from 0.</summary>
    public int ClusterId(int label) => ClusterIds is { } ids ? ids[label] : label + 1;
}

/// <summary>Assigns customers to segments by a model. Immutable; thread-safe.</summary>
public sealed class SegmentAssigner
{
    private readonly SegmentModel _model;
    private readonly ScoreEdges _edges;
    private readonly StandardScaler _scaler;
    private readonly Dictionary<(double Recency, double Frequency, double Monetary), int>? _tree;
    private readonly ClusterRule? _clusters;

    /// <summary>Assigns by a model.</summary>
    public SegmentAssigner(SegmentModel model)
    {
        _model = model;
        _edges = model.Edges;
        _scaler = new StandardScaler(model.Features.Means, model.Features.Deviations);
        _clusters = model.Centroids is { } centroids ? new ClusterRule(centroids, model.Mixture) : null;
        _tree = model.Tree?.ToDictionary();
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

        (RfmScores scores, int? cluster) = Place(recency, record.Frequency, record.Monetary.ToDouble());
        return assignment with { Scores = scores, Cluster = cluster };
    }

    /// <summary>The scores and the id of the cluster, null where no model was chosen, of a customer with these measures.</summary>
    public (RfmScores Scores, int? Cluster) Place(double recency, double frequency, double monetary) =>
        (_edges.Score(recency, frequency, monetary), _clusters is null ? null : ClusterOf(recency, frequency, monetary));

    /// <summary>The probability of each cluster, in the order of the model, 0…1; null where the model has no probabilities.</summary>
    public IReadOnlyList<double>? ProbabilitiesOf(double recency, double frequency, double monetary)
    {
        Span<double> features = stackalloc double[3];
        Standardise(recency, frequency, monetary, features);
        return _clusters?.Probabilities(features);
    }

    private int ClusterOf(double recency, double frequency, double monetary)
    {
        if (_tree is not null && _tree.TryGetValue((recency, frequency, monetary), out int label))
        {
            return _model.ClusterId(label);
        }

        Span<double> features = stackalloc double[3];
        Standardise(recency, frequency, monetary, features);
        return _model.ClusterId(_clusters!.PredictRow(features));
    }

    private void Standardise(double recency, double frequency, double monetary, Span<double> features)
    {
        Span<double> row =
            [DeterministicMath.Log1P(recency), DeterministicMath.Log1P(frequency), DeterministicMath.Log1P(monetary)];
        _scaler.Transform(row, features);
    }
}
