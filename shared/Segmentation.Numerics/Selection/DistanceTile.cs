using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Segmentation.Numerics.Selection;

/// <summary>Sums of Euclidean distances between four rows and a range of points, for both sides at once, in single precision.</summary>
/// <remarks>
/// Sixteen lanes (a point goes to the lane of its place in the range), whatever the hardware. Square roots are those of IEEE 754:
/// estimates of the hardware differ from vendor to vendor, and the steps that would correct one of our own cost no less.
/// </remarks>
internal static class DistanceTile
{
    /// <summary>The points of a vector.</summary>
    internal const int Lanes = 16;

    /// <summary>The rows that share what is read of a vector.</summary>
    internal const int RowsAtOnce = 4;

    /// <summary>
    /// The points that are added up in single precision, sixteen a lane: equal distances are then off by about a 2²²nd part at most.
    /// </summary>
    internal const int PointsOfStretch = 16 * Lanes;

    /// <summary>A number of points rounded up to whole vectors.</summary>
    internal static int WholeVectors(int points) => checked((points + Lanes - 1) / Lanes * Lanes);

    /// <summary>Adds up the distances between four rows and the points of a range.</summary>
    /// <param name="rows">What the rows are taken from.</param>
    /// <param name="row">The first of four rows; those beyond the last are padding.</param>
    /// <param name="points">What the points are taken from.</param>
    /// <param name="from">The first point, at the start of a vector.</param>
    /// <param name="to">The end of the points; up to the next whole vector there is padding.</param>
    /// <param name="rowSums">Gains for each row the sum of its distances, each times the weight of the point.</param>
    /// <param name="pointSums">Gains for each place of the range, from its first on, the sum of its distances to the rows, each times the
    /// weight of the row; what it gains for padding means nothing.</param>
    internal static void Add(SinglePoints rows, int row, SinglePoints points, int from, int to, Span<double> rowSums, Span<float> pointSums)
    {
        // What has weight 1 throughout needs no weights; multiplying by 1 would change no bit.
        bool isUnit = !points.IsWeighted && rows.Weights[row + RowsAtOnce - 1] == 1;
        int unitEnd = isUnit ? from + ((to - from) / Lanes * Lanes) : from;
        if (VectorMath.IsAccelerated)
        {
            InVectors(rows, row, points, from, to, unitEnd, rowSums, pointSums);
        }
        else
        {
            InPlainNumbers(rows, row, points, from, to, rowSums, pointSums);
        }
    }

    /// <summary>The same in plain numbers, with the same operations in the same order.</summary>
    internal static void InPlainNumbers(
        SinglePoints rows, int row, SinglePoints points, int from, int to, Span<double> rowSums, Span<float> pointSums)
    {
        Span<float> distances = stackalloc float[RowsAtOnce];
        Span<float> lanes = stackalloc float[RowsAtOnce * Lanes];
        Span<double> sums = stackalloc double[RowsAtOnce * FixedOrderSum.Lanes];
        sums.Clear();
        for (int start = from; start < to; start += PointsOfStretch)
        {
            int end = Math.Min(from + WholeVectors(to - from), start + PointsOfStretch);
            lanes.Clear();
            for (int i = start; i < end; i++)
            {
                for (int r = 0; r < RowsAtOnce; r++)
                {
                    float distance = Distance(rows, row + r, points, i);
                    lanes[(r * Lanes) + ((i - start) % Lanes)] += distance * points.Weights[i];
                    distances[r] = distance * rows.Weights[row + r];
                }

                pointSums[i - from] += (distances[0] + distances[1]) + (distances[2] + distances[3]);
            }

            for (int l = 0; l < sums.Length; l++)
            {
                int lane = (l / FixedOrderSum.Lanes * Lanes) + (l % FixedOrderSum.Lanes);
                sums[l] += (double)lanes[lane] + lanes[lane + FixedOrderSum.Lanes];
            }
        }

        for (int r = 0; r < RowsAtOnce; r++)
        {
            rowSums[r] += FixedOrderSum.OfLanes(sums.Slice(r * FixedOrderSum.Lanes, FixedOrderSum.Lanes));
        }
    }

