using Segmentation.Core.Options;
using Segmentation.Core.Segments;
using Segmentation.Numerics;
using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Workflow.Fitting;

/// <summary>Fits candidates and measures them: how good they are, and how stable over bootstrap refits.</summary>
/// <remarks>Every generator is seeded by the seed, the algorithm and, but for trees, k. For one plan; not thread-safe.</remarks>
internal sealed class CandidateFitting(ModelPoints points, SelectionOptions options, TimeProvider clock, CancellationToken cancellationToken)
{
    // Beyond this many customers the silhouette of all against all would take minutes: a sample of them is measured, each against all.
    private const int ExactSilhouetteCustomers = 100_000;
    private const int SilhouetteSample = 5_000;
    private const string GapPurpose = "gap";

    // Points that stand for eight others have other local optima: with as many starts the best of ten clusters was 0.3 % worse than with all points.
    private const int StartsOnFewer = 4;

    // Centres that begin near the end take small steps from the first on, and would stop there.
    private const double RefiningTolerance = 1e-7;

    private static readonly GaussianMixtureOptions MixtureOptions = new();

    /// <summary>Seconds of fitting alone.</summary>
    public double FitSeconds { get; private set; }

    /// <summary>Seconds of measuring.</summary>
    public double MeasureSeconds { get; private set; }

    /// <summary>Seconds of bootstrap refits.</summary>
    public double StabilitySeconds { get; private set; }

    /// <summary>Fits the candidates of a plan.</summary>
    public IReadOnlyList<FittedCandidate> Fit(CandidatePlan plan) => plan.Algorithm switch
    {
        ClusterAlgorithms.KMeans => [FitKMeans(plan.LeastK)],
        ClusterAlgorithms.GaussianMixture => [FitMixture(plan.LeastK)],
        ClusterAlgorithms.Ward => FitTree([.. Enumerable.Range(plan.LeastK, plan.MostK - plan.LeastK + 1)]),
        _ => throw new ArgumentException($"There is no algorithm '{plan.Algorithm}'.", nameof(plan)),
    };

    private FittedCandidate FitKMeans(int k)
    {
        long start = clock.GetTimestamp();
        KMeansOptions kMeans = KMeansOf(k, ClusterAlgorithms.KMeans);
        KMeansModel model = FitKMeans(kMeans);
        FitSeconds += SecondsSince(start);

        start = clock.GetTimestamp();
        double inertia = model.Inertia + points.WithinPoints;
        ClusterCandidate candidate = Measure(ClusterAlgorithms.KMeans, k, model.Labels, inertia);

        // The least k brings the gap of one cluster with it, which a gap is compared with too.
        bool isFirst = k == 2;
        IReadOnlyList<Gap> gaps = GapStatistic.Score(
            points.Points,
            isFirst ? [inertia, InertiaOfOne()] : [inertia],
            [options.Seed, StableHash.Compute(GapPurpose)],
            (set, own) => InertiasOf(set, own, k, isFirst),
            cancellationToken: cancellationToken);
        MeasureSeconds += SecondsSince(start);

        Stability stability = Timed(() => BootstrapStability.OfKMeans(
            points.TreePoints, LabelsOfTreePoints(model.Labels, model.Predict), kMeans, cancellationToken: cancellationToken));
        return new FittedCandidate(With(candidate, stability, gaps[0], points.IsSummary ? points.Points : null), Rows(model.Centroids))
        {
            GapOfOne = isFirst ? gaps[1] : null,
        };
    }

    /// <summary>Of a summary, starts are tried on the fewer points, where more of them cost less, and the best is carried on with all.</summary>
    private KMeansModel FitKMeans(KMeansOptions options)
    {
        if (!points.IsSummary)
        {
            return KMeans.Fit(points.Points, options, cancellationToken);
        }

        KMeansModel begun = KMeans.Fit(points.TreePoints, options with { Starts = StartsOnFewer * options.Starts }, cancellationToken);
        return KMeans.Refine(points.Points, begun.Centroids, options with { Tolerance = RefiningTolerance }, cancellationToken);
    }

    private FittedCandidate FitMixture(int k)
    {
        long start = clock.GetTimestamp();
        KMeansModel kMeans = FitKMeans(KMeansOf(k, ClusterAlgorithms.KMeans));
        GaussianMixtureFit fit = GaussianMixture.Fit(points.Points, kMeans, MixtureOptions, cancellationToken);
        FitSeconds += SecondsSince(start);

        start = clock.GetTimestamp();
        double inertia = Inertia.Score(points.Points, fit.Labels, k) + points.WithinPoints;
        ClusterCandidate candidate = Measure(ClusterAlgorithms.GaussianMixture, k, fit.Labels, inertia) with { Bic = fit.Bic };
        MeasureSeconds += SecondsSince(start);

        Stability stability = Timed(() => BootstrapStability.OfMixture(
            points.TreePoints,
            LabelsOfTreePoints(fit.Labels, fit.Model.Predict),
            KMeansOf(k, ClusterAlgorithms.GaussianMixture),
            MixtureOptions,
            cancellationToken: cancellationToken));
        return new FittedCandidate(With(candidate, stability, null, points.IsSummary ? points.Points : null), Rows(fit.Model.Means))
        {
            Mixture = [.. fit.Model.Weights.Zip(fit.Model.Covariances, (weight, covariance) => new MixtureComponent(weight, covariance))],
        };
    }

