using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Numerics;
using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    // Beyond this many customers the silhouette of all against all would take minutes: a sample of them is measured, each against all.
    private const int ExactSilhouetteCustomers = 100_000;
    private const int SilhouetteSample = 10_000;

    /// <summary>Fits one candidate and measures it: quality, and stability over bootstrap refits.</summary>
    public async Task<FitCandidateResult> FitCandidateAsync(FitCandidateInput input, CancellationToken cancellationToken)
    {
        (_, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        MergedSummary merged = await ReadMergedAsync(input.RunId, cancellationToken);
        CandidatePlan plan = merged.Candidates[input.Index];
        FeatureMatrix features = (await ReadMeasuresAsync(input.RunId, cancellationToken)).LogFeatures();
        FeatureMatrix points = StandardScaler.Fit(features).Transform(features);

        long start = _clock.GetTimestamp();
        var kMeans = new KMeansOptions
        {
            ClusterCount = plan.K,
            Starts = options.Selection.Starts,
            Seed = [options.Selection.Seed, StableHash.Compute(plan.Algorithm), (ulong)plan.K],
        };
        KMeansModel model = KMeans.Fit(points, kMeans, cancellationToken);
        double fitSeconds = SecondsSince(start);

        start = _clock.GetTimestamp();
        var candidate = new ClusterCandidate(
            plan.Algorithm,
            plan.K,
            model.Inertia,
            SilhouetteOf(points, model, options.Selection.Seed, cancellationToken),
            DaviesBouldin.Score(points, model.Labels, plan.K),
            CalinskiHarabasz.Score(points, model.Labels, plan.K),
            Bic: null,
            Stability: null,
            SmallestShareOf(model.Labels, plan.K));
        double measureSeconds = SecondsSince(start);

        start = _clock.GetTimestamp();
        Stability stability = BootstrapStability.OfKMeans(points, model, kMeans, cancellationToken: cancellationToken);
        double stabilitySeconds = SecondsSince(start);

        double[][] centroids = [.. Enumerable.Range(0, model.Centroids.Rows).Select(cluster => RowOf(model.Centroids, cluster))];
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Candidate(input.RunId, input.Index),
            new FittedCandidate(candidate with { Stability = stability.Mean }, centroids),
            WorkflowJson.Default.FittedCandidate,
            cancellationToken);
        SegmentationTelemetry.Tell(SegmentationTelemetry.AlgorithmTag, plan.Algorithm);
        SegmentationTelemetry.Tell(SegmentationTelemetry.ClustersName, plan.K);
        SegmentationTelemetry.Tell(SegmentationTelemetry.SilhouetteName, candidate.Silhouette);
        SegmentationTelemetry.Tell(SegmentationTelemetry.StabilityName, stability.Mean);
        return new FitCandidateResult(fitSeconds, measureSeconds, stabilitySeconds);
    }

    private static double? SilhouetteOf(FeatureMatrix points, KMeansModel model, ulong seed, CancellationToken cancellationToken)
    {
        int clusters = model.Centroids.Rows;
        return points.Rows <= ExactSilhouetteCustomers
            ? Silhouette.Mean(points, model.Labels, clusters, cancellationToken: cancellationToken)
            : Silhouette.Sampled(points, model.Labels, clusters, SilhouetteSample, seed, cancellationToken: cancellationToken)?.Mean;
    }

    private static double SmallestShareOf(int[] labels, int clusters)
    {
        long[] sizes = new long[clusters];
        foreach (int label in labels)
        {
            sizes[label]++;
        }

        return (double)sizes.Min() / labels.Length;
    }

    private static double[] RowOf(FeatureMatrix matrix, int row)
    {
        double[] values = new double[matrix.Columns];
        matrix.CopyRow(row, values);
        return values;
    }

    private Task<MergedSummary> ReadMergedAsync(string runId, CancellationToken cancellationToken) =>
        _storage.Runs.ReadJsonAsync(RunBlobs.Merged(runId), WorkflowJson.Default.MergedSummary, cancellationToken);
}
