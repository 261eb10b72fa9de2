namespace Segmentation.Numerics.Selection;

/// <summary>The elbow of a falling curve by kneedle (Satopää, Albrecht, Irwin and Raghavan, 2011).</summary>
public static class Elbow
{
    /// <summary>The sensitivity that the paper recommends.</summary>
    public const double DefaultSensitivity = 1;

    /// <summary>
    /// The x at which a convex falling curve bends most: the first local maximum of (1 − y) − x, both scaled to 0…1, after which the
    /// difference falls by more than sensitivity × the mean step of x before it rises to another maximum.
    /// </summary>
    /// <param name="x">At least three ascending numbers, such as k.</param>
    /// <param name="y">As many finite numbers, such as the inertia at each k.</param>
    /// <param name="sensitivity">S, at least 0: how flat the rest must be.</param>
    /// <returns>One of x; null where the curve has no elbow (a straight line, a rising or constant curve, fewer than three points).</returns>
    /// <exception cref="ArgumentException">The two have different lengths, x does not ascend, or y is not finite.</exception>
    public static int? Find(IReadOnlyList<int> x, IReadOnlyList<double> y, double sensitivity = DefaultSensitivity)
    {
        if (x.Count != y.Count || !y.All(double.IsFinite) || x.Zip(x.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException($"{x.Count} values of x and {y.Count} of y were given; expected as many of both, x ascending and y finite.", nameof(y));
        }

        double range = x.Count < 3 ? 0 : y.Max() - y.Min();
        if (range == 0 || y[0] <= y[^1])
        {
            return null;
        }

        double[] difference = [.. x.Select((at, i) => 1 - ((y[i] - y.Min()) / range) - ((double)(at - x[0]) / (x[^1] - x[0])))];
        double step = 1.0 / (x.Count - 1);
        int candidate = -1;
        for (int i = 1; i < difference.Length; i++)
        {
            if (candidate >= 0 && difference[i] < difference[candidate] - (sensitivity * step))
            {
                return x[candidate];
            }

            bool isPeak = difference[i] > difference[i - 1] && (i + 1 == difference.Length || difference[i] >= difference[i + 1]);
            candidate = isPeak && i + 1 < difference.Length ? i : candidate;
        }

        return null;
    }
}