    private FittedCandidate[] FitTree(int[] ks)
    {
        long start = clock.GetTimestamp();
        WardTree tree = AgglomerativeClustering.Fit(points.TreePoints, cancellationToken);
        WardCut[] cuts = [.. ks.Select(tree.Cut)];
        FitSeconds += SecondsSince(start);

        // A tree says of its own points alone where they belong: where these are not the customers, the nearest centre decides for all.
        start = clock.GetTimestamp();
        bool isOfCustomers = points.HasTreeOfCustomers;
        int[][] labels = [.. cuts.Select(cut => isOfCustomers ? cut.Labels : new NearestCentroid(cut.Centroids).Predict(points.Points.Points))];
        int[][] treeLabels = isOfCustomers ? labels : [.. cuts.Select(cut => new NearestCentroid(cut.Centroids).Predict(points.TreePoints.Points))];
        ClusterCandidate[] candidates = [.. ks.Select((k, i) =>
            Measure(ClusterAlgorithms.Ward, k, labels[i], Inertia.Score(points.Points, labels[i], k) + points.WithinPoints))];
        IReadOnlyList<Gap> gaps = GapStatistic.Score(
            points.Points,
            [.. candidates.Select(candidate => candidate.Inertia), InertiaOfOne()],
            [options.Seed, StableHash.Compute(GapPurpose)],
            (set, _) =>
            {
                WardTree reference = AgglomerativeClustering.Fit(set, cancellationToken);
                return [.. ks.Append(1).Select(k => reference.Cut(k).Inertia)];
            },
            cancellationToken: cancellationToken);
        MeasureSeconds += SecondsSince(start);

        IReadOnlyList<Stability> stability = Timed(() => BootstrapStability.OfWard(
            points.TreePoints, treeLabels, ks, [options.Seed, StableHash.Compute(ClusterAlgorithms.Ward)], cancellationToken: cancellationToken));
        return [.. ks.Select((k, i) =>
            new FittedCandidate(With(candidates[i], stability[i], gaps[i], isOfCustomers ? null : points.TreePoints), Rows(cuts[i].Centroids))
            {
                TreeLabels = isOfCustomers ? cuts[i].Labels : null,
                GapOfOne = i == 0 ? gaps[^1] : null,
            })];
    }

    private KMeansOptions KMeansOf(int k, string algorithm) => new()
    {
        ClusterCount = k,
        Starts = options.Starts,
        Seed = [options.Seed, StableHash.Compute(algorithm), (ulong)k],
    };

    private IReadOnlyList<double> InertiasOf(FeatureMatrix set, IReadOnlyList<ulong> own, int k, bool withOne)
    {
        var refit = new KMeansOptions { ClusterCount = Math.Min(k, set.Rows), Starts = BootstrapStability.DefaultStarts, Seed = [.. own, (ulong)k] };
        double inertia = KMeans.Fit(set, refit, cancellationToken).Inertia;
        return withOne ? [inertia, Inertia.Score(set, new int[set.Rows], 1)] : [inertia];
    }

    private double InertiaOfOne() => Inertia.Score(points.Points, new int[points.Points.Points.Rows], 1) + points.WithinPoints;

    private ClusterCandidate Measure(string algorithm, int k, int[] labels, double inertia)
    {
        // A cluster without customers is none: indices of the others would be those of fewer clusters than k.
        double smallestShare = SmallestShareOf(labels, k);
        bool isDefined = smallestShare > 0;
        SampledSilhouette? silhouette = !isDefined ? null
            : points.Points.Total <= ExactSilhouetteCustomers
            ? Silhouette.Mean(points.Points, labels, k, cancellationToken: cancellationToken) is { } exact ? new SampledSilhouette(exact, 0, labels.Length) : null
            : Silhouette.Sampled(points.Points, labels, k, SilhouetteSample, options.Seed, cancellationToken: cancellationToken);
        return new ClusterCandidate(
            algorithm,
            k,
            inertia,
            silhouette?.Mean,
            isDefined ? DaviesBouldin.Score(points.Points, labels, k) : null,
            isDefined ? CalinskiHarabasz.Score(points.Points, labels, k, points.WithinPoints) : null,
            Bic: null,
            Stability: null,
            smallestShare)
        {
            SilhouetteError = silhouette is { StandardError: > 0 } sampled ? sampled.StandardError : null,
        };
    }

    private double SmallestShareOf(int[] labels, int k)
    {
        long[] sizes = new long[k];
        for (int i = 0; i < labels.Length; i++)
        {
            sizes[labels[i]] += points.Points.Weight(i);
        }

        return (double)sizes.Min() / points.Points.Total;
    }

    private int[] LabelsOfTreePoints(int[] labels, Func<FeatureMatrix, int[]> predict) =>
        points.HasTreeOfCustomers ? labels : predict(points.TreePoints.Points);

    private T Timed<T>(Func<T> measure)
    {
        long start = clock.GetTimestamp();
        T result = measure();
        StabilitySeconds += SecondsSince(start);
        return result;
    }

    private double SecondsSince(long start) => clock.GetElapsedTime(start).TotalSeconds;

    private static ClusterCandidate With(ClusterCandidate candidate, Stability stability, Gap? gap, WeightedPoints? fittedOn) => candidate with
    {
        Stability = stability.Mean,
        ClusterStability = [.. stability.Jaccard],
        Gap = gap?.Value,
        GapDeviation = gap?.Deviation,
        FittedOn = fittedOn?.Points.Rows,
    };

    private static double[][] Rows(FeatureMatrix matrix)
    {
        double[][] rows = new double[matrix.Rows][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new double[matrix.Columns];
            matrix.CopyRow(i, rows[i]);
        }

        return rows;
    }
}
