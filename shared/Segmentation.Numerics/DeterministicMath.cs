namespace Segmentation.Numerics;

/// <summary>Logarithms and exponentials made of + − × ÷ and operations on bits alone, so that every machine gives the same bits.</summary>
/// <remarks>
/// After FDLIBM 5.3 (Sun Microsystems, 1993): reduce the argument, then a polynomial or rational approximation. The error is below 1 unit
/// in the
/// last place. NaN gives NaN. No operation is fused, and none depends on the platform's mathematical library.
/// </remarks>
public static class DeterministicMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700e+00;
    private const double ExpOverflow = 7.09782712893383973096e+02;
    private const double ExpUnderflow = -7.45133219101941108420e+02;

    /// <summary>The high words of √2/2, rounded down: the reduced argument of a logarithm lies in [√2/2, √2).</summary>
    private const uint HalfRootTwo = 0x3fe6a09e;
    private const uint One = 0x3ff00000;

    /// <summary>The natural logarithm. Log(0) is −∞, Log(+∞) is +∞; a negative argument gives NaN.</summary>
    public static double Log(double x)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        uint high = (uint)(bits >> 32);
        int exponent = 0;
        if (high < 0x00100000 || high >> 31 != 0)
        {
            if (x == 0)
            {
                return double.NegativeInfinity;
            }

            if (high >> 31 != 0)
            {
                return double.NaN;
            }

            // A subnormal number: scaled by 2⁵⁴ to have a full significand.
            exponent = -54;
            bits = BitConverter.DoubleToUInt64Bits(x * 18014398509481984.0);
            high = (uint)(bits >> 32);
        }
        else if (high >= 0x7ff00000)
        {
            return x;
        }

        high += One - HalfRootTwo;
        exponent += (int)(high >> 20) - 0x3ff;
        return LogOfReduced(Reduced(high, bits) - 1, exponent, 0);
    }

    /// <summary>ln(1 + x), exact also where x is small. Log1P(−1) is −∞; an argument below −1 gives NaN.</summary>
    public static double Log1P(double x)
    {
        if (double.IsNaN(x) || x == double.PositiveInfinity || Math.Abs(x) < 1.1102230246251565e-16)
        {
            return x;
        }

        if (x <= -1)
        {
            return x == -1 ? double.NegativeInfinity : double.NaN;
        }

        // √2/2 − 1 ≤ x < √2 − 1: no reduction is needed.
        if (x is > -0.29289321881345254 and < 0.41421356237309503)
        {
            return LogOfReduced(x, 0, 0);
        }

        double sum = 1 + x;
        ulong bits = BitConverter.DoubleToUInt64Bits(sum);
        uint high = (uint)(bits >> 32) + (One - HalfRootTwo);
        int exponent = (int)(high >> 20) - 0x3ff;

        // What the addition 1 + x has rounded away, to first order.
        double correction = exponent < 54 ? (exponent >= 2 ? 1 - (sum - x) : x - (sum - 1)) / sum : 0;
        return LogOfReduced(Reduced(high, bits) - 1, exponent, correction);
    }

    /// <summary>
    /// e to the power x. Above 709.78 it is +∞, below −745.13 it is 0; between −745.13 and −708.4 the result is subnormal.
    /// </summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x) || x > ExpOverflow)
        {
            return x + double.PositiveInfinity;
        }

        if (x < ExpUnderflow)
        {
            return 0;
        }

        int exponent = 0;
        double high = x;
        double low = 0;
        double size = Math.Abs(x);
        if (size > 0.34657359027997264)
        {
            exponent = NearestMultipleOfLn2(x, size);
            high = x - (exponent * Ln2High);
            low = exponent * Ln2Low;
            x = high - low;
        }
        else if (size < 3.7252902984619141e-09)
        {
            return 1 + x;
        }

        double square = x * x;
        double c = x - (square * (1.66666666666666019037e-01 + (square * (-2.77777777770155933842e-03 + (square * (6.61375632143793436117e-05
            + (square * (-1.65339022054652515390e-06 + (square * 4.13813679705723846039e-08)))))))));
        double result = 1 + ((x * c / (2 - c)) - low + high);
        return exponent == 0 ? result : ScaleByPowerOfTwo(result, exponent);
    }

    /// <summary>eˣ − 1, exact also where x is small. Above 709.78 it is +∞; far below 0 it is −1.</summary>
    public static double Expm1(double x)
    {
        if (double.IsNaN(x) || x > ExpOverflow)
        {
            return x + double.PositiveInfinity;
        }

        if (x < -38.816242111356935)
        {
            return -1;
        }

        double size = Math.Abs(x);
        if (size < 5.5511151231257827e-17)
        {
            return x;
        }

        int exponent = 0;
        double rounding = 0;
        if (size > 0.34657359027997264)
        {
            exponent = NearestMultipleOfLn2(x, size);
            double high = x - (exponent * Ln2High);
            double low = exponent * Ln2Low;
            x = high - low;
            rounding = high - x - low;
        }

        double half = 0.5 * x;
        double square = x * half;
        double r = 1 + (square * (-3.33333333333331316428e-02 + (square * (1.58730158725481460165e-03 + (square * (-7.93650757867487942473e-05
            + (square * (4.00821782732936239552e-06 + (square * -2.01099218183624371326e-07)))))))));
        double t = 3 - (r * half);
        double e = square * ((r - t) / (6 - (x * t)));
        if (exponent == 0)
        {
            return x - ((x * e) - square);
        }

        e = (x * (e - rounding)) - rounding - square;
        return ScaleExpm1(x, e, exponent);
    }

    private static double ScaleExpm1(double x, double e, int exponent)
    {
        switch (exponent)
        {
            case -1:
                return (0.5 * (x - e)) - 0.5;
            case 1:
                return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + (2 * (x - e));
            case < 0 or > 56:
                return ScaleByPowerOfTwo(x - e + 1, exponent) - 1;
        }

        double inverse = BitConverter.UInt64BitsToDouble((ulong)(0x3ff - exponent) << 52);
        double result = exponent < 20 ? x - e + (1 - inverse) : x - (e + inverse) + 1;
        return ScaleByPowerOfTwo(result, exponent);
    }

    /// <summary>
    /// ln((1 + f)·2ᵏ) with a correction of the reduced argument: s·(f²/2 + R(s²)) − f²/2 + f + k·ln 2, where s = f/(2 + f).
    /// </summary>
    private static double LogOfReduced(double f, int exponent, double correction)
    {
        double halfSquare = 0.5 * f * f;
        double s = f / (2 + f);
        double z = s * s;
        double w = z * z;
        double even = w * (3.999999999940941908e-01 + (w * (2.222219843214978396e-01 + (w * 1.531383769920937332e-01))));
        double odd = z * (6.666666666666735130e-01 + (w * (2.857142874366239149e-01 + (w * (1.818357216161805012e-01 + (w * 1.479819860511658591e-01))))));
        return (s * (halfSquare + (odd + even))) + ((exponent * Ln2Low) + correction) - halfSquare + f + (exponent * Ln2High);
    }

    private static double Reduced(uint high, ulong bits) =>
        BitConverter.UInt64BitsToDouble(((ulong)((high & 0x000fffff) + HalfRootTwo) << 32) | (uint)bits);

    /// <summary>±1 up to 1.5·ln 2, where the product with 1/ln 2 could round to the wrong side; the nearest integer beyond.</summary>
    private static int NearestMultipleOfLn2(double x, double size)
    {
        int sign = x < 0 ? -1 : 1;
        return size < 1.0397207708399179 ? sign : (int)((InverseLn2 * x) + (0.5 * sign));
    }

    /// <summary>
    /// x·2ᵏ for x near 1, in two steps where 2ᵏ alone would leave the normal numbers, so that the last step is the only one that rounds.
    /// </summary>
    private static double ScaleByPowerOfTwo(double x, int exponent)
    {
        double first = 1;
        if (exponent > 1023)
        {
            first = BitConverter.UInt64BitsToDouble(0x7feUL << 52);
            exponent -= 1023;
        }
        else if (exponent < -969)
        {
            first = BitConverter.UInt64BitsToDouble((ulong)(0x3ff - 900) << 52);
            exponent += 900;
        }

        return x * first * BitConverter.UInt64BitsToDouble((ulong)(0x3ff + exponent) << 52);
    }
}
