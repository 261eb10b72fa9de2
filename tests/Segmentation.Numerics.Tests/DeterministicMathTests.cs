namespace Segmentation.Numerics.Tests;

public class DeterministicMathTests
{
    private const int Cases = 100_000;

    [Fact]
    public void Log_agrees_with_the_platform_to_the_last_place_or_the_one_before() =>
        Compare(DeterministicMath.Log, Math.Log, generator => Positive(generator));

    [Fact]
    public void Log_of_numbers_near_1_agrees_with_the_platform() =>
        Compare(DeterministicMath.Log, Math.Log, generator => 0.5 + generator.NextDouble());

    [Fact]
    public void Log1P_of_money_agrees_with_the_logarithm_of_one_more() =>
        Compare(DeterministicMath.Log1P, x => Math.Log(1 + x), generator => generator.NextInt32(1_000_000));

    [Fact]
    public void Log1P_inverts_Expm1()
    {
        var generator = new Xoshiro256StarStar(11);
        for (int i = 0; i < Cases; i++)
        {
            double x = (generator.NextDouble() * 2) - 1;
            x *= i % 2 == 0 ? 1 : 1e-9;
            double back = DeterministicMath.Log1P(DeterministicMath.Expm1(x));
            if (!(Math.Abs(back - x) <= 2e-15 * Math.Abs(x) * Math.Exp(Math.Abs(x))))
            {
                Assert.Fail($"case {i}: {x:R} came back as {back:R}");
            }
        }
    }

    [Fact]
    public void Log1P_of_small_numbers_agrees_with_its_series()
    {
        // ln(1 + x) = x − x²/2 + x³/3 − x⁴/4 + …; below 2⁻¹³ the terms after the fifth are under half a unit in the last place.
        Compare(
            DeterministicMath.Log1P,
            x => x - (x * x * (0.5 - (x * ((1.0 / 3) - (x * (0.25 - (x * 0.2))))))),
            generator => (generator.NextDouble() - 0.5) * Math.ScaleB(1, -12 - generator.NextInt32(50)));
    }

    [Fact]
    public void Exp_agrees_with_the_platform() =>
        Compare(DeterministicMath.Exp, Math.Exp, generator => (generator.NextDouble() - 0.5) * 2 * Math.ScaleB(700, -generator.NextInt32(20)));

    [Fact]
    public void Exp_agrees_with_the_platform_where_the_result_is_subnormal() =>
        Compare(DeterministicMath.Exp, Math.Exp, generator => -708 - (generator.NextDouble() * 38));

    [Fact]
    public void Expm1_agrees_with_the_platform_away_from_0()
    {
        Compare(DeterministicMath.Expm1, x => Math.Exp(x) - 1, generator => 40 + (generator.NextDouble() * 660));
        Compare(DeterministicMath.Expm1, x => Math.Exp(x) - 1, generator => -3 - (generator.NextDouble() * 40));
    }

    [Fact]
    public void Expm1_agrees_with_the_half_angle_formula()
    {
        // eˣ − 1 = 2·sinh(x/2)·e^(x/2), and the platform's sinh is good near 0.
        Compare(DeterministicMath.Expm1, x => 2 * Math.Sinh(x / 2) * Math.Exp(x / 2), generator => (generator.NextDouble() - 0.5) * Math.ScaleB(40, -generator.NextInt32(40)), units: 5);
    }

    [Fact]
    public void The_logarithm_of_an_exponential_is_the_argument()
    {
        var generator = new Xoshiro256StarStar(12);
        for (int i = 0; i < Cases; i++)
        {
            double x = (generator.NextDouble() - 0.5) * 1400;
            double back = DeterministicMath.Log(DeterministicMath.Exp(x));
            if (!(Math.Abs(back - x) <= 3e-16 * Math.Max(1, Math.Abs(x))))
            {
                Assert.Fail($"case {i}: {x:R} came back as {back:R}");
            }
        }
    }

    [Theory]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(1.0, 0.0)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.Epsilon, -744.44007192138122)]
    [InlineData(Math.E, 1.0)]
    public void Log_at_the_edges(double x, double expected) => Assert.Equal(expected, DeterministicMath.Log(x));

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(-1.0, double.NegativeInfinity)]
    [InlineData(-1.5, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(1e-300, 1e-300)]
    [InlineData(1.0, 0.69314718055994529)]
    [InlineData(-0.5, -0.69314718055994529)]
    public void Log1P_at_the_edges(double x, double expected) => Assert.Equal(expected, DeterministicMath.Log1P(x));

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.5, 1.6487212707001282)]
    [InlineData(710.0, double.PositiveInfinity)]
    [InlineData(-746.0, 0.0)]
    [InlineData(-745.0, double.Epsilon)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0.0)]
    [InlineData(double.NaN, double.NaN)]
    public void Exp_at_the_edges(double x, double expected) => Assert.Equal(expected, DeterministicMath.Exp(x));

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1e-300, 1e-300)]
    [InlineData(710.0, double.PositiveInfinity)]
    [InlineData(-100.0, -1.0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, -1.0)]
    [InlineData(double.NaN, double.NaN)]
    public void Expm1_at_the_edges(double x, double expected) => Assert.Equal(expected, DeterministicMath.Expm1(x));

    [Fact]
    public void The_largest_finite_exponential_is_finite() => Assert.Equal(Math.Exp(709.782712893384), DeterministicMath.Exp(709.782712893384), 1e294);

    private static double Positive(Xoshiro256StarStar generator) =>
        BitConverter.UInt64BitsToDouble(generator.NextUInt64() % BitConverter.DoubleToUInt64Bits(double.PositiveInfinity));

    private static void Compare(Func<double, double> ours, Func<double, double> oracle, Func<Xoshiro256StarStar, double> draw, int units = 2)
    {
        var generator = new Xoshiro256StarStar(10);
        for (int i = 0; i < Cases; i++)
        {
            double x = draw(generator);
            double expected = oracle(x);
            double found = ours(x);
            long distance = Math.Abs(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(found));
            if (distance > units)
            {
                Assert.Fail($"case {i}: f({x:R}) is {found:R}; the oracle says {expected:R}, {distance} units in the last place away");
            }
        }
    }
}
