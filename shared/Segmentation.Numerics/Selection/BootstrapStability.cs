using Segmentation.Numerics.Clustering;

namespace Segmentation.Numerics.Selection;

/// <summary>How well a clustering survives another draw of the same customers.</summary>
/// <param name="Mean">The mean of <paramref name="AdjustedRand" />.</param>
/// <param name="AdjustedRand">The adjusted Rand index of each refit with the full fit, over all n rows, in the order of the refits.</param>
/// <param name="Jaccard">For each cluster of the full fit the mean over the refits of its greatest Jaccard coefficient, 0…1: below about
/// 0.6 a cluster is not found again, from 0.75 on it is (Hennig, 2007).</param>
public sealed record Stability(double Mean, IReadOnlyList<double> AdjustedRand, IReadOnlyList<double> Jaccard);

/// <summary>One refit: learns from a bootstrap sample and labels all rows.</summary>
/// <param name="sample">n rows drawn with replacement from the n rows that the points stand for.</param>
/// <param name="seed">The parts of the seed that are this refit's own; add parts for further generators.</param>
/// <returns>For each clustering that is judged, a label, from 0, for each of the full points.</returns>
public delegate IReadOnlyList<int[]> BootstrapRefit(BootstrapSample sample, IReadOnlyList<ulong> seed);

/// <summary>Stability under the bootstrap (Hennig, 2007): of the whole by the adjusted Rand index, of each cluster by Jaccard.</summary>
/// <remarks>
/// A sample that holds fewer points that differ than k is no error: the refit has fewer clusters, and agrees less or not. The
/// result has no NaN. Cost: the refits, plus O(n·d) each. The samples depend on the seed alone, so the number of threads changes no bit.
/// </remarks>
public static class BootstrapStability
{
    /// <summary>The refits of the product's definition of stability.</summary>
    public const int DefaultRefits = 20;

    /// <summary>The starts of each refit of k-means.</summary>
    public const int DefaultStarts = 5;

    /// <summary>
    /// The mean adjusted Rand index of several clusterings that one refit yields together (as a tree that is cut at every k).
    /// </summary>
    /// <param name="points">The points, at least one; a point of weight w is w rows.</param>
    /// <param name="fullLabels">For each clustering, the labels of the full fit, from 0.</param>
    /// <param name="refits">How many samples are drawn, at least 1.</param>
    /// <param name="seed">The parts of the seed (seed, number of the algorithm, k where there is one); each refit adds its number.</param>
    /// <param name="refit">Learns and labels; called on several threads at once if these are allowed.</param>
    /// <param name="maxDegreeOfParallelism">The most threads that share the refits.</param>
    /// <param name="cancellationToken">Looked at once a refit.</param>
    /// <returns>One result for each clustering, in the order of <paramref name="fullLabels" />.</returns>
    /// <exception cref="ArgumentException">Labels do not fit the rows, or a refit returned labels of another number or length.</exception>
    public static IReadOnlyList<Stability> MeanAdjustedRand(
        WeightedPoints points,
        IReadOnlyList<int[]> fullLabels,
        int refits,
        IReadOnlyList<ulong> seed,
        BootstrapRefit refit,
        int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(refits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxDegreeOfParallelism);
        ArgumentOutOfRangeException.ThrowIfZero(points.Points.Rows, nameof(points));
        double[][] scores = [.. fullLabels.Select(_ => new double[refits])];
        int[] clusters = [.. fullLabels.Select(labels => labels.Max() + 1)];
        double[][][] jaccards = [.. fullLabels.Select(_ => new double[refits][])];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, refits, parallel, number =>
        {
            ulong[] own = [.. seed, (ulong)number];
            var refitted = refit(new BootstrapSample(points, new Xoshiro256StarStar(own)), own);
            if (refitted.Count != fullLabels.Count)
            {
                throw new ArgumentException($"Refit {number} returned {refitted.Count} clusterings; expected {fullLabels.Count}.", nameof(refit));
            }

            for (int c = 0; c < refitted.Count; c++)
            {
                scores[c][number] = AdjustedRandIndex.Score(fullLabels[c], refitted[c], points);
                jaccards[c][number] = ClusterJaccard.Score(points, fullLabels[c], clusters[c], refitted[c]);
            }
        });

