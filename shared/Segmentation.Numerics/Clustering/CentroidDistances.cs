using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Segmentation.Numerics.Clustering;

/// <summary>Squared Euclidean distances from many rows to centres, several rows at a time.</summary>
/// <remarks>
/// Each row has a lane of its own, which does the same subtractions, products and sums (feature 0 first) as <see cref="OfRow" />: the width
/// of the vector decides how many rows go together, never a bit of a result. Differences are squared as they are, not expanded into
/// |x|² − 2x·c + |c|², which is somewhat faster but loses all digits where the rows lie far from the origin.
/// </remarks>
internal static class CentroidDistances
{
    /// <summary>For each row the nearest centre (the lowest index at ties) and the squared distance to it. O(n·k·d).</summary>
    /// <param name="points">n rows, d columns.</param>
    /// <param name="centroids">k rows of d values, row by row.</param>
    /// <param name="labels">As long as a padded column; holds the earlier labels before and the nearest centres after.</param>
    /// <param name="squaredDistances">As long as a padded column; what stands after row n − 1 has no meaning.</param>
    /// <returns>Whether any label changed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool Assign(FeatureMatrix points, ReadOnlySpan<double> centroids, Span<int> labels, Span<double> squaredDistances)
    {
        if (!VectorMath.IsAccelerated)
        {
            return AssignPlain(points, centroids, labels, squaredDistances);
        }

        int stride = points.Stride;
        int columns = points.Columns;
        int width = Vector<double>.Count;
        ref double x = ref MemoryMarshal.GetReference(points.PaddedValues);
        ref int label = ref MemoryMarshal.GetReference(labels[..stride]);
        ref double distance = ref MemoryMarshal.GetReference(squaredDistances[..stride]);
        ref double end = ref Unsafe.Add(ref MemoryMarshal.GetReference(centroids), centroids.Length);
        var changes = Vector<int>.Zero;
        for (int i = 0; i < stride; i += 4 * width)
        {
            var best0 = new Vector<double>(double.PositiveInfinity);
            var best1 = best0;
            var best2 = best0;
            var best3 = best0;
            var label0 = Vector<long>.Zero;
            var label1 = label0;
            var label2 = label0;
            var label3 = label0;
            var index = Vector<long>.Zero;
            ref double centre = ref MemoryMarshal.GetReference(centroids);
            while (Unsafe.IsAddressLessThan(ref centre, ref end))
            {
                var sum0 = Vector<double>.Zero;
                var sum1 = sum0;
                var sum2 = sum0;
                var sum3 = sum0;
                nuint at = (nuint)i;
                for (int j = 0; j < columns; j++)
                {
                    var c = new Vector<double>(centre);
                    centre = ref Unsafe.Add(ref centre, 1);
                    var t0 = Vector.LoadUnsafe(ref x, at) - c;
                    var t1 = Vector.LoadUnsafe(ref x, at + (nuint)width) - c;
                    var t2 = Vector.LoadUnsafe(ref x, at + (nuint)(2 * width)) - c;
                    var t3 = Vector.LoadUnsafe(ref x, at + (nuint)(3 * width)) - c;
                    sum0 += t0 * t0;
                    sum1 += t1 * t1;
                    sum2 += t2 * t2;
                    sum3 += t3 * t3;
                    at += (nuint)stride;
                }

                var nearer0 = Vector.LessThan(sum0, best0);
                var nearer1 = Vector.LessThan(sum1, best1);
                var nearer2 = Vector.LessThan(sum2, best2);
                var nearer3 = Vector.LessThan(sum3, best3);
                best0 = Vector.ConditionalSelect(nearer0, sum0, best0);
                best1 = Vector.ConditionalSelect(nearer1, sum1, best1);
                best2 = Vector.ConditionalSelect(nearer2, sum2, best2);
                best3 = Vector.ConditionalSelect(nearer3, sum3, best3);
                label0 = Vector.ConditionalSelect(nearer0, index, label0);
                label1 = Vector.ConditionalSelect(nearer1, index, label1);
                label2 = Vector.ConditionalSelect(nearer2, index, label2);
                label3 = Vector.ConditionalSelect(nearer3, index, label3);
                index += Vector<long>.One;
            }

            best0.StoreUnsafe(ref distance, (nuint)i);
            best1.StoreUnsafe(ref distance, (nuint)(i + width));
            best2.StoreUnsafe(ref distance, (nuint)(i + (2 * width)));
            best3.StoreUnsafe(ref distance, (nuint)(i + (3 * width)));
            var first = Vector.Narrow(label0, label1);
            var second = Vector.Narrow(label2, label3);
            changes |= first ^ Vector.LoadUnsafe(ref label, (nuint)i);
            changes |= second ^ Vector.LoadUnsafe(ref label, (nuint)(i + (2 * width)));
            first.StoreUnsafe(ref label, (nuint)i);
            second.StoreUnsafe(ref label, (nuint)(i + (2 * width)));
        }

        return changes != Vector<int>.Zero;
    }

    /// <summary>
    /// The smaller of a row's distance so far and its squared distance to one centre, for the rows from <paramref name="from" /> to
    /// <paramref name="to" />.
    /// </summary>
    /// <remarks>Both bounds are multiples of a vector; column after column, so a block of rows should fit the first-level cache.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Nearer(
        FeatureMatrix points,
        ReadOnlySpan<double> centre,
        ReadOnlySpan<double> soFar,
        Span<double> nearer,
        int from,
        int to)
    {
        ref double x = ref MemoryMarshal.GetReference(points.PaddedValues);
        ref double closest = ref MemoryMarshal.GetReference(soFar[..to]);
        ref double result = ref MemoryMarshal.GetReference(nearer[..to]);
        nuint stride = (nuint)points.Stride;
        for (nuint i = (nuint)from; i < (nuint)to; i += (nuint)Vector<double>.Count)
        {
            var sum = Vector<double>.Zero;
            nuint at = i;
            for (int j = 0; j < centre.Length; j++)
            {
                var t = Vector.LoadUnsafe(ref x, at) - new Vector<double>(centre[j]);
                sum += t * t;
                at += stride;
            }

            var before = Vector.LoadUnsafe(ref closest, i);
            Vector.ConditionalSelect(Vector.LessThan(sum, before), sum, before).StoreUnsafe(ref result, i);
        }
    }

    /// <summary>The same as <see cref="Assign" />, one row after the other.</summary>
    internal static bool AssignPlain(FeatureMatrix points, ReadOnlySpan<double> centroids, Span<int> labels, Span<double> squaredDistances)
    {
        double[] row = new double[points.Columns];
        bool changed = false;
        for (int i = 0; i < points.Stride; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = points.PaddedValues[(j * points.Stride) + i];
            }

            double best = double.PositiveInfinity;
            int label = 0;
            for (int c = 0; c < centroids.Length / row.Length; c++)
            {
                double squares = OfRow(row, centroids.Slice(c * row.Length, row.Length));
                (best, label) = squares < best ? (squares, c) : (best, label);
            }

            changed |= labels[i] != label;
            labels[i] = label;
            squaredDistances[i] = best;
        }

        return changed;
    }

    /// <summary>The squared distance of one row to one centre.</summary>
    internal static double OfRow(ReadOnlySpan<double> row, ReadOnlySpan<double> centre)
    {
        double sum = 0;
        for (int j = 0; j < row.Length; j++)
        {
            double t = row[j] - centre[j];
            sum += t * t;
        }

        return sum;
    }
}