    private static float Distance(SinglePoints rows, int row, SinglePoints points, int point)
    {
        float square = 0;
        for (int j = 0; j < points.Columns; j++)
        {
            float t = points.Values[(j * points.Stride) + point] - rows.Values[(j * rows.Stride) + row];
            square += t * t;
        }

        return MathF.Sqrt(square);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InVectors(
        SinglePoints rows, int row, SinglePoints points, int from, int to, int unitEnd, Span<double> rowSums, Span<float> pointSums)
    {
        ref float x = ref MemoryMarshal.GetArrayDataReference(points.Values);
        ref float y = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows.Values), row);
        ref float pointWeights = ref MemoryMarshal.GetArrayDataReference(points.Weights);
        ref float rowWeights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows.Weights), row);
        ref float sums = ref MemoryMarshal.GetReference(pointSums);
        nuint stride = (nuint)points.Stride;
        nuint rowStride = (nuint)rows.Stride;
        int columns = points.Columns;
        var (sum0, sum1, sum2, sum3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (int start = from; start < to; start += PointsOfStretch)
        {
            int end = Math.Min(to, start + PointsOfStretch);
            var (lanes0, lanes1, lanes2, lanes3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            for (int i = start; i < end; i += Lanes)
            {
                nuint at = (nuint)i;
                nuint of = 0;
                var value = Vector512.LoadUnsafe(ref x, at);
                var t0 = value - Vector512.Create(y);
                var t1 = value - Vector512.Create(Unsafe.Add(ref y, 1));
                var t2 = value - Vector512.Create(Unsafe.Add(ref y, 2));
                var t3 = value - Vector512.Create(Unsafe.Add(ref y, 3));
                var (square0, square1, square2, square3) = (t0 * t0, t1 * t1, t2 * t2, t3 * t3);
                for (int j = 1; j < columns; j++)
                {
                    at += stride;
                    of += rowStride;
                    value = Vector512.LoadUnsafe(ref x, at);
                    t0 = value - Vector512.Create(Unsafe.Add(ref y, of));
                    t1 = value - Vector512.Create(Unsafe.Add(ref y, of + 1));
                    t2 = value - Vector512.Create(Unsafe.Add(ref y, of + 2));
                    t3 = value - Vector512.Create(Unsafe.Add(ref y, of + 3));
                    square0 += t0 * t0;
                    square1 += t1 * t1;
                    square2 += t2 * t2;
                    square3 += t3 * t3;
                }

                var (distance0, distance1) = (Vector512.Sqrt(square0), Vector512.Sqrt(square1));
                var (distance2, distance3) = (Vector512.Sqrt(square2), Vector512.Sqrt(square3));
                if (i < unitEnd)
                {
                    lanes0 += distance0;
                    lanes1 += distance1;
                    lanes2 += distance2;
                    lanes3 += distance3;
                }
                else
                {
                    var weight = Vector512.LoadUnsafe(ref pointWeights, (nuint)i);
                    lanes0 += distance0 * weight;
                    lanes1 += distance1 * weight;
                    lanes2 += distance2 * weight;
                    lanes3 += distance3 * weight;
                    distance0 *= rowWeights;
                    distance1 *= Unsafe.Add(ref rowWeights, 1);
                    distance2 *= Unsafe.Add(ref rowWeights, 2);
                    distance3 *= Unsafe.Add(ref rowWeights, 3);
                }

                nuint place = (nuint)(i - from);
                var gain = (distance0 + distance1) + (distance2 + distance3);
                (Vector512.LoadUnsafe(ref sums, place) + gain).StoreUnsafe(ref sums, place);
            }

            sum0 += Halves(lanes0);
            sum1 += Halves(lanes1);
            sum2 += Halves(lanes2);
            sum3 += Halves(lanes3);
        }

        rowSums[0] += FixedOrderSum.OfLanes(sum0);
        rowSums[1] += FixedOrderSum.OfLanes(sum1);
        rowSums[2] += FixedOrderSum.OfLanes(sum2);
        rowSums[3] += FixedOrderSum.OfLanes(sum3);
    }

    /// <summary>The sums, in double precision, of the lanes l and l + 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Halves(Vector512<float> lanes)
    {
        var (lower, upper) = Vector512.Widen(lanes);
        return lower + upper;
    }
}
