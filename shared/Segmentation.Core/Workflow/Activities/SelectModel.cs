using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;
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
        var fitted = new List<FittedCandidate>();
        for (int i = 0; i < input.Candidates; i++)
        {
            FittedCandidates plan = await _storage.Runs.ReadJsonAsync(
                RunBlobs.Candidate(input.RunId, i), WorkflowJson.Default.FittedCandidates, cancellationToken);
            fitted.AddRange(plan.Candidates);
        }

        var rule = new SelectionRule(
            options.Selection.MinClusters, options.Selection.MaxClusters, options.Selection.MinShare, options.Selection.MinStability,
            options.Selection.Algorithms);
        ClusterChoice choice = ClusterCountSelector.Choose([.. fitted.Select(one => one.Candidate)], rule);
        FittedCandidate? chosen = fitted.FirstOrDefault(one => ReferenceEquals(one.Candidate, choice.Chosen));
        CustomerMeasures learnt = OutlierTreatment.Apply(measures, options.Selection);
        bool isMeasured = measures.Count > 0;
        FeatureMatrix? features = isMeasured ? measures.LogFeatures() : null;
        FeatureMatrix? learntFeatures = ReferenceEquals(learnt, measures) ? features : learnt.LogFeatures();
        StandardScaler? scaler = learntFeatures is null ? null
            : merged.IsSummarised ? (await ReadFeatureSummaryAsync(input.RunId, cancellationToken)).Scaler() : StandardScaler.Fit(learntFeatures);
        var modelFeatures = new ModelFeatures(
            CustomerMeasures.Names, ModelFeatures.LogTransform, scaler?.Means ?? [0, 0, 0], scaler?.Deviations ?? [0, 0, 0]);

        Money total = measures.Total();
        NumberedClusters? clusters = chosen is null
            ? null
            : NumberedClusters.Of(chosen, scaler!.Transform(features!), measures, total);
        SegmentFigures everyone = measures.FiguresOf(null, total);
        (PreviousRun? previous, SelectedModel? before) = await ReadPreviousAsync(input.RunId, cancellationToken);
        int[] former = previous is null ? [] : await ReadFormerClustersAsync(input.RunId, cancellationToken);
        ContinuedClusters continued = ContinuedClusters.Of(clusters, modelFeatures, everyone, language, previous, before, former);
        IEnumerable<SegmentProfile> named = NamedFigures(measures, merged.Edges, total)
            .Select(segment => ProfileWords.DescribeNamed(segment.Key, segment.Value, language));

        SegmentModel model = new SegmentModel(merged.Edges, modelFeatures, clusters?.Centroids)
        {
            Algorithm = chosen?.Candidate.Algorithm,
            Mixture = clusters?.MixtureOf(chosen!),
            Tree = clusters?.TreeOf(chosen!, measures),
            ClusterIds = continued.Ids,
            NextClusterId = continued.NextId,
            Retired = continued.Retired,
            Baselines = FeatureBaseline.Of(measures),
            LongestRecency = isMeasured ? (int)measures.Recency.Max() : null,
        };
        var selected = new SelectedModel(
            model,
            SelectionReasons.Describe(
                choice, merged.NoModel, modelFeatures, options.Selection, measures.Count, language, GapsOfOne(fitted), clusters?.Order, merged.Excluded) with
            {
                HeldOut = HeldOutModel.Measure(choice.Chosen, learntFeatures, model, learnt, options.Selection, cancellationToken),
            },
            SegmentDetails.Add(
                [.. continued.Profiles, .. named],
                model,
                measures,
                await ReadItemPricesAsync(input.RunId, measures.Count, cancellationToken),
                language,
                cancellationToken))
        {
            Continuity = continued.Continuity(previous, before, measures),
        };
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Model(input.RunId), selected, WorkflowJson.Default.SelectedModel, cancellationToken);
        SegmentationTelemetry.Tell(SegmentationTelemetry.AlgorithmTag, choice.Chosen?.Algorithm);
        SegmentationTelemetry.Tell(SegmentationTelemetry.ClustersName, choice.Chosen?.K);
        WorkflowLog.ModelChosen(_logger, input.RunId, choice.Chosen?.Algorithm, choice.Chosen?.K);
        return new SelectModelResult(choice.Chosen?.Algorithm, choice.Chosen?.K, SecondsSince(start));
    }

    private static Dictionary<string, Gap> GapsOfOne(IEnumerable<FittedCandidate> fitted) => fitted
        .Where(one => one.GapOfOne is not null)
        .ToDictionary(one => one.Candidate.Algorithm, one => one.GapOfOne!, StringComparer.Ordinal);

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
