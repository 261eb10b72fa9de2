using Segmentation.Numerics.Clustering;

namespace Segmentation.Numerics.Selection;

/// <summary>How well a clustering survives another draw of the same customers.</summary>
/// <param name="Mean">The mean of <paramref name="AdjustedRand" />.</param>
/// <param name="AdjustedRand">The adjusted Rand index of each refit with the full fit, over all n rows, in the order of the refits.</param>
public sealed record Stability(double Mean, IReadOnlyList<double> AdjustedRand);

/// <summary>One refit: learns from a bootstrap sample and labels all rows.</summary>
/// <param name="sample">n rows drawn with replacement from the n rows.</param>
/// <param name="seed">The parts of the seed that are this refit's own; add parts for further generators.</param>
/// <returns>For each clustering that is judged, a label for each of the n rows of the full matrix.</returns>
public delegate IReadOnlyList<int[]> BootstrapRefit(FeatureMatrix sample, IReadOnlyList<ulong> seed);

/// <summary>Stability under the bootstrap (Hennig, 2007, with the adjusted Rand index in place of Jaccard).</summary>
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
    /// <param name="points">n rows by d features, n at least 1.</param>
    /// <param name="fullLabels">For each clustering, the labels of the full fit.</param>
    /// <param name="refits">How many samples are drawn, at least 1.</param>
    /// <param name="seed">The parts of the seed (seed, number of the algorithm, k where there is one); each refit adds its number.</param>
    /// <param name="refit">Learns and labels; called on several threads at once if these are allowed.</param>
    /// <param name="maxDegreeOfParallelism">The most threads that share the refits.</param>
    /// <param name="cancellationToken">Looked at once a refit.</param>
    /// <returns>One result for each clustering, in the order of <paramref name="fullLabels" />.</returns>
    /// <exception cref="ArgumentException">Labels do not fit the rows, or a refit returned labels of another number or length.</exception>
    public static IReadOnlyList<Stability> MeanAdjustedRand(
        FeatureMatrix points,
        IReadOnlyList<int[]> fullLabels,
        int refits,
        IReadOnlyList<ulong> seed,
        BootstrapRefit refit,
        int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(refits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxDegreeOfParallelism);
        ArgumentOutOfRangeException.ThrowIfZero(points.Rows, nameof(points));
        double[][] scores = [.. fullLabels.Select(_ => new double[refits])];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellationToken };
        Parallel.For(0, refits, parallel, number =>
        {
            ulong[] own = [.. seed, (ulong)number];
            var refitted = refit(Sample(points, new Xoshiro256StarStar(own)), own);
            if (refitted.Count != fullLabels.Count)
            {
                throw new ArgumentException($"Refit {number} returned {refitted.Count} clusterings; expected {fullLabels.Count}.", nameof(refit));
            }

            for (int c = 0; c < refitted.Count; c++)
            {
                scores[c][number] = AdjustedRandIndex.Score(fullLabels[c], refitted[c]);
            }
        });

        return [.. scores.Select(each => new Stability(FixedOrderSum.Of(each) / refits, each))];
    }

    /// <summary>The mean adjusted Rand index of one clustering.</summary>
    /// <inheritdoc cref="MeanAdjustedRand(FeatureMatrix, IReadOnlyList{int[]}, int, IReadOnlyList{ulong}, BootstrapRefit, int,
    /// CancellationToken)" path="/param|/exception" />
    public static Stability MeanAdjustedRand(
        FeatureMatrix points,
        int[] fullLabels,
        int refits,
        IReadOnlyList<ulong> seed,
        Func<FeatureMatrix, IReadOnlyList<ulong>, int[]> refit,
        int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default) =>
        MeanAdjustedRand(points, [fullLabels], refits, seed, (sample, own) => [refit(sample, own)], maxDegreeOfParallelism, cancellationToken)[0];

    /// <summary>
    /// The stability of a k-means model: each refit has the options of the full fit, but <see cref="DefaultStarts" /> starts.
    /// </summary>
    /// <param name="points">The rows that the model was fitted on.</param>
    /// <param name="model">The full fit.</param>
    /// <param name="options">Its options; the seed of refit r is their seed followed by r.</param>
    /// <param name="refits">How many samples are drawn.</param>
    /// <param name="cancellationToken">Looked at once an iteration.</param>
    public static Stability OfKMeans(
        FeatureMatrix points,
        KMeansModel model,
        KMeansOptions options,
        int refits = DefaultRefits,
        CancellationToken cancellationToken = default)
    {
        return MeanAdjustedRand(
            points,
            model.Labels,
            refits,
            options.Seed,
            Refit,
            options.MaxDegreeOfParallelism,
            cancellationToken);

        int[] Refit(FeatureMatrix sample, IReadOnlyList<ulong> own)
        {
            var refit = options with { Seed = own, Starts = DefaultStarts, MaxDegreeOfParallelism = 1 };
            return KMeans.Fit(sample, refit, cancellationToken).Predict(points);
        }
    }

    private static FeatureMatrix Sample(FeatureMatrix points, Xoshiro256StarStar generator)
    {
        int[] rows = new int[points.Rows];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = generator.NextInt32(rows.Length);
        }

        // In order of rows: the same sample, read from memory without jumps.
        Array.Sort(rows);
        return points.SelectRows(rows);
    }
}
