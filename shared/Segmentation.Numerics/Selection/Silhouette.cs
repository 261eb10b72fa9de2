namespace Segmentation.Numerics.Selection;

/// <summary>The mean silhouette of a sample of rows, and how far it may be from that of all rows.</summary>
/// <param name="Mean">The mean over the sample.</param>
/// <param name="StandardError">The standard error of that mean, with the correction for a finite population; 0 when all rows are in the
/// sample.</param>
/// <param name="SampleSize">The rows in the sample.</param>
public sealed record SampledSilhouette(double Mean, double StandardError, int SampleSize);

/// <summary>The silhouette (Rousseeuw, 1987): how much nearer rows are to their own cluster than to the next one.</summary>
/// <remarks>
/// For a row with mean Euclidean distance a to the other rows of its cluster and b to the rows of the nearest other cluster: (b − a) ÷
/// max(a, b), in −1…1; 0 for a row that is alone in its cluster, and where both distances are 0. Undefined (null) with fewer than two clusters
/// that hold rows. Every distance and every sum has a fixed order: the same bits on any machine and any number of threads.
/// <para>
/// Up to 1,024 points are measured in double precision, more in single precision: their mean is within 10⁻⁶ of the one in double precision
/// (10⁻⁹ is usual for customers), see <see cref="SingleSilhouette" />.
/// </para>
/// </remarks>
public static class Silhouette
{
    /// <summary>The most points that are measured in double precision: below, single precision saves less than a millisecond.</summary>
    internal const int MostInDoubles = 1_024;

    /// <summary>
    /// The mean over all n rows, each against all others. O(n²·d), and 8·n·k bytes (at most 128 MB): for three features about 2.5 ms for
    /// 4,338 rows and 1 s for 100,000, a thread, with vectors of 512 bits; a third more with 256.
    /// </summary>
    /// <param name="points">n rows by d features; a point of weight w is w rows.</param>
    /// <param name="labels">The cluster of each row, 0…<paramref name="clusterCount" /> − 1.</param>
    /// <param name="clusterCount">k; clusters without rows count for nothing.</param>
    /// <param name="maxDegreeOfParallelism">The most threads.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mean, or null where fewer than two clusters hold rows.</returns>
    /// <exception cref="ArgumentException">The labels do not fit the rows or the number of clusters.</exception>
    public static double? Mean(
        WeightedPoints points,
        ReadOnlySpan<int> labels,
        int clusterCount,
        int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
    {
        var partition = new Partition(points, labels, clusterCount);
        if (partition.NonEmpty < 2)
        {
            return null;
        }

        return MeanOf(partition, Coefficients(partition, partition.Places(), maxDegreeOfParallelism, cancellationToken));
    }

    /// <summary>The exact silhouettes, against all n rows, of a sample of rows drawn without replacement. O(m·n·d) for m rows.</summary>
    /// <param name="points">n rows by d features.</param>
    /// <param name="labels">The cluster of each row.</param>
    /// <param name="clusterCount">k.</param>
    /// <param name="sampleSize">m, at least 2; from n on, all rows are taken.</param>
    /// <param name="seed">Decides the sample, together with n and m.</param>
    /// <param name="maxDegreeOfParallelism">The most threads.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>Mean and standard error, or null where fewer than two clusters hold rows.</returns>
    /// <exception cref="ArgumentException">The labels do not fit the rows or the number of clusters, or the sample is smaller than
    /// 2.</exception>
    public static SampledSilhouette? Sampled(
        WeightedPoints points,
        ReadOnlySpan<int> labels,
        int clusterCount,
        int sampleSize,
        ulong seed,
        int maxDegreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleSize, 2);
        var partition = new Partition(points, labels, clusterCount);
        if (partition.NonEmpty < 2)
        {
            return null;
        }

        int n = (int)points.Total;
        int m = Math.Min(sampleSize, n);
        var generator = new Xoshiro256StarStar(seed);
        if (m == n)
        {
            return new SampledSilhouette(Mean(points, labels, clusterCount, maxDegreeOfParallelism, cancellationToken)!.Value, 0, n);
        }

        return points.IsWeighted
            ? OfWeighted(partition, SampleOfRows.Draw(n, m, generator), maxDegreeOfParallelism, cancellationToken)
            : OfSample(Coefficients(partition, DrawPlaces(n, m, generator), maxDegreeOfParallelism, cancellationToken), n);
    }

    /// <summary>What the mean distances of a row come to: within its cluster, and to the nearest other one.</summary>
    internal static double Coefficient(double within, double nearest)
    {
        double larger = Math.Max(within, nearest);
        return larger == 0 ? 0 : (nearest - within) / larger;
    }

    /// <summary>The mean over all rows, given the coefficient of each place of the partition's order.</summary>
    internal static double MeanOf(Partition partition, double[] coefficients)
    {
        double total = partition.Weights.IsEmpty ? coefficients.Length : FixedOrderSum.Of(partition.Weights);
        for (int i = 0; i < partition.Weights.Length; i++)
        {
            coefficients[i] *= partition.Weights[i];
        }

        return FixedOrderSum.Of(coefficients) / total;
    }

    private static SampledSilhouette OfSample(double[] coefficients, int n)
    {
        int m = coefficients.Length;
        var (mean, variance) = StandardScaler.Moments(coefficients);
        double sampleVariance = variance * m / (m - 1);
        return new SampledSilhouette(mean, Math.Sqrt(sampleVariance / m * (1 - ((double)m / n))), m);
    }

    /// <summary>The coefficients of the points that the drawn rows lie in, each as often as it was drawn.</summary>
    private static SampledSilhouette OfWeighted(Partition partition, int[] rows, int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        var places = new List<int>();
        int[] drawn = new int[rows.Length];
        int place = 0;
        double end = partition.Weights[0];
        for (int i = 0; i < rows.Length; i++)
        {
            while (rows[i] >= end)
            {
                end += partition.Weights[++place];
            }

            if (places.Count == 0 || places[^1] != place)
            {
                places.Add(place);
            }

            drawn[i] = places.Count - 1;
        }

        double[] coefficients = Coefficients(partition, [.. places], maxDegreeOfParallelism, cancellationToken);
        return OfSample(Array.ConvertAll(drawn, at => coefficients[at]), (int)FixedOrderSum.Of(partition.Weights));
    }

    /// <summary>m of 0…n − 1, ascending: the first m steps of a Fisher–Yates shuffle.</summary>
    private static int[] DrawPlaces(int n, int m, Xoshiro256StarStar generator)
    {
        int[] places = [.. Enumerable.Range(0, n)];
        for (int i = 0; i < m; i++)
        {
            int other = i + generator.NextInt32(n - i);
            (places[i], places[other]) = (places[other], places[i]);
        }

        places = places[..m];
        Array.Sort(places);
        return places;
    }

    /// <summary>The coefficients of the rows at the given places of the partition's order.</summary>
    private static double[] Coefficients(Partition partition, int[] places, int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxDegreeOfParallelism);
        return partition.Order.Length <= MostInDoubles
            ? DoubleSilhouette.Coefficients(partition, places, maxDegreeOfParallelism, cancellationToken)
            : SingleSilhouette.Coefficients(partition, places, maxDegreeOfParallelism, cancellationToken);
    }
}
