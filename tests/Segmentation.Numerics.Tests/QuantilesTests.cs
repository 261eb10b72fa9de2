namespace Segmentation.Numerics.Tests;

public class QuantilesTests
{
    [Theory]
    [InlineData(0, 5, 1.0)]
    [InlineData(1, 5, 2.2)] // (6 − 1)·1/5 = 1: the second value
    [InlineData(1, 4, 2.85)] // position 1.25: 2.2 + 0.25·(4.8 − 2.2)
    [InlineData(1, 2, 5.9)] // position 2.5: 4.8 + 0.5·(7 − 4.8)
    [InlineData(5, 5, 11.0)]
    public void Quantiles_interpolate_between_neighbours(int numerator, int denominator, double expected) =>
        Assert.Equal(expected, Quantiles.Interpolated([1.0, 2.2, 4.8, 7.0, 9.0, 11.0], numerator, denominator), 1e-15);

    [Fact]
    public void One_value_is_every_quantile_of_itself() => Assert.Equal(3.5, Quantiles.Interpolated([3.5], 1, 5));

    [Fact]
    public void A_position_on_a_value_gives_that_value_for_any_length()
    {
        for (int n = 6; n < 5000; n += 5)
        {
            double[] sorted = [.. Enumerable.Range(0, n).Select(i => i * 0.1)];
            for (int q = 1; q < 5; q++)
            {
                Assert.Equal(sorted[(n - 1) * q / 5], Quantiles.Interpolated(sorted, q, 5));
            }
        }
    }

    [Fact]
    public void Faults_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Quantiles.Interpolated([], 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Interpolated([1], 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Interpolated([1], -1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Interpolated([1], 0, 0));
    }
}
