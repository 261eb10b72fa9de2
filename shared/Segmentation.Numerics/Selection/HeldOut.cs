using Segmentation.Numerics.Assignment;

namespace Segmentation.Numerics.Selection;

/// <summary>How a model, refitted without some of the rows, labels those rows.</summary>
/// <param name="Rows">Rows that were held out.</param>
/// <param name="Agreement">The part of them, 0…1, that the refit gives the same label, its clusters matched with the model's.</param>
/// <param name="AdjustedRand">The adjusted Rand index of the two labellings, which needs no matching and counts chance out.</param>
public sealed record HeldOutAgreement(int Rows, double Agreement, double AdjustedRand);

/// <summary>Fits a model, with all that it learns from the rows (standardisation included), on some rows.</summary>
/// <param name="rows">The rows to learn from.</param>
/// <returns>What labels other rows.</returns>
public delegate Func<FeatureMatrix, int[]> ModelFit(FeatureMatrix rows);

/// <summary>Measures how well a model labels customers that it has not seen.</summary>
/// <remarks>
/// One split: each row is held out with the chance of one in five, by a generator of the seed and in the order of the rows, so that the
/// same rows are held out on every machine. Beyond <see cref="MostRows" /> rows a drawn part of them, as large, stands for all.
/// </remarks>
public static class HeldOut
{
    /// <summary>One row of so many is held out.</summary>
    public const int OneOf = 5;

    /// <summary>More rows than these say nothing more.</summary>
    public const int MostRows = 100_000;

    /// <summary>Refits on about 80 % of the rows and compares on the others. As long as the fit, on at most <see cref="MostRows" /> rows.</summary>
    /// <param name="rows">n rows of features, not standardised.</param>
    /// <param name="labels">The labels that the model gives them, 0…clusters − 1.</param>
    /// <param name="clusters">The number of clusters.</param>
    /// <param name="fit">Fits the same kind of model.</param>
    /// <param name="seed">The parts of the seed.</param>
    /// <returns>The agreement; null where a part would hold fewer rows than there are clusters.</returns>
    /// <exception cref="ArgumentException">There is not one label for each row.</exception>
    public static HeldOutAgreement? Measure(
        FeatureMatrix rows, ReadOnlySpan<int> labels, int clusters, ModelFit fit, params ReadOnlySpan<ulong> seed)
    {
        if (labels.Length != rows.Rows)
        {
            throw new ArgumentException($"There are {labels.Length} labels; expected {rows.Rows}, one a row.", nameof(labels));
        }

        (int[] kept, int[] held) = Split(rows.Rows, new Xoshiro256StarStar(seed));
        if (kept.Length < clusters || held.Length < clusters)
        {
            return null;
        }

        int[] predicted = fit(rows.SelectRows(kept))(rows.SelectRows(held));
        int[] expected = new int[held.Length];
        for (int i = 0; i < held.Length; i++)
        {
            expected[i] = labels[held[i]];
        }

        return new HeldOutAgreement(
            held.Length, (double)Matched(expected, predicted) / held.Length, AdjustedRandIndex.Score(expected, predicted));
    }

    private static (int[] Kept, int[] Held) Split(int rows, Xoshiro256StarStar generator)
    {
        var kept = new List<int>();
        var held = new List<int>();
        int left = Math.Min(rows, MostRows);
        for (int row = 0; row < rows; row++)
        {
            // Selection sampling (Knuth, algorithm S): each row is taken as likely as any other, and exactly so many are.
            if (rows > MostRows && generator.NextInt32(rows - row) >= left)
            {
                continue;
            }

            left--;
            (generator.NextInt32(OneOf) == 0 ? held : kept).Add(row);
        }

        return ([.. kept], [.. held]);
    }

    // Rows on which the two agree when each cluster of the one stands for the cluster of the other that makes most of it.
    private static long Matched(int[] expected, int[] predicted)
    {
        int size = 1 + Math.Max(expected.Max(), predicted.Max());
        double[,] costs = new double[size, size];
        for (int i = 0; i < expected.Length; i++)
        {
            costs[predicted[i], expected[i]]--;
        }

        int[] standsFor = LinearAssignment.Solve(costs);
        long matched = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            matched += standsFor[predicted[i]] == expected[i] ? 1 : 0;
        }

        return matched;
    }
}
