namespace Segmentation.Numerics;

/// <summary>Order statistics of values that are already sorted.</summary>
public static class Quantiles
{
    /// <summary>
    /// The quantile numerator ÷ denominator by linear interpolation between neighbours (R type 7, Excel PERCENTILE.INC; Hyndman and Fan,
    /// 1996).
    /// </summary>
    /// <param name="sorted">At least one value, ascending.</param>
    /// <param name="numerator">From 0 to <paramref name="denominator" />: 1 and 5 ask for the 20th percentile.</param>
    /// <param name="denominator">Positive.</param>
    /// <returns>
    /// a + (b − a)·t, where a and b stand at the whole part of the position (n − 1)·numerator/denominator and after it, and t is the rest.
    /// The
    /// position is found in integers, so that no rounding can move it to a neighbour.
    /// </returns>
    /// <exception cref="ArgumentException">No values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside 0…1.</exception>
    public static double Interpolated(ReadOnlySpan<double> sorted, int numerator, int denominator)
    {
        if (sorted.IsEmpty)
        {
            throw new ArgumentException("No values were given; a quantile needs at least one.", nameof(sorted));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numerator, denominator);
        long scaled = (sorted.Length - 1L) * numerator;
        int below = (int)(scaled / denominator);
        long rest = scaled % denominator;
        if (rest == 0)
        {
            return sorted[below];
        }

        double a = sorted[below];
        return a + ((sorted[below + 1] - a) * ((double)rest / denominator));
    }
}
