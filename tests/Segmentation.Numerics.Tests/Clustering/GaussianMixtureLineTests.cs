using Segmentation.Numerics.Clustering;

namespace Segmentation.Numerics.Tests.Clustering;

public class GaussianMixtureLineTests
{
    // Variances 1 and 0.25 about 0, equal shares: ln N differ by ln 2 − 1.5 x², so the narrow one ends at √(ln 2 ÷ 1.5) = 0.67977…
    private static readonly GaussianMixtureModel Nested = new([0.5, 0.5], FeatureMatrix.FromColumns([0, 0]), [[1], [0.25]]);

    [Theory]
    [InlineData(-5, -0.6798, false)]
    [InlineData(-5, -0.6797, true)]
    [InlineData(-0.1, 0.1, true)]
    [InlineData(0.6797, 5, true)]
    [InlineData(0.6798, 5, false)]
    [InlineData(-5, 5, true)]
    [InlineData(0.6798, 0.6798, false)]
    public void A_narrow_component_is_the_most_probable_about_its_mean_alone(double from, double to, bool expected) =>
        Assert.Equal(expected, Nested.Along([0], 0).MayBeIn([false, true], from, to));

    [Theory]
    [InlineData(-0.6797, 0.6797, false)]
    [InlineData(-0.6798, 0.6797, true)]
    public void A_wide_one_is_so_on_both_sides(double from, double to, bool expected) =>
        Assert.Equal(expected, Nested.Along([0], 0).MayBeIn([true, false], from, to));

    [Fact]
    public void What_cannot_be_is_at_no_row_of_the_line_and_what_can_be_is_mostly_at_some()
    {
        int excluded = 0;
        int overlooked = 0;
        for (ulong seed = 1; seed <= 400; seed++)
        {
            var random = new Xoshiro256StarStar(seed, 5);
            int columns = 1 + random.NextInt32(4);
            FeatureMatrix points = RandomMatrix.Blobs(seed, 80, columns, 4, noise: 2);
            GaussianMixtureModel model = GaussianMixture.Fit(
                points, KMeans.Fit(points, new KMeansOptions { ClusterCount = 4, Starts = 1 }), new GaussianMixtureOptions()).Model;
            double[] row = RandomMatrix.Row(points, random.NextInt32(80));
            int feature = random.NextInt32(columns);
            bool[] wanted = [.. Enumerable.Range(0, 4).Select(_ => random.NextInt32(3) == 0)];
            double from = (random.NextDouble() * 12) - 6;
            double to = from + (random.NextDouble() * random.NextDouble() * 6);

            bool mayBe = model.Along(row, feature).MayBeIn(wanted, from, to);

            const int Steps = 200;
            bool isThere = Enumerable.Range(0, Steps + 1).Any(step =>
            {
                row[feature] = from + ((to - from) * step / Steps);
                return wanted[model.PredictRow(row)];
            });
            Assert.True(mayBe || !isThere, $"seed {seed}");
            excluded += mayBe ? 0 : 1;
            overlooked += mayBe && !isThere ? 1 : 0;
        }

        Assert.InRange(excluded, 100, 300);
        Assert.InRange(overlooked, 0, 40);
    }

    [Fact]
    public void A_component_without_rows_is_nowhere_and_exceeds_none()
    {
        var model = new GaussianMixtureModel([0, 1], FeatureMatrix.FromColumns([0, 3]), [[1], [1]]);
        Assert.False(model.Along([0], 0).MayBeIn([true, false], -9, 9));
        Assert.True(model.Along([0], 0).MayBeIn([false, true], -9, 9));
    }

    [Fact]
    public void Components_that_tie_are_not_told_apart() => Assert.All([true, false], first =>
        Assert.True(new GaussianMixtureModel([0.5, 0.5], FeatureMatrix.FromColumns([0, 0]), [[1], [1]]).Along([0], 0).MayBeIn([first, !first], 1, 2)));

    [Fact]
    public void Wrong_questions_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Nested.Along([0, 0], 0));
        Assert.Throws<ArgumentException>(() => Nested.Along([double.NaN], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nested.Along([0], 1));
        Assert.Throws<ArgumentException>(() => Nested.Along([0], 0).MayBeIn([true], 0, 1));
        Assert.Throws<ArgumentException>(() => Nested.Along([0], 0).MayBeIn([true, false], 1, 0));
        Assert.Throws<ArgumentException>(() => Nested.Along([0], 0).MayBeIn([true, false], double.NaN, 1));
    }
}
