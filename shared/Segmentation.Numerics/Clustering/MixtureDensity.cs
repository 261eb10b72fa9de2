using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Segmentation.Numerics.Clustering;

/// <summary>The weighted density of one component of a Gaussian mixture: ln(weight) + ln N(x; mean, covariance).</summary>
/// <remarks>
/// The quadratic form is |L⁻¹(x − mean)|² with L the Cholesky factor of the covariance. Many rows at once and one alone do the same
/// operations in the same order: the same bits.
/// </remarks>
internal sealed class MixtureDensity
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    private readonly double[] _mean;
    private readonly double[] _inverseFactor;
    private readonly double _constant;

    internal MixtureDensity(double weight, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        int d = mean.Length;
        double[] factor = LowerTriangle.Cholesky(covariance, d);
        _mean = mean.ToArray();
        _inverseFactor = LowerTriangle.Inverse(factor, d);
        _constant = DeterministicMath.Log(weight) - (d * HalfLogTwoPi);
        for (int j = 0; j < d; j++)
        {
            _constant -= DeterministicMath.Log(factor[(j * d) + j]);
        }
    }

    /// <summary>The log density of one row.</summary>
    internal double LogOf(ReadOnlySpan<double> row)
    {
        int d = _mean.Length;
        double squares = 0;
        for (int a = 0; a < d; a++)
        {
            double z = 0;
            for (int b = 0; b <= a; b++)
            {
                z += _inverseFactor[(a * d) + b] * (row[b] - _mean[b]);
            }

            squares += z * z;
        }

        return _constant - (0.5 * squares);
    }

    /// <summary>The log density along a line: <paramref name="feature" /> moves, the other values of the row stay.</summary>
    internal AlongFeature Along(ReadOnlySpan<double> row, int feature)
    {
        int d = _mean.Length;
        double[] fixedPart = new double[d];
        double[] factors = new double[d];
        double[] sizes = new double[d];
        for (int a = 0; a < d; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double factor = _inverseFactor[(a * d) + b];
                if (b == feature)
                {
                    factors[a] = factor;
                }
                else
                {
                    fixedPart[a] += factor * (row[b] - _mean[b]);
                    sizes[a] += Math.Abs(factor) * (Math.Abs(row[b]) + Math.Abs(_mean[b]));
                }
            }
        }

        return new AlongFeature(_constant, _mean[feature], fixedPart, factors, sizes);
    }

    /// <summary>The log densities of all rows, and of the padding after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void LogOf(FeatureMatrix rows, Span<double> into)
    {
        int d = _mean.Length;
        int stride = rows.Stride;
        if (!VectorMath.IsAccelerated)
        {
            LogOfPlain(rows, into);
            return;
        }

        ref double x = ref MemoryMarshal.GetReference(rows.PaddedValues);
        ref double mean = ref MemoryMarshal.GetArrayDataReference(_mean);
        ref double result = ref MemoryMarshal.GetReference(into[..stride]);
        for (int i = 0; i < stride; i += FixedOrderSum.Lanes)
        {
            ref double inverse = ref MemoryMarshal.GetArrayDataReference(_inverseFactor);
            var squares = Vector512<double>.Zero;
            for (int a = 0; a < d; a++)
            {
                var z = Vector512<double>.Zero;
                for (int b = 0; b <= a; b++)
                {
                    z += Unsafe.Add(ref inverse, b) * (Vector512.LoadUnsafe(ref x, (nuint)((b * stride) + i)) - Vector512.Create(Unsafe.Add(ref mean, b)));
                }

                squares += z * z;
                inverse = ref Unsafe.Add(ref inverse, d);
            }

            (Vector512.Create(_constant) - (0.5 * squares)).StoreUnsafe(ref result, (nuint)i);
        }
    }

    /// <summary>The same in plain numbers.</summary>
    internal void LogOfPlain(FeatureMatrix rows, Span<double> into)
    {
        double[] row = new double[_mean.Length];
        for (int i = 0; i < rows.Stride; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = rows.PaddedValues[(j * rows.Stride) + i];
            }

            into[i] = LogOf(row);
        }
    }

    /// <summary>A log density along a line: constant − ½·Σ (fixed part + factor·(x − mean))², over the d rows of the inverse factor.</summary>
    internal sealed class AlongFeature(double constant, double mean, double[] fixedPart, double[] factors, double[] sizes)
    {
        /// <summary>The parabola about a place, and the size of its terms up to <paramref name="half" /> to either side.</summary>
        internal GaussianMixtureLine.Parabola About(double middle, double half)
        {
            double value = constant;
            double slope = 0;
            double bend = 0;
            double size = Math.Abs(constant);
            double farthest = Math.Abs(middle) + half + Math.Abs(mean);
            for (int a = 0; a < factors.Length; a++)
            {
                double z = fixedPart[a] + (factors[a] * (middle - mean));
                value -= 0.5 * z * z;
                slope -= z * factors[a];
                bend -= 0.5 * factors[a] * factors[a];
                double largest = sizes[a] + (Math.Abs(factors[a]) * farthest);
                size += largest * largest;
            }

            return new GaussianMixtureLine.Parabola(value, slope, bend, size);
        }
    }
}
