using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Segmentation.Numerics;

/// <summary>Exponentials and logarithms of eight numbers at once, each lane with the operations of <see cref="DeterministicMath" />.</summary>
/// <remarks>For the numbers that a likelihood meets: no infinities but −∞ in an exponential, no subnormal results.</remarks>
internal static class VectorMath
{
    /// <summary>1.5·2⁵²: added to a number below 2⁵¹ it leaves the nearest integer in the lowest bits.</summary>
    private const double Magic = 6755399441055744.0;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700e+00;

    /// <summary>Below this eˣ is taken as 0: it would no longer be a normal number.</summary>
    private const double LeastExponent = -708;
    private const long HalfRootTwo = 0x3fe6a09eL << 32;
    private const long OneMinusHalfRootTwo = (0x3ff00000L << 32) - HalfRootTwo;

    /// <summary>
    /// Whether vectors are worth while: without any hardware for them each operation would be a loop, and plain numbers, with the same
    /// operations in the same order, are many times faster.
    /// </summary>
    internal static bool IsAccelerated => Vector128.IsHardwareAccelerated;

    /// <summary>One lane of <see cref="Exp(Vector512{double})" />, in plain numbers.</summary>
    internal static double Exp(double x)
    {
        if (x < LeastExponent)
        {
            return 0;
        }

        double shifted = (x * InverseLn2) + Magic;
        double n = shifted - Magic;
        double high = x - (n * Ln2High);
        double low = n * Ln2Low;
        double r = high - low;
        double square = r * r;
        double p = -1.65339022054652515390e-06 + (square * 4.13813679705723846039e-08);
        p = 6.61375632143793436117e-05 + (square * p);
        p = -2.77777777770155933842e-03 + (square * p);
        p = 1.66666666666666019037e-01 + (square * p);
        double c = r - (square * p);
        double result = 1 + ((r * c / (2.0 - c)) - low + high);
        return BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(result) + (BitConverter.DoubleToInt64Bits(shifted) << 52));
    }

    /// <summary>One lane of <see cref="Log(Vector512{double})" />, in plain numbers.</summary>
    internal static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x) + OneMinusHalfRootTwo;
        double k = (long)((ulong)bits >> 52) - 0x3ffL;
        double f = BitConverter.Int64BitsToDouble((bits & 0x000fffffffffffffL) + HalfRootTwo) - 1;
        double halfSquare = 0.5 * f * f;
        double s = f / (2.0 + f);
        double z = s * s;
        double w = z * z;
        double even = w * (3.999999999940941908e-01 + (w * (2.222219843214978396e-01 + (w * 1.531383769920937332e-01))));
        double odd = z * (6.666666666666735130e-01
            + (w * (2.857142874366239149e-01 + (w * (1.818357216161805012e-01 + (w * 1.479819860511658591e-01))))));
        return (s * (halfSquare + (odd + even))) + (k * Ln2Low) - halfSquare + f + (k * Ln2High);
    }

    /// <summary>eˣ for x from −∞ to 700, within one unit in the last place; 0 below −708.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Exp(Vector512<double> x)
    {
        var shifted = (x * InverseLn2) + Vector512.Create(Magic);
        var n = shifted - Vector512.Create(Magic);
        var high = x - (n * Ln2High);
        var low = n * Ln2Low;
        var r = high - low;
        var square = r * r;
        var p = Vector512.Create(-1.65339022054652515390e-06) + (square * 4.13813679705723846039e-08);
        p = Vector512.Create(6.61375632143793436117e-05) + (square * p);
        p = Vector512.Create(-2.77777777770155933842e-03) + (square * p);
        p = Vector512.Create(1.66666666666666019037e-01) + (square * p);
        var c = r - (square * p);
        var result = Vector512<double>.One + ((r * c / (Vector512.Create(2.0) - c)) - low + high);
        var scaled = (result.AsInt64() + Vector512.ShiftLeft(shifted.AsInt64(), 52)).AsDouble();
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(LeastExponent)), Vector512<double>.Zero, scaled);
    }

    /// <summary>The natural logarithm of positive normal numbers, within one unit in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Log(Vector512<double> x)
    {
        var bits = x.AsInt64() + Vector512.Create(OneMinusHalfRootTwo);
        var exponents = Vector512.ShiftRightLogical(bits, 52) - Vector512.Create(0x3ffL);
        var k = (exponents + Vector512.Create(Magic).AsInt64()).AsDouble() - Vector512.Create(Magic);
        var f = ((bits & Vector512.Create(0x000fffffffffffffL)) + Vector512.Create(HalfRootTwo)).AsDouble() - Vector512<double>.One;
        var halfSquare = 0.5 * f * f;
        var s = f / (Vector512.Create(2.0) + f);
        var z = s * s;
        var w = z * z;
        var even = w * (Vector512.Create(3.999999999940941908e-01)
            + (w * (Vector512.Create(2.222219843214978396e-01) + (w * 1.531383769920937332e-01))));
        var odd = z * (Vector512.Create(6.666666666666735130e-01)
            + (w * (Vector512.Create(2.857142874366239149e-01) + (w * (Vector512.Create(1.818357216161805012e-01) + (w * 1.479819860511658591e-01))))));
        return (s * (halfSquare + (odd + even))) + (k * Ln2Low) - halfSquare + f + (k * Ln2High);
    }
}
