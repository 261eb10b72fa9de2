namespace Segmentation.Numerics.Clustering;

/// <summary>A Gaussian mixture along a line on which one feature moves and the others stay: where a component cannot be the most probable.</summary>
/// <remarks>
/// <para>Along a line each log density is a parabola, and so is the difference of two, whose greatest value between two places is known in closed
/// form. A component that some other one exceeds from the first place to the last, by more than rounding can amount to, is the most
/// probable of no row between them.</para>
/// <para>Immutable and thread-safe. O(k·d²) to make, O(k·d + k²) a question.</para>
/// </remarks>
public sealed class GaussianMixtureLine
{
    // Far above the rounding of some dozens of operations (1.1·10⁻¹⁶ each), relative to the sizes that go into them.
    private const double Rounding = 1e-12;

    private readonly MixtureDensity.AlongFeature[] _components;

    internal GaussianMixtureLine(IReadOnlyList<MixtureDensity> densities, ReadOnlySpan<double> row, int feature)
    {
        _components = new MixtureDensity.AlongFeature[densities.Count];
        for (int c = 0; c < _components.Length; c++)
        {
            _components[c] = densities[c].Along(row, feature);
        }
    }

    /// <summary>Whether some of the wanted components may be the most probable somewhere between two places, the places included.</summary>
    /// <param name="wanted">For each component whether it is wanted.</param>
    /// <param name="from">The feature at the first place.</param>
    /// <param name="to">The feature at the last place, not less.</param>
    /// <returns>False where certainly none is: <see cref="GaussianMixtureModel.PredictRow" /> names none of them for any value in between. True
    /// where one is, or where it is too close to say.</returns>
    /// <exception cref="ArgumentException">The number of components differs, or the places are no interval.</exception>
    public bool MayBeIn(ReadOnlySpan<bool> wanted, double from, double to)
    {
        if (wanted.Length != _components.Length)
        {
            throw new ArgumentException(
                $"{wanted.Length} marks were given; expected one for each of {_components.Length} components.", nameof(wanted));
        }

        if (!(from <= to))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The places are {from} and {to}; expected the first not to be above the last."), nameof(to));
        }

        double half = (to - from) / 2;
        double middle = from + half;
        Span<Parabola> parabolas = stackalloc Parabola[_components.Length];
        for (int c = 0; c < parabolas.Length; c++)
        {
            parabolas[c] = _components[c].About(middle, half);
        }

        for (int c = 0; c < parabolas.Length; c++)
        {
            if (wanted[c] && !parabolas[c].IsNowhere && !IsExceeded(parabolas, wanted, parabolas[c], half))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsExceeded(ReadOnlySpan<Parabola> parabolas, ReadOnlySpan<bool> wanted, Parabola one, double half)
    {
        for (int c = 0; c < parabolas.Length; c++)
        {
            Parabola other = parabolas[c];
            if (!wanted[c] && !other.IsNowhere && one.MostAbove(other, half) < -Rounding * (one.Size + other.Size))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A log density about a place: Value + Slope·t + Bend·t².</summary>
    /// <param name="Value">At the place; −∞ for a component of weight 0.</param>
    /// <param name="Slope">Its first derivative there.</param>
    /// <param name="Bend">Half its second derivative, never positive.</param>
    /// <param name="Size">No term of its computation within the interval is larger: the measure of rounding.</param>
    internal readonly record struct Parabola(double Value, double Slope, double Bend, double Size)
    {
        internal bool IsNowhere => double.IsNegativeInfinity(Value);

        /// <summary>The greatest difference to another for t from −half to half; NaN where it overflows.</summary>
        internal double MostAbove(Parabola other, double half)
        {
            double value = Value - other.Value;
            double slope = Slope - other.Slope;
            double bend = Bend - other.Bend;
            double ends = value + (bend * half * half) + Math.Abs(slope * half);

            // Opened downwards, and its top lies inside.
            return bend < 0 && Math.Abs(slope) < -2 * bend * half ? Math.Max(ends, value - (slope * slope / (4 * bend))) : ends;
        }
    }
}
