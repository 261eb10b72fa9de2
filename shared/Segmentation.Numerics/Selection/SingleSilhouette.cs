namespace Segmentation.Numerics.Selection;

/// <summary>Silhouettes in single precision, of the same bits on any machine and any number of threads.</summary>
/// <remarks>
/// <para>
/// What is off. A coordinate, taken from the mean of all points, by 2⁻²⁴ of itself: the two mean distances of a row of norm r together by
/// 2⁻²²·r + 2⁻²³·max(a, b) at most, so a coefficient by 2⁻²²·r ÷ max(a, b) + 2⁻²³. A row where r is more than four times max(a, b) is
/// measured in double precision instead; for the others that is 1.1·10⁻⁶ if every rounding errs the same way, which those of
/// many points do not. A sum of distances is rounded eighteen times before it goes on in double precision: equal distances, the worst
/// there are, lose some 10⁻⁷. Means that were measured differ from those in double precision by 10⁻¹⁰ for points that scatter;
/// tests hold those of a few equal values and of weights to 10⁻⁶.
/// </para>
/// <para>Equal points have no distance, for they are rounded alike.</para>
/// </remarks>
internal static class SingleSilhouette
{
    /// <summary>The norm of a row, in mean distances, from which on its coordinates are too coarse.</summary>
    private const double MostNorms = 4;

    /// <summary>2⁻⁴⁰: mean distances below it, where the largest coordinate is about 1, may be made of squares that are too small to be normal.</summary>
    private const double LeastDistance = 1.0 / (1L << 40);

    /// <summary>The most sums (points by clusters) that are kept at a time: 128 MB.</summary>
    private const int MostSums = 1 << 24;

    private const int RowsOfTask = 64;

    /// <summary>The coefficients of the rows at the given places of the partition's order, ascending.</summary>
    internal static double[] Coefficients(Partition partition, int[] places, int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        var blocks = new DistanceBlocks(partition);
        double[] coefficients = new double[places.Length];
        if (places.Length == partition.Order.Length && (long)partition.ClusterCount * blocks.Points.Stride <= MostSums)
        {
            double[] sums = blocks.SumsOfAll(maxDegreeOfParallelism, cancellationToken);
            for (int i = 0; i < places.Length; i++)
            {
                int place = blocks.Places[places[i]];
                coefficients[i] = Coefficient(partition, places[i], blocks.Points.Norm(place), sums.AsSpan(place), blocks.Points.Stride);
            }
        }
        else
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellationToken };
            Parallel.For(0, (places.Length + RowsOfTask - 1) / RowsOfTask, parallel, task =>
            {
                int end = Math.Min(places.Length, (task + 1) * RowsOfTask);
                Run(partition, blocks, places.AsSpan((task * RowsOfTask)..end), coefficients.AsSpan((task * RowsOfTask)..end));
            });
        }

        MeasureCoarse(partition, places, coefficients, maxDegreeOfParallelism, cancellationToken);
        return coefficients;
    }

    private static void Run(Partition partition, DistanceBlocks blocks, ReadOnlySpan<int> places, Span<double> coefficients)
    {
        SinglePoints rows = blocks.Points.Select(Array.ConvertAll(places.ToArray(), place => blocks.Places[place]));
        double[] sums = blocks.SumsOf(rows);
        for (int i = 0; i < places.Length; i++)
        {
            coefficients[i] = Coefficient(partition, places[i], rows.Norm(i), sums.AsSpan(i), rows.Stride);
        }
    }

    /// <summary>A coefficient by the sums of a row, which are a stride apart; no number where single precision does not tell it.</summary>
    private static double Coefficient(Partition partition, int place, double norm, ReadOnlySpan<double> sums, int stride)
    {
        double within = 0;
        double nearest = double.PositiveInfinity;
        for (int c = 0; c < partition.ClusterCount; c++)
        {
            long size = partition.Total(c);
            if (place >= partition.Starts[c] && place < partition.Starts[c + 1])
            {
                if (size == 1)
                {
                    return 0;
                }

                within = sums[c * stride] / (size - 1);
            }
            else if (size > 0)
            {
                nearest = Math.Min(nearest, sums[c * stride] / size);
            }
        }

        double larger = Math.Max(within, nearest);
        return larger >= LeastDistance && norm <= MostNorms * larger ? Silhouette.Coefficient(within, nearest) : double.NaN;
    }

    private static void MeasureCoarse(
        Partition partition, int[] places, double[] coefficients, int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        int[] coarse = [.. Enumerable.Range(0, places.Length).Where(i => double.IsNaN(coefficients[i]))];
        double[] measured = DoubleSilhouette.Coefficients(
            partition, Array.ConvertAll(coarse, i => places[i]), maxDegreeOfParallelism, cancellationToken);
        for (int i = 0; i < coarse.Length; i++)
        {
            coefficients[coarse[i]] = measured[i];
        }
    }
}
