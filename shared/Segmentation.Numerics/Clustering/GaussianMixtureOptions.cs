namespace Segmentation.Numerics.Clustering;

/// <summary>How a Gaussian mixture is fitted. Immutable; checked as a whole by <see cref="GaussianMixture.Fit" />.</summary>
public sealed record GaussianMixtureOptions
{
    /// <summary>The default of <see cref="CovarianceFloor" />, in the squared units of standardised features.</summary>
    public const double DefaultCovarianceFloor = 0.01;

    /// <summary>The default of <see cref="MaxIterations" />.</summary>
    public const int DefaultMaxIterations = 200;

    /// <summary>
    /// The default of <see cref="Tolerance" />: a tenth of the usual one, at which a fit often stops on a plateau far from its optimum.
    /// </summary>
    public const double DefaultTolerance = 1e-4;

    private const double LeastFloor = 1e-12;

    /// <summary>
    /// Added to the diagonal of every covariance: a component on rows that tie (a third of a store's customers have bought once) would
    /// otherwise become ever narrower and its likelihood grow without bound.
    /// </summary>
    public double CovarianceFloor { get; init; } = DefaultCovarianceFloor;

    /// <summary>The most iterations of expectation and maximisation.</summary>
    public int MaxIterations { get; init; } = DefaultMaxIterations;

    /// <summary>The fit ends when the mean log-likelihood of a row changes by less than this.</summary>
    public double Tolerance { get; init; } = DefaultTolerance;

    /// <summary>Every fault of these options; empty where there is none.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!double.IsFinite(CovarianceFloor) || CovarianceFloor < LeastFloor)
        {
            faults.Add(FormattableString.Invariant($"{nameof(CovarianceFloor)} is {CovarianceFloor}; expected a finite number of at least {LeastFloor}."));
        }

        if (MaxIterations < 1)
        {
            faults.Add(FormattableString.Invariant($"{nameof(MaxIterations)} is {MaxIterations}; expected at least 1."));
        }

        if (!double.IsFinite(Tolerance) || Tolerance < 0)
        {
            faults.Add(FormattableString.Invariant($"{nameof(Tolerance)} is {Tolerance}; expected a finite number of at least 0."));
        }

        return faults;
    }
}
