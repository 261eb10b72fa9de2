namespace Segmentation.Numerics.Drift;

/// <summary>How far a distribution has moved from an earlier one: the population stability index.</summary>
/// <remarks>
/// PSI = Σ (a − e)·ln(a ÷ e) over bins, e the earlier and a the later share (Siddiqi, Credit Risk Scorecards, 2006): the sum of the two
/// Kullback–Leibler divergences, 0 for equal shares and symmetric. A share below <see cref="LeastShare" /> counts as that, so that an
/// empty bin stays finite. By custom below 0.1 is no change worth a look, and from 0.2 or 0.25 on the population is another.
/// </remarks>
public static class PopulationStability
{
    /// <summary>What an empty bin counts as.</summary>
    public const double LeastShare = 1e-4;

    /// <summary>The index of two distributions over the same bins; 0 or more.</summary>
    /// <param name="expected">The earlier shares, 0…1.</param>
    /// <param name="actual">The later ones, as many.</param>
    /// <exception cref="ArgumentException">Different lengths, none, or a share that is not in 0…1.</exception>
    public static double Index(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        if (expected.Count == 0 || expected.Count != actual.Count)
        {
            throw new ArgumentException($"{expected.Count} and {actual.Count} shares were given; expected one of each a bin.", nameof(actual));
        }

        double sum = 0;
        for (int bin = 0; bin < expected.Count; bin++)
        {
            double before = Share(expected[bin]);
            double after = Share(actual[bin]);
            sum += (after - before) * (DeterministicMath.Log(after) - DeterministicMath.Log(before));
        }

        return sum;
    }

    private static double Share(double share) => share is >= 0 and <= 1
        ? Math.Max(share, LeastShare)
        : throw new ArgumentException(FormattableString.Invariant($"A share is {share}; expected 0 to 1."), nameof(share));
}
