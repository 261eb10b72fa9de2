using System.Collections.ObjectModel;

namespace Segmentation.Numerics.Clustering;

/// <summary>A mixture of k Gaussian distributions in d features: it says how probable each is for a row. Immutable and thread-safe.</summary>
public sealed class GaussianMixtureModel
{
    private readonly MixtureDensity[] _densities;

    /// <summary>A mixture of known parameters.</summary>
    /// <param name="weights">k numbers of at least 0: the share of the rows in each component; they sum to 1 but for rounding.</param>
    /// <param name="means">k rows of d values.</param>
    /// <param name="covariances">k symmetric positive definite matrices of d·d values, row by row.</param>
    /// <exception cref="ArgumentException">The numbers of components or values differ, a weight is negative or not finite, all weights
    /// are 0, or a covariance has a value that is not finite or a diagonal that is not positive.</exception>
    public GaussianMixtureModel(IReadOnlyList<double> weights, FeatureMatrix means, IReadOnlyList<double[]> covariances)
    {
        int d = means.Columns;
        if (weights.Count == 0 || weights.Count != means.Rows || covariances.Count != means.Rows)
        {
            throw new ArgumentException(
                $"{weights.Count} weights, {means.Rows} means and {covariances.Count} covariances were given; expected one of each a component.", nameof(weights));
        }

        if (weights.Any(weight => !double.IsFinite(weight) || weight < 0) || weights.All(weight => weight == 0))
        {
            throw new ArgumentException("A weight is negative or not finite, or all are 0; expected shares that sum to 1.", nameof(weights));
        }

        for (int c = 0; c < covariances.Count; c++)
        {
            if (covariances[c].Length != d * d || !covariances[c].All(double.IsFinite) || Enumerable.Range(0, d).Any(j => covariances[c][(j * d) + j] <= 0))
            {
                throw new ArgumentException($"The covariance of component {c} is not {d} × {d} finite values with a positive diagonal.", nameof(covariances));
            }
        }

        Means = means;
        Weights = new ReadOnlyCollection<double>([.. weights]);
        Covariances = new ReadOnlyCollection<double[]>([.. covariances.Select(covariance => (double[])covariance.Clone())]);
        double[] mean = new double[d];
        _densities = new MixtureDensity[means.Rows];
        for (int c = 0; c < _densities.Length; c++)
        {
            means.CopyRow(c, mean);
            _densities[c] = new MixtureDensity(weights[c], mean, covariances[c]);
        }
    }

    /// <summary>The share of each component.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The mean of each component, k × d.</summary>
    public FeatureMatrix Means { get; }

    /// <summary>The covariance of each component, d·d values row by row. Not to be written to.</summary>
    public IReadOnlyList<double[]> Covariances { get; }

    internal IReadOnlyList<MixtureDensity> Densities => _densities;

    /// <summary>The most probable component of each row, the lowest at ties. O(n·k·d²).</summary>
    /// <exception cref="ArgumentException">The rows have another number of features.</exception>
    public int[] Predict(FeatureMatrix rows)
    {
        Means.ThrowIfNotRow(rows.Columns, nameof(rows));
        double[] density = new double[rows.Stride];
        double[] best = new double[rows.Rows];
        best.AsSpan().Fill(double.NegativeInfinity);
        int[] labels = new int[rows.Rows];
        for (int c = 0; c < _densities.Length; c++)
        {
            _densities[c].LogOf(rows, density);
            for (int i = 0; i < labels.Length; i++)
            {
                if (density[i] > best[i])
                {
                    best[i] = density[i];
                    labels[i] = c;
                }
            }
        }

        return labels;
    }

    /// <summary>The most probable component of one row: the same as that of <see cref="Predict" />.</summary>
    /// <exception cref="ArgumentException">The row has another number of features, or a value that is not finite.</exception>
    public int PredictRow(ReadOnlySpan<double> row)
    {
        Span<double> logs = stackalloc double[_densities.Length];
        LogDensities(row, logs);
        return IndexOfMax(logs);
    }

    /// <summary>The probability of each component for one row: k numbers from 0 to 1 that sum to 1 but for rounding.</summary>
    /// <exception cref="ArgumentException">The row has another number of features, or a value that is not finite.</exception>
    public double[] PredictProbabilities(ReadOnlySpan<double> row)
    {
        double[] probabilities = new double[_densities.Length];
        LogDensities(row, probabilities);
        double most = probabilities[IndexOfMax(probabilities)];
        double sum = 0;
        foreach (ref double probability in probabilities.AsSpan())
        {
            probability = DeterministicMath.Exp(probability - most);
            sum += probability;
        }

        foreach (ref double probability in probabilities.AsSpan())
        {
            probability /= sum;
        }

        return probabilities;
    }

    /// <summary>The mixture along a line: one feature of a row moves, the others stay.</summary>
    /// <param name="row">The row; its value of that feature does not matter.</param>
    /// <param name="feature">The feature, from 0.</param>
    /// <exception cref="ArgumentException">The row has another number of features, or a value that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such feature.</exception>
    public GaussianMixtureLine Along(ReadOnlySpan<double> row, int feature)
    {
        ThrowIfNotValues(row);
        ArgumentOutOfRangeException.ThrowIfNegative(feature);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, row.Length);
        return new GaussianMixtureLine(_densities, row, feature);
    }

    private static int IndexOfMax(ReadOnlySpan<double> values)
    {
        int best = 0;
        for (int c = 1; c < values.Length; c++)
        {
            best = values[c] > values[best] ? c : best;
        }

        return best;
    }

    private void LogDensities(ReadOnlySpan<double> row, Span<double> into)
    {
        ThrowIfNotValues(row);
        for (int c = 0; c < into.Length; c++)
        {
            into[c] = _densities[c].LogOf(row);
        }
    }

    private void ThrowIfNotValues(ReadOnlySpan<double> row)
    {
        Means.ThrowIfNotRow(row.Length, nameof(row));
        foreach (double value in row)
        {
            if (!(Math.Abs(value) <= FeatureMatrix.MaxMagnitude))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"A value of the row is {value}; expected finite numbers of at most {FeatureMatrix.MaxMagnitude} in size."), nameof(row));
            }
        }
    }
}
