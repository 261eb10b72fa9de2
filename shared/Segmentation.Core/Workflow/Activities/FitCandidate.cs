using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow.Fitting;
using Segmentation.Numerics.Summaries;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    /// <summary>Fits one candidate, or those of one tree, and measures it: quality, and stability over bootstrap refits.</summary>
    public async Task<FitCandidateResult> FitCandidateAsync(FitCandidateInput input, CancellationToken cancellationToken)
    {
        (_, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        MergedSummary merged = await ReadMergedAsync(input.RunId, cancellationToken);
        ModelPoints points = merged.IsSummarised
            ? ModelPoints.OfSummary(await ReadFeatureSummaryAsync(input.RunId, cancellationToken))
            : ModelPoints.OfCustomers(
                OutlierTreatment.Apply(await ReadMeasuresAsync(input.RunId, cancellationToken), options.Selection).LogFeatures(),
                areAll: options.Selection.Outliers == OutlierPolicy.Keep);
        var fitting = new CandidateFitting(points, options.Selection, _clock, cancellationToken);
        CandidatePlan plan = merged.Candidates[input.Index];
        var fitted = new FittedCandidates(fitting.Fit(plan));
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Candidate(input.RunId, input.Index), fitted, WorkflowJson.Default.FittedCandidates, cancellationToken);
        SegmentationTelemetry.Tell(SegmentationTelemetry.AlgorithmTag, plan.Algorithm);

        // A tree is cut at every k: of several candidates there is not one figure to tell.
        if (fitted.Candidates is [{ Candidate: var candidate }])
        {
            SegmentationTelemetry.Tell(SegmentationTelemetry.ClustersName, candidate.K);
            SegmentationTelemetry.Tell(SegmentationTelemetry.SilhouetteName, candidate.Silhouette);
            SegmentationTelemetry.Tell(SegmentationTelemetry.StabilityName, candidate.Stability);
        }

        return new FitCandidateResult(fitting.FitSeconds, fitting.MeasureSeconds, fitting.StabilitySeconds);
    }

    private async Task<WeightedSummary> ReadFeatureSummaryAsync(string runId, CancellationToken cancellationToken)
    {
        await using Stream stream = await _storage.Runs.OpenReadAsync(RunBlobs.FeatureSummary(runId), cancellationToken);
        byte[] bytes = new byte[checked((int)stream.Length)];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return WeightedSummaryFormat.Read(bytes);
    }

    private Task<MergedSummary> ReadMergedAsync(string runId, CancellationToken cancellationToken) =>
        _storage.Runs.ReadJsonAsync(RunBlobs.Merged(runId), WorkflowJson.Default.MergedSummary, cancellationToken);
}
