using System.Collections.ObjectModel;

namespace Segmentation.Numerics;

/// <summary>Standardisation: (x − mean) ÷ population deviation, feature by feature. A feature of zero deviation becomes 0.</summary>
/// <remarks>
/// The deviation is found in two passes with the correction of Chan, Golub and LeVeque (1983), in sums of a fixed order: the same bits on
/// every machine. O(n·d). Immutable and thread-safe.
/// </remarks>
public sealed class StandardScaler
{
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>A scaler of known means and population deviations, one of each a feature, in the units of the feature.</summary>
    /// <exception cref="ArgumentException">No feature, different lengths, a mean that is not finite, or a deviation that is negative or
    /// not finite.</exception>
    public StandardScaler(IReadOnlyList<double> means, IReadOnlyList<double> deviations)
    {
        if (means.Count == 0 || means.Count != deviations.Count)
        {
            throw new ArgumentException($"{means.Count} means and {deviations.Count} deviations were given; expected one of each a feature.", nameof(deviations));
        }

        for (int j = 0; j < means.Count; j++)
        {
            if (!double.IsFinite(means[j]) || !double.IsFinite(deviations[j]) || deviations[j] < 0)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Feature {j} has mean {means[j]} and deviation {deviations[j]}; expected finite numbers and a deviation of at least 0."), nameof(deviations));
            }
        }

        _means = [.. means];
        _deviations = [.. deviations];
        Means = new ReadOnlyCollection<double>(_means);
        Deviations = new ReadOnlyCollection<double>(_deviations);
    }

    /// <summary>The mean of each feature, in its units.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>The population deviation (divisor n) of each feature, in its units; 0 for a constant one.</summary>
    public IReadOnlyList<double> Deviations { get; }

    /// <summary>Learns the means and deviations of a matrix of at least one row.</summary>
    /// <exception cref="ArgumentException">The matrix has no row.</exception>
    public static StandardScaler Fit(FeatureMatrix matrix)
    {
        if (matrix.Rows == 0)
        {
            throw new ArgumentException("The matrix has no row; means need at least one.", nameof(matrix));
        }

        double[] means = new double[matrix.Columns];
        double[] deviations = new double[matrix.Columns];
        for (int j = 0; j < matrix.Columns; j++)
        {
            (means[j], double variance) = Moments(matrix.Column(j));
            deviations[j] = Math.Sqrt(variance);
        }

        return new StandardScaler(means, deviations);
    }

    /// <summary>The standardised matrix, of the same shape.</summary>
    /// <exception cref="ArgumentException">The matrix has another number of columns, or a value lies so many deviations out that it is no
    /// longer finite.</exception>
    public FeatureMatrix Transform(FeatureMatrix matrix)
    {
        ThrowIfNotFeatures(matrix.Columns, nameof(matrix));
        double[][] columns = new double[matrix.Columns][];
        for (int j = 0; j < columns.Length; j++)
        {
            var from = matrix.Column(j);
            double[] into = columns[j] = new double[from.Length];
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = Standardise(from[i], j);
            }
        }

        return FeatureMatrix.FromColumns(columns);
    }

    /// <summary>Standardises one row into another span of the same length (which may be the same memory).</summary>
    public void Transform(ReadOnlySpan<double> row, Span<double> into)
    {
        ThrowIfNotFeatures(row.Length, nameof(row));
        ThrowIfNotFeatures(into.Length, nameof(into));
        for (int j = 0; j < row.Length; j++)
        {
            into[j] = Standardise(row[j], j);
        }
    }

    /// <summary>
    /// Brings one standardised row back to the units of the features: x·deviation + mean. A constant feature becomes its mean.
    /// </summary>
    public void InverseTransform(ReadOnlySpan<double> row, Span<double> into)
    {
        ThrowIfNotFeatures(row.Length, nameof(row));
        ThrowIfNotFeatures(into.Length, nameof(into));
        for (int j = 0; j < row.Length; j++)
        {
            into[j] = (row[j] * _deviations[j]) + _means[j];
        }
    }

    /// <summary>Mean and population variance of at least one value; a constant column gives its value and exactly 0.</summary>
    internal static (double Mean, double Variance) Moments(ReadOnlySpan<double> values)
    {
        // Without this, the mean of a million times 0.1 is off by a rounding error, and the "deviation" of that error would be scaled up to 1.
        if (values.IndexOfAnyExcept(values[0]) < 0)
        {
            return (values[0], 0);
        }

        double mean = FixedOrderSum.Of(values) / values.Length;
        var (deviations, squares) = FixedOrderSum.OfDeviations(values, mean);
        return (mean, Math.Max(0, (squares - (deviations * deviations / values.Length)) / values.Length));
    }

    /// <summary>The same of values that count as often as their weights say; no weights: once each.</summary>
    internal static (double Mean, double Variance) Moments(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        if (weights.IsEmpty)
        {
            return Moments(values);
        }

        if (values.IndexOfAnyExcept(values[0]) < 0)
        {
            return (values[0], 0);
        }

        double total = FixedOrderSum.Of(weights);
        double[] weighted = new double[values.Length];
        for (int i = 0; i < weighted.Length; i++)
        {
            weighted[i] = weights[i] * values[i];
        }

        double mean = FixedOrderSum.Of(weighted) / total;
        double[] squares = new double[values.Length];
        for (int i = 0; i < weighted.Length; i++)
        {
            double deviation = values[i] - mean;
            weighted[i] = weights[i] * deviation;
            squares[i] = weighted[i] * deviation;
        }

        double rest = FixedOrderSum.Of(weighted);
        return (mean, Math.Max(0, (FixedOrderSum.Of(squares) - (rest * rest / total)) / total));
    }

    private double Standardise(double value, int feature) =>
        _deviations[feature] == 0 ? 0 : (value - _means[feature]) / _deviations[feature];

    private void ThrowIfNotFeatures(int count, string argument)
    {
        if (count != _means.Length)
        {
            throw new ArgumentException($"{count} features were given; expected {_means.Length}, as the scaler has learned.", argument);
        }
    }
}
