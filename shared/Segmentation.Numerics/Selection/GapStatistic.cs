namespace Segmentation.Numerics.Selection;

/// <summary>How much tighter clusters are than those found where there are none.</summary>
/// <param name="Value">The mean over the reference sets of ln(W ÷ rows) less that of the data; larger is better. Null where an inertia is
/// 0, but for rounding.</param>
/// <param name="Deviation">The standard deviation over the reference sets × √(1 + 1/B), in the same units.</param>
public sealed record Gap(double? Value, double? Deviation);

/// <summary>The gap statistic (Tibshirani, Walther and Hastie, 2001).</summary>
/// <remarks>
/// Reference sets are uniform over the range of each feature. They have as many rows as the data, but no more than a given number: W is
/// taken per row, so what is compared does not grow with the rows, and the cost is bounded.
/// </remarks>
public static class GapStatistic
{
    /// <summary>The reference sets that are drawn by default, B.</summary>
    public const int DefaultReferenceSets = 10;

    /// <summary>The most rows of a reference set by default.</summary>
    public const int DefaultReferenceRows = 2_000;

    /// <summary>Sixteen units in the last place of a double of 1.</summary>
    private const double LastPlaces = 16.0 / (1L << 52);

    /// <summary>The gap of several clusterings of the same points. Cost: B times the clustering of a reference set.</summary>
    /// <param name="points">The points, at least one.</param>
    /// <param name="inertias">W of each clustering of the points: the sum over their rows of squared distances to the centres.</param>
    /// <param name="seed">The parts of the seed; set b adds b.</param>
    /// <param name="cluster">Clusters a reference set in the same ways and returns W of each; told the parts of its own seed.</param>
    /// <param name="referenceSets">B, at least 2.</param>
    /// <param name="referenceRows">The most rows of a set.</param>
    /// <param name="cancellationToken">Looked at once a set.</param>
    /// <exception cref="ArgumentException">There is no point, or the clusterings of a set are more or fewer than those of the
    /// points.</exception>
    public static IReadOnlyList<Gap> Score(
        WeightedPoints points,
        IReadOnlyList<double> inertias,
        IReadOnlyList<ulong> seed,
        Func<FeatureMatrix, IReadOnlyList<ulong>, IReadOnlyList<double>> cluster,
        int referenceSets = DefaultReferenceSets,
        int referenceRows = DefaultReferenceRows,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(referenceSets, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(referenceRows);
        ArgumentOutOfRangeException.ThrowIfZero(points.Points.Rows, nameof(points));
        int rows = (int)Math.Min(points.Total, referenceRows);
        double[][] logs = [.. inertias.Select(_ => new double[referenceSets])];
        for (int set = 0; set < referenceSets; set++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ulong[] own = [.. seed, (ulong)set];
            var reference = cluster(Uniform(points.Points, rows, new Xoshiro256StarStar(own)), own);
            if (reference.Count != inertias.Count)
            {
                throw new ArgumentException($"Reference set {set} has {reference.Count} clusterings; expected {inertias.Count}.", nameof(cluster));
            }

            for (int c = 0; c < inertias.Count; c++)
            {
                logs[c][set] = LogPerRow(reference[c], rows);
            }
        }

        double rounding = RoundingOf(points);
        return [.. inertias.Select((inertia, c) => Of(LogPerRow(inertia <= rounding ? 0 : inertia, points.Total), logs[c]))];
    }

    /// <summary>The least k whose gap is at least that of the next k less its deviation; null where there is none.</summary>
    /// <param name="gaps">The gap of each k, ascending and without holes.</param>
    public static int? ChooseK(IReadOnlyList<(int K, Gap Gap)> gaps)
    {
        for (int i = 0; i + 1 < gaps.Count; i++)
        {
            // A comparison with null is false.
            if (gaps[i].Gap.Value >= gaps[i + 1].Gap.Value - gaps[i + 1].Gap.Deviation)
            {
                return gaps[i].K;
            }
        }

        return null;
    }

    private static Gap Of(double log, double[] reference)
    {
        if (!double.IsFinite(log) || !reference.All(double.IsFinite))
        {
            return new Gap(null, null);
        }

        var (mean, variance) = StandardScaler.Moments(reference);
        return new Gap(mean - log, Math.Sqrt(variance * (1 + (1.0 / reference.Length))));
    }

    // An inertia that is 0 but for rounding: every coordinate off its centre by no more than a few units in its last place.
    private static double RoundingOf(WeightedPoints points)
    {
        double largest = 0;
        for (int j = 0; j < points.Points.Columns; j++)
        {
            foreach (double value in points.Points.Column(j))
            {
                largest = Math.Max(largest, Math.Abs(value));
            }
        }

        double off = LastPlaces * largest;
        return (double)points.Total * points.Points.Columns * off * off;
    }

    private static double LogPerRow(double inertia, double rows) => DeterministicMath.Log(inertia / rows);

    private static FeatureMatrix Uniform(FeatureMatrix points, int rows, Xoshiro256StarStar generator)
    {
        double[][] columns = new double[points.Columns][];
        for (int j = 0; j < columns.Length; j++)
        {
            double least = double.PositiveInfinity;
            double most = double.NegativeInfinity;
            foreach (double value in points.Column(j))
            {
                least = Math.Min(least, value);
                most = Math.Max(most, value);
            }

            columns[j] = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                columns[j][i] = least + ((most - least) * generator.NextDouble());
            }
        }

        return FeatureMatrix.FromColumns(columns);
    }
}
