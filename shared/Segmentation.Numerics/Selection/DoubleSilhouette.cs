using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Segmentation.Numerics.Selection;

/// <summary>Silhouettes in double precision, each row against all points.</summary>
/// <remarks>
/// The reference of <see cref="SingleSilhouette" />, and what serves where there are few points, or where single precision says too little.
/// O(m·n·d) for m rows: about a nanosecond a pair.
/// </remarks>
internal static class DoubleSilhouette
{
    private const int RowsOfTask = 32;

    /// <summary>The mean over all rows of a partition of at least two clusters that hold rows.</summary>
    internal static double Mean(Partition partition, int maxDegreeOfParallelism, CancellationToken cancellationToken) =>
        Silhouette.MeanOf(partition, Coefficients(partition, partition.Places(), maxDegreeOfParallelism, cancellationToken));

    /// <summary>The coefficients of the rows at the given places of the partition's order.</summary>
    internal static double[] Coefficients(Partition partition, int[] places, int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        double[] coefficients = new double[places.Length];
        int tasks = (places.Length + RowsOfTask - 1) / RowsOfTask;
        if (maxDegreeOfParallelism == 1)
        {
            for (int task = 0; task < tasks; task++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Run(task);
            }
        }
        else
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism, CancellationToken = cancellationToken };
            Parallel.For(0, tasks, parallel, Run);
        }

        return coefficients;

        void Run(int task)
        {
            double[] row = new double[partition.Sorted.Columns];
            int end = Math.Min(places.Length, (task + 1) * RowsOfTask);
            for (int i = task * RowsOfTask; i < end; i++)
            {
                partition.Sorted.CopyRow(places[i], row);
                coefficients[i] = Coefficient(partition, places[i], row);
            }
        }
    }

    private static double Coefficient(Partition partition, int place, ReadOnlySpan<double> row)
    {
        double within = 0;
        double nearest = double.PositiveInfinity;
        for (int c = 0; c < partition.ClusterCount; c++)
        {
            int from = partition.Starts[c];
            int to = partition.Starts[c + 1];
            long size = partition.Total(c);
            bool own = place >= from && place < to;
            if (own && size == 1)
            {
                return 0;
            }

            if (to > from)
            {
                double sum = SumOfDistances(partition.Sorted, partition.Weights, row, from, to);
                if (own)
                {
                    // The copies of a weighted point lie at no distance from it, and are among the others of its cluster.
                    within = sum / (size - 1);
                }
                else
                {
                    nearest = Math.Min(nearest, sum / size);
                }
            }
        }

        return Silhouette.Coefficient(within, nearest);
    }

    /// <summary>
    /// The sum of the distances from a row to the rows of a range: eight lanes, counted from its first row, whatever the hardware.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double SumOfDistances(FeatureMatrix points, ReadOnlySpan<double> weights, ReadOnlySpan<double> row, int from, int to)
    {
        if (!VectorMath.IsAccelerated)
        {
            return PlainSumOfDistances(points, weights, row, from, to);
        }

        bool weighted = !weights.IsEmpty;
        ref double weight = ref MemoryMarshal.GetReference(weights);
        ref double x = ref MemoryMarshal.GetReference(points.PaddedValues);
        ref double y = ref MemoryMarshal.GetReference(row);
        nuint stride = (nuint)points.Stride;
        var lanes = Vector512<double>.Zero;
        int i = from;
        for (; i <= to - FixedOrderSum.Lanes; i += FixedOrderSum.Lanes)
        {
            nuint at = (nuint)i;
            var square = Vector512<double>.Zero;
            for (int j = 0; j < row.Length; j++)
            {
                var t = Vector512.LoadUnsafe(ref x, at) - Vector512.Create(Unsafe.Add(ref y, j));
                square += t * t;
                at += stride;
            }

            var distance = Vector512.Sqrt(square);
            lanes += weighted ? distance * Vector512.LoadUnsafe(ref weight, (nuint)i) : distance;
        }

        if (i < to)
        {
            Span<double> rest = stackalloc double[FixedOrderSum.Lanes];
            rest.Clear();
            for (int l = 0; l < to - i; l++)
            {
                double square = 0;
                for (int j = 0; j < row.Length; j++)
                {
                    double t = Unsafe.Add(ref x, (j * points.Stride) + i + l) - row[j];
                    square += t * t;
                }

                rest[l] = weighted ? Math.Sqrt(square) * weights[i + l] : Math.Sqrt(square);
            }

            lanes += Vector512.Create<double>(rest);
        }

        return FixedOrderSum.OfLanes(lanes);
    }

    /// <summary>The same in plain numbers.</summary>
    internal static double PlainSumOfDistances(FeatureMatrix points, ReadOnlySpan<double> weights, ReadOnlySpan<double> row, int from, int to)
    {
        Span<double> lanes = stackalloc double[FixedOrderSum.Lanes];
        lanes.Clear();
        ReadOnlySpan<double> values = points.PaddedValues;
        for (int i = from; i < to; i++)
        {
            double square = 0;
            for (int j = 0; j < row.Length; j++)
            {
                double t = values[(j * points.Stride) + i] - row[j];
                square += t * t;
            }

            double distance = Math.Sqrt(square);
            lanes[(i - from) % FixedOrderSum.Lanes] += weights.IsEmpty ? distance : distance * weights[i];
        }

        return FixedOrderSum.OfLanes(lanes);
    }
}
