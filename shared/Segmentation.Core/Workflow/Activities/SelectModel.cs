using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;
using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    /// <summary>Chooses among the fitted candidates, numbers the clusters and describes all segments.</summary>
    public async Task<SelectModelResult> SelectModelAsync(SelectModelInput input, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        (RunRequest request, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        Language language = Languages.Parse(request.Language);
        MergedSummary merged = await ReadMergedAsync(input.RunId, cancellationToken);
        CustomerMeasures measures = await ReadMeasuresAsync(input.RunId, cancellationToken);
        var fitted = new FittedCandidate[input.Candidates];
        for (int i = 0; i < fitted.Length; i++)
        {
            fitted[i] = await _storage.Runs.ReadJsonAsync(
                RunBlobs.Candidate(input.RunId, i), WorkflowJson.Default.FittedCandidate, cancellationToken);
        }

        var rule = new SelectionRule(
            options.Selection.MinClusters, options.Selection.MaxClusters, options.Selection.MinShare, options.Selection.MinStability,
            options.Selection.Algorithms);
        ClusterChoice choice = ClusterCountSelector.Choose([.. fitted.Select(one => one.Candidate)], rule);
        FittedCandidate? chosen = fitted.FirstOrDefault(one => ReferenceEquals(one.Candidate, choice.Chosen));
        bool isMeasured = measures.Count > 0;
        FeatureMatrix? features = isMeasured ? measures.LogFeatures() : null;
        StandardScaler? scaler = features is null ? null : StandardScaler.Fit(features);
        var modelFeatures = new ModelFeatures(
            CustomerMeasures.Names, ModelFeatures.LogTransform, scaler?.Means ?? [0, 0, 0], scaler?.Deviations ?? [0, 0, 0]);

        Money total = measures.Total();
        NumberedClusters? clusters = chosen is null
            ? null
            : NumberedClusters.Of(chosen.Centroids, scaler!.Transform(features!), measures, total);
        SegmentFigures everyone = measures.FiguresOf(null, total);
        (PreviousRun? previous, SelectedModel? before) = await ReadPreviousAsync(input.RunId, cancellationToken);
        ContinuedClusters continued = ContinuedClusters.Of(clusters, modelFeatures, everyone, language, previous, before);
        IEnumerable<SegmentProfile> named = NamedFigures(measures, merged.Edges, total)
            .Select(segment => ProfileWords.DescribeNamed(segment.Key, segment.Value, language));

        SegmentModel model = new SegmentModel(merged.Edges, modelFeatures, clusters?.Centroids)
        {
            ClusterIds = continued.Ids,
            NextClusterId = continued.NextId,
            Baselines = FeatureBaseline.Of(measures),
        };
        var selected = new SelectedModel(
            model,
            SelectionReasons.Describe(choice, merged.NoModel, modelFeatures, options.Selection, measures.Count, language) with
            {
                HeldOut = HeldOutModel.Measure(choice.Chosen, features, model, measures, options.Selection, cancellationToken),
            },
            SegmentDetails.Add([.. continued.Profiles, .. named], model, measures, language, cancellationToken))
        {
            Continuity = continued.Continuity(previous, before, measures),
        };
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Model(input.RunId), selected, WorkflowJson.Default.SelectedModel, cancellationToken);
        WorkflowLog.ModelChosen(_logger, input.RunId, choice.Chosen?.Algorithm, choice.Chosen?.K);
        return new SelectModelResult(choice.Chosen?.Algorithm, choice.Chosen?.K, SecondsSince(start));
    }

    private static Dictionary<NamedSegment, SegmentFigures> NamedFigures(CustomerMeasures measures, ScoreEdges edges, Money total)
    {
        var rows = NamedSegment.All.ToDictionary(segment => segment, _ => new List<int>());
        for (int i = 0; i < measures.Count; i++)
        {
            RfmScores scores = edges.Score(measures.Recency[i], measures.Frequency[i], measures.Monetary[i]);
            rows[NamedSegment.Of(scores.R, scores.F)].Add(i);
        }

        return NamedSegment.All.ToDictionary(segment => segment, segment => measures.FiguresOf([.. rows[segment]], total));
    }
}

/// <summary>The clusters of a model, numbered by falling mean monetary, then by centre.</summary>
/// <param name="Centroids">The centres in the order of the numbers.</param>
/// <param name="Figures">The figures of each cluster.</param>
internal sealed record NumberedClusters(IReadOnlyList<double[]> Centroids, IReadOnlyList<SegmentFigures> Figures)
{
    /// <summary>Numbers the clusters of a model by the customers nearest to each centre.</summary>
    public static NumberedClusters Of(
        IReadOnlyList<double[]> centroids, FeatureMatrix points, CustomerMeasures measures, Money total)
    {
        int[] labels = new NearestCentroid(FeatureMatrix.FromRows(centroids)).Predict(points);
        ILookup<int, int> rows = Enumerable.Range(0, labels.Length).ToLookup(row => labels[row]);
        var clusters = centroids
            .Select((centroid, label) => (Centroid: centroid, Figures: measures.FiguresOf([.. rows[label]], total)))
            .OrderByDescending(cluster => cluster.Figures.Means.Monetary)
            .ThenBy(cluster => cluster.Centroid, Comparer<double[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))
            .ToArray();
        return new NumberedClusters([.. clusters.Select(one => one.Centroid)], [.. clusters.Select(one => one.Figures)]);
    }
}
