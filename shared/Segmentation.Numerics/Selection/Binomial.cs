namespace Segmentation.Numerics.Selection;

/// <summary>Exact random numbers of binomial and multinomial distributions, from the named generator and deterministic logarithms alone.</summary>
internal static class Binomial
{
    /// <summary>From this mean on, rejection is faster than counting up.</summary>
    private const double LeastMeanOfRejection = 10;

    /// <summary>The error of Stirling's approximation to ln k! for k = 0…9.</summary>
    private static readonly double[] StirlingTails =
    [
        0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
        0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
    ];

    /// <summary>
    /// How often each point comes when as many rows are drawn, with replacement, as the points stand for: one binomial number a point,
    /// given what the points before it left. O(n), whatever the weights.
    /// </summary>
    internal static long[] Multinomial(WeightedPoints points, Xoshiro256StarStar generator)
    {
        long draws = points.Total;
        long rest = points.Total;
        long[] counts = new long[points.Points.Rows];
        for (int i = 0; i < counts.Length && draws > 0; i++)
        {
            long weight = points.Weight(i);
            counts[i] = weight == rest ? draws : Draw(draws, (double)weight / rest, generator);
            draws -= counts[i];
            rest -= weight;
        }

        return counts;
    }

    /// <summary>The number of successes in n trials of probability p, 0 to 1. O(1) on average but for small n·p, where it is O(n·p).</summary>
    internal static long Draw(long n, double p, Xoshiro256StarStar generator)
    {
        if (p > 0.5)
        {
            return n - Draw(n, 1 - p, generator);
        }

        if (n == 0 || p <= 0)
        {
            return 0;
        }

        return n * p < LeastMeanOfRejection ? ByInversion(n, p, generator) : ByRejection(n, p, generator);
    }

    /// <summary>Adds up the probabilities of 0, 1, 2… until they exceed a random number (Kachitvichyanukul and Schmeiser, 1988: BINV).</summary>
    private static long ByInversion(long n, double p, Xoshiro256StarStar generator)
    {
        double odds = p / (1 - p);
        double none = DeterministicMath.Exp(n * DeterministicMath.Log1P(-p));
        while (true)
        {
            double rest = generator.NextDouble();
            double probability = none;
            for (long k = 0; k <= n; k++)
            {
                if (rest < probability)
                {
                    return k;
                }

                rest -= probability;
                probability *= odds * (n - k) / (k + 1);
                if (probability == 0)
                {
                    // Rounding left a number beyond all probabilities: draw again.
                    break;
                }
            }
        }
    }

    /// <summary>Transformed rejection with squeeze (Hörmann, 1993: BTRS).</summary>
    private static long ByRejection(long n, double p, Xoshiro256StarStar generator)
    {
        double deviation = Math.Sqrt(n * p * (1 - p));
        double b = 1.15 + (2.53 * deviation);
        double a = -0.0873 + (0.0248 * b) + (0.01 * p);
        double centre = (n * p) + 0.5;
        double squeeze = 0.92 - (4.2 / b);
        double odds = p / (1 - p);
        double alpha = (2.83 + (5.1 / b)) * deviation;
        double mode = Math.Floor((n + 1) * p);
        while (true)
        {
            double u = generator.NextDouble() - 0.5;
            double v = generator.NextDouble();
            double edge = 0.5 - Math.Abs(u);
            double k = Math.Floor((((2 * a / edge) + b) * u) + centre);
            if (edge >= 0.07 && v <= squeeze)
            {
                return (long)k;
            }

            if (!(k >= 0 && k <= n))
            {
                continue;
            }

            double accepted = ((mode + 0.5) * DeterministicMath.Log((mode + 1) / (odds * (n - mode + 1))))
                + ((n + 1) * DeterministicMath.Log((n - mode + 1) / (n - k + 1)))
                + ((k + 0.5) * DeterministicMath.Log(odds * (n - k + 1) / (k + 1)))
                + StirlingTail(mode) + StirlingTail(n - mode) - StirlingTail(k) - StirlingTail(n - k);
            if (DeterministicMath.Log(v * alpha / ((a / (edge * edge)) + b)) <= accepted)
            {
                return (long)k;
            }
        }
    }

    private static double StirlingTail(double k)
    {
        if (k < StirlingTails.Length)
        {
            return StirlingTails[(int)k];
        }

        double square = (k + 1) * (k + 1);
        return ((1.0 / 12) - (((1.0 / 360) - (1.0 / 1260 / square)) / square)) / (k + 1);
    }
}