        return [.. scores.Select((each, c) => new Stability(FixedOrderSum.Of(each) / refits, each, MeanOf(jaccards[c])))];
    }

    private static double[] MeanOf(double[][] jaccards) =>
        [.. Enumerable.Range(0, jaccards[0].Length).Select(cluster => FixedOrderSum.Of([.. jaccards.Select(refit => refit[cluster])]) / jaccards.Length)];

    /// <summary>The mean adjusted Rand index of one clustering.</summary>
    /// <inheritdoc cref="MeanAdjustedRand(WeightedPoints, IReadOnlyList{int[]}, int, IReadOnlyList{ulong}, BootstrapRefit, int,
    /// CancellationToken)" path="/param|/exception" />
    public static Stability MeanAdjustedRand(
        WeightedPoints points,
        int[] fullLabels,
        int refits,
        IReadOnlyList<ulong> seed,
        Func<BootstrapSample, IReadOnlyList<ulong>, int[]> refit,
        int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default) =>
        MeanAdjustedRand(points, [fullLabels], refits, seed, (sample, own) => [refit(sample, own)], maxDegreeOfParallelism, cancellationToken)[0];

    /// <summary>
    /// The stability of a k-means model: each refit has the options of the full fit, but <see cref="DefaultStarts" /> starts.
    /// </summary>
    /// <param name="points">The points that the model was fitted on.</param>
    /// <param name="model">The full fit.</param>
    /// <param name="options">Its options; the seed of refit r is their seed followed by r.</param>
    /// <param name="refits">How many samples are drawn.</param>
    /// <param name="cancellationToken">Looked at once an iteration.</param>
    public static Stability OfKMeans(
        WeightedPoints points, KMeansModel model, KMeansOptions options, int refits = DefaultRefits, CancellationToken cancellationToken = default) =>
        OfKMeans(points, model.Labels, options, refits, cancellationToken);

    /// <summary>The stability of a k-means model, given what it says of points that it need not have been fitted on.</summary>
    /// <param name="points">The points that samples are drawn from.</param>
    /// <param name="fullLabels">The cluster of each point by the full fit.</param>
    /// <param name="options">The options of the full fit; the seed of refit r is their seed followed by r.</param>
    /// <param name="refits">How many samples are drawn.</param>
    /// <param name="cancellationToken">Looked at once an iteration.</param>
    public static Stability OfKMeans(
        WeightedPoints points, int[] fullLabels, KMeansOptions options, int refits = DefaultRefits, CancellationToken cancellationToken = default) =>
        MeanAdjustedRand(
            points,
            fullLabels,
            refits,
            options.Seed,
            (sample, own) => Refit(sample.Rows, options, own, cancellationToken).Predict(points.Points),
            options.MaxDegreeOfParallelism,
            cancellationToken);

    /// <summary>The stability of a Gaussian mixture: each refit begins with a k-means of <see cref="DefaultStarts" /> starts.</summary>
    /// <param name="points">The points that samples are drawn from.</param>
    /// <param name="fullLabels">The component of each point by the full fit.</param>
    /// <param name="start">The options of its k-means, but for the seed, which is that of the mixture: that of refit r is followed by r.</param>
    /// <param name="options">Its options.</param>
    /// <param name="refits">How many samples are drawn.</param>
    /// <param name="cancellationToken">Looked at once an iteration.</param>
    public static Stability OfMixture(
        WeightedPoints points,
        int[] fullLabels,
        KMeansOptions start,
        GaussianMixtureOptions options,
        int refits = DefaultRefits,
        CancellationToken cancellationToken = default)
    {
        return MeanAdjustedRand(points, fullLabels, refits, start.Seed, RefitMixture, start.MaxDegreeOfParallelism, cancellationToken);

        int[] RefitMixture(BootstrapSample sample, IReadOnlyList<ulong> own)
        {
            WeightedPoints distinct = sample.Distinct;
            return GaussianMixture.Fit(distinct, Refit(distinct, start, own, cancellationToken), options, cancellationToken).Model.Predict(points.Points);
        }
    }

    /// <summary>The stability of several cuts of one tree: each refit builds one tree and cuts it at every k.</summary>
    /// <param name="points">The points that samples are drawn from.</param>
    /// <param name="fullLabels">For each cut of the full tree the cluster of each point.</param>
    /// <param name="clusterCounts">The k of each cut.</param>
    /// <param name="seed">The parts of the seed, without k.</param>
    /// <param name="refits">How many samples are drawn.</param>
    /// <param name="maxDegreeOfParallelism">The most threads that share the refits.</param>
    /// <param name="cancellationToken">Looked at once a merger.</param>
    /// <returns>One result for each cut.</returns>
    public static IReadOnlyList<Stability> OfWard(
        WeightedPoints points,
        IReadOnlyList<int[]> fullLabels,
        IReadOnlyList<int> clusterCounts,
        IReadOnlyList<ulong> seed,
        int refits = DefaultRefits,
        int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
    {
        return MeanAdjustedRand(points, fullLabels, refits, seed, RefitTree, maxDegreeOfParallelism, cancellationToken);

        IReadOnlyList<int[]> RefitTree(BootstrapSample sample, IReadOnlyList<ulong> own)
        {
            WardTree tree = AgglomerativeClustering.Fit(sample.Distinct, cancellationToken);
            return [.. clusterCounts.Select(k => new NearestCentroid(tree.Cut(k).Centroids).Predict(points.Points))];
        }
    }

    private static KMeansModel Refit(WeightedPoints sample, KMeansOptions options, IReadOnlyList<ulong> own, CancellationToken cancellationToken)
    {
        // A sample of few points may hold fewer than k of them.
        int clusters = Math.Min(options.ClusterCount, sample.Points.Rows);
        return KMeans.Fit(sample, options with { ClusterCount = clusters, Seed = own, Starts = DefaultStarts, MaxDegreeOfParallelism = 1 }, cancellationToken);
    }
}
