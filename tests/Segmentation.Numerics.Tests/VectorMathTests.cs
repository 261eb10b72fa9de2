using System.Runtime.Intrinsics;

namespace Segmentation.Numerics.Tests;

public class VectorMathTests
{
    [Fact]
    public void Exponentials_and_logarithms_are_those_of_the_plain_functions_to_a_unit_in_the_last_place()
    {
        var generator = new Xoshiro256StarStar(3);
        for (int i = 0; i < 20_000; i++)
        {
            double x = -generator.NextDouble() * (i % 2 == 0 ? 5 : 707);
            Near(DeterministicMath.Exp(x), VectorMath.Exp(Vector512.Create(x))[i % 8]);
            double y = 1 + (generator.NextDouble() * (i % 2 == 0 ? 1 : 63));
            Near(DeterministicMath.Log(y), VectorMath.Log(Vector512.Create(y))[i % 8]);
        }
    }

    [Fact]
    public void Their_ends_are_exact()
    {
        Assert.Equal(1, VectorMath.Exp(Vector512<double>.Zero)[0]);
        Assert.Equal(0, VectorMath.Exp(Vector512.Create(-709.0))[0]);
        Assert.Equal(0, VectorMath.Exp(Vector512.Create(-1e300))[0]);
        Assert.Equal(0, VectorMath.Exp(Vector512.Create(double.NegativeInfinity))[0]);
        Assert.Equal(0, VectorMath.Log(Vector512<double>.One)[0]);
    }

    private static void Near(double expected, double found) =>
        Assert.InRange(Math.Abs(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(found)), 0, 1);
}
