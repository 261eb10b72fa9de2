namespace Segmentation.Numerics.Clustering;

/// <summary>A fitted mixture.</summary>
/// <param name="Model">Its parameters, and how rows are assigned.</param>
/// <param name="Labels">The most probable component of each point, by the parameters that are returned.</param>
/// <param name="LogLikelihood">The natural logarithm of the likelihood of all rows.</param>
/// <param name="Bic">−2 ln L + p·ln n, with p = k − 1 + k·d + k·d(d + 1)/2 free parameters; smaller is better (Schwarz, 1978).</param>
/// <param name="Iterations">How often parameters were estimated.</param>
public sealed record GaussianMixtureFit(GaussianMixtureModel Model, int[] Labels, double LogLikelihood, double Bic, int Iterations);

/// <summary>Gaussian mixtures by expectation and maximisation (Dempster, Laird and Rubin, 1977) with full covariances.</summary>
/// <remarks>
/// <para>For clusters that are long, of unlike spread, or overlap, and where the probability of a cluster is wanted. Not for categories, nor
/// for so few rows that a component has hardly more of them than features.</para>
/// <para>Begins with the clusters of k-means. A component that loses its rows keeps its place with weight 0, and is no row's most probable.
/// No result is NaN. O(iterations·n·k·d²) time and 8·n·k bytes; the same bits on every machine.</para>
/// </remarks>
public static class GaussianMixture
{
    /// <summary>A component of fewer rows than this has lost them all but for rounding.</summary>
    private const double LeastRows = 1e-9;

    /// <summary>Fits a mixture of as many components as the start has clusters.</summary>
    /// <param name="points">n points by d features; a point of weight w counts like w rows.</param>
    /// <param name="start">The clusters of the same points.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="cancellationToken">Looked at once an iteration.</param>
    /// <exception cref="ArgumentException">The options are wrong (all faults are in the message), or the start belongs to other
    /// points.</exception>
    public static GaussianMixtureFit Fit(
        WeightedPoints points, KMeansModel start, GaussianMixtureOptions options, CancellationToken cancellationToken = default)
    {
        var faults = options.Faults();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        if (start.Labels.Length != points.Points.Rows || start.Centroids.Columns != points.Points.Columns)
        {
            throw new ArgumentException(
                $"The start has {start.Labels.Length} rows of {start.Centroids.Columns} features; expected {points.Points.Rows} of {points.Points.Columns}.", nameof(start));
        }

        var state = new MixtureState(points, start, options.CovarianceFloor);
        double before = double.NegativeInfinity;
        for (int iteration = 1; ; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double likelihood = state.Expect();
            if (iteration >= options.MaxIterations || Math.Abs(likelihood - before) < options.Tolerance * points.Total)
            {
                return Result(points, state, likelihood, iteration);
            }

            before = likelihood;
            state.Maximise();
        }
    }

    private static GaussianMixtureFit Result(WeightedPoints points, MixtureState state, double likelihood, int iterations)
    {
        var model = state.Model;
        int k = model.Weights.Count;
        int d = points.Points.Columns;
        int parameters = k - 1 + (k * d) + (k * d * (d + 1) / 2);
        double bic = (-2 * likelihood) + (parameters * DeterministicMath.Log(points.Total));
        return new GaussianMixtureFit(model, model.Predict(points.Points), likelihood, bic, iterations);
    }

    /// <summary>The parameters, and what each point owes to each component.</summary>
    private sealed class MixtureState
    {
        private readonly WeightedPoints _points;
        private readonly double _floor;
        private readonly double[] _weights;
        private readonly double[][] _share;
        private readonly double[] _likelihood;

        internal MixtureState(WeightedPoints points, KMeansModel start, double floor)
        {
            int k = start.Centroids.Rows;
            int d = points.Points.Columns;
            _points = points;
            _floor = floor;
            _weights = points.ToPaddedWeights();
            _likelihood = new double[points.Points.Stride];
            _share = [.. Enumerable.Range(0, k).Select(_ => new double[points.Points.Stride])];
            for (int i = 0; i < start.Labels.Length; i++)
            {
                _share[start.Labels[i]][i] = _weights[i];
            }

            double[] floors = new double[d * d];
            AddFloor(floors);
            Model = new GaussianMixtureModel([.. Enumerable.Repeat(1.0 / k, k)], start.Centroids, [.. Enumerable.Repeat(floors, k)]);
            Maximise();
        }

        internal GaussianMixtureModel Model { get; private set; }

        /// <summary>What each point owes to each component by the parameters, times its weight; returns the log-likelihood.</summary>
        internal double Expect()
        {
            for (int c = 0; c < _share.Length; c++)
            {
                Model.Densities[c].LogOf(_points.Points, _share[c]);
            }

            MixtureKernels.Normalise(_share, _weights, _likelihood);
            return FixedOrderSum.Of(_likelihood.AsSpan(0, _points.Points.Rows));
        }

        /// <summary>The parameters of greatest likelihood, given what each point owes to each component.</summary>
        internal void Maximise()
        {
            int d = _points.Points.Columns;
            double[] weights = new double[_share.Length];
            double[][] means = new double[_share.Length][];
            double[][] covariances = new double[_share.Length][];
            for (int c = 0; c < _share.Length; c++)
            {
                double[] centre = new double[d];
                Model.Means.CopyRow(c, centre);
                double rows = FixedOrderSum.Of(_share[c]);
                if (rows < LeastRows)
                {
                    weights[c] = 0;
                    means[c] = centre;
                    covariances[c] = Model.Covariances[c];
                    continue;
                }

                // About the mean so far: what the shift of the mean takes away is small, and no digits are lost.
                double[] shift = new double[d];
                for (int j = 0; j < d; j++)
                {
                    shift[j] = MixtureKernels.Sum(_share[c], _points.Points, (j, centre[j]), null) / rows;
                }

                double[] covariance = new double[d * d];
                for (int a = 0; a < d; a++)
                {
                    for (int b = 0; b <= a; b++)
                    {
                        double value = (MixtureKernels.Sum(_share[c], _points.Points, (a, centre[a]), (b, centre[b])) / rows) - (shift[a] * shift[b]);
                        covariance[(a * d) + b] = covariance[(b * d) + a] = a == b ? Math.Max(0, value) : value;
                    }
                }

                AddFloor(covariance);
                weights[c] = rows / _points.Total;
                means[c] = [.. centre.Zip(shift, (x, y) => x + y)];
                covariances[c] = covariance;
            }

            Model = new GaussianMixtureModel(weights, FeatureMatrix.FromRows(means), covariances);
        }

        private void AddFloor(double[] covariance)
        {
            int d = _points.Points.Columns;
            for (int j = 0; j < d; j++)
            {
                covariance[(j * d) + j] += _floor;
            }
        }
    }
}
