using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Selection;

public class BinomialTests
{
    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(1_000, 0.005)]
    [InlineData(1_000, 0.2)]
    [InlineData(1_000_000, 0.0001)]
    [InlineData(50, 0.9)]
    public void Mean_and_variance_and_tails_are_those_of_the_distribution(long n, double p)
    {
        const int Draws = 40_000;
        var generator = new Xoshiro256StarStar(4, (ulong)n);
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => (double)Binomial.Draw(n, p, generator))];
        double variance = n * p * (1 - p);
        double mean = values.Average();
        Assert.Equal(n * p, mean, 5 * Math.Sqrt(variance / Draws));
        Assert.Equal(variance, values.Average(value => (value - mean) * (value - mean)), variance * 0.05);
        Assert.All(values, value => Assert.InRange(value, 0, n));
        double beyond = values.Count(value => Math.Abs(value - (n * p)) > 2 * Math.Sqrt(variance)) / (double)Draws;
        Assert.InRange(beyond, 0.01, 0.08);
    }

    [Fact]
    public void Small_numbers_come_as_often_as_they_should()
    {
        // n = 2, p = ½: 0, 1, 2 with ¼, ½, ¼.
        var generator = new Xoshiro256StarStar(8);
        int[] counts = new int[3];
        for (int i = 0; i < 40_000; i++)
        {
            counts[Binomial.Draw(2, 0.5, generator)]++;
        }

        Assert.Equal([0.25, 0.5, 0.25], counts.Select(count => Math.Round(count / 40_000.0, 2)));
        Assert.Equal(0, Binomial.Draw(5, 0, generator));
        Assert.Equal(5, Binomial.Draw(5, 1, generator));
        Assert.Equal(0, Binomial.Draw(0, 0.5, generator));
    }

    [Fact]
    public void A_bootstrap_of_weighted_points_draws_as_many_rows_as_they_stand_for()
    {
        var points = new WeightedPoints(FeatureMatrix.FromColumns([1, 2, 3]), [1, 1_000_000, 3]);
        for (ulong seed = 0; seed < 20; seed++)
        {
            long[] counts = Binomial.Multinomial(points, new Xoshiro256StarStar(seed));
            Assert.Equal(points.Total, counts.Sum());
            Assert.InRange(counts[1], 999_950, 1_000_004);
            var sample = new BootstrapSample(points, new Xoshiro256StarStar(seed));
            Assert.Equal(points.Total, sample.Distinct.Total);
        }
    }

    [Fact]
    public void A_sample_without_replacement_holds_each_row_once()
    {
        int[] rows = SampleOfRows.Draw(1_000_000, 500, new Xoshiro256StarStar(1));
        Assert.Equal(500, rows.Distinct().Count());
        Assert.Equal(rows.Order(), rows);
        Assert.Equal([0, 1, 2], SampleOfRows.Draw(3, 3, new Xoshiro256StarStar(1)));
        Assert.InRange(rows.Average(), 400_000, 600_000);
    }
}
