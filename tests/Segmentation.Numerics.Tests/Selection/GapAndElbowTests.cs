using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Selection;

public class GapAndElbowTests
{
    [Fact]
    public void The_gap_is_the_mean_of_the_reference_logarithms_less_that_of_the_data()
    {
        // Two sets with W of 2e and 2e³ in 2 rows: ln(W/2) = 1 and 3, mean 2, deviation 1. The data: ln(2/2) = 0.
        var points = FeatureMatrix.FromColumns([0, 1]);
        var gaps = GapStatistic.Score(points, [2], [1], (_, seed) => [2 * Math.Exp(seed[^1] == 0 ? 1 : 3)], referenceSets: 2);
        Assert.Equal(2, gaps[0].Value!.Value, 1e-14);
        Assert.Equal(Math.Sqrt(1.5), gaps[0].Deviation!.Value, 1e-14);
    }

    [Fact]
    public void Reference_rows_fill_the_range_of_the_points_and_no_more()
    {
        var points = FeatureMatrix.FromColumns([2, 4, 3], [7, 7, 7]);
        GapStatistic.Score(new WeightedPoints(points, [100, 100, 100]), [1], [1], (set, _) =>
        {
            Assert.Equal(50, set.Rows);
            Assert.All(set.Column(0).ToArray(), value => Assert.InRange(value, 2, 4));
            Assert.All(set.Column(1).ToArray(), value => Assert.Equal(7, value));
            return [1];
        }, referenceRows: 50);
    }

    [Fact]
    public void Three_blobs_have_their_gap_at_3_and_one_at_1()
    {
        Assert.Equal(3, ChooseK(RandomMatrix.Blobs(2, 200, 2, 3, noise: 0.4)));
        Assert.Equal(1, ChooseK(FeatureMatrix.FromRows([.. Enumerable.Range(0, 200).Select(i => new[] { (i * 0.618) % 1, (i * 0.7548) % 1 })])));
    }

    [Fact]
    public void An_inertia_of_0_has_no_gap_and_no_number_that_is_not_finite()
    {
        Assert.Equal(new Gap(null, null), GapStatistic.Score(FeatureMatrix.FromColumns([1, 1]), [0], [1], (_, _) => [0.0])[0]);
        Assert.Equal(new Gap(null, null), GapStatistic.Score(FeatureMatrix.FromColumns([1, 1, 2]), [4e-29], [1], (_, _) => [1.0])[0]);
        Assert.NotNull(GapStatistic.Score(FeatureMatrix.FromColumns([1, 1, 2]), [4e-20], [1], (_, _) => [1.0])[0].Value);
        Assert.Null(GapStatistic.ChooseK([(1, new Gap(null, null)), (2, new Gap(1, 0.1))]));
        Assert.Throws<ArgumentException>(() => GapStatistic.Score(FeatureMatrix.FromColumns([1, 2]), [1], [1], (_, _) => []));
    }

    [Fact]
    public void The_elbow_is_where_the_curve_bends()
    {
        Assert.Equal(3, Elbow.Find([1, 2, 3, 4, 5, 6], [100, 60, 20, 15, 10, 5]));
        Assert.Equal(4, Elbow.Find([2, 4, 8, 16], [9, 3, 2, 1]));
    }

    [Fact]
    public void A_straight_a_rising_or_a_short_curve_has_no_elbow()
    {
        Assert.Null(Elbow.Find([1, 2, 3], [3, 2, 1]));
        Assert.Null(Elbow.Find([1, 2, 3], [1, 2, 5]));
        Assert.Null(Elbow.Find([1, 2, 3], [1, 1, 1]));
        Assert.Null(Elbow.Find([1, 2], [3, 1]));
        Assert.Null(Elbow.Find([], []));
        Assert.Throws<ArgumentException>(() => Elbow.Find([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => Elbow.Find([2, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Elbow.Find([1, 2], [1, double.NaN]));
    }

    private static int? ChooseK(FeatureMatrix points)
    {
        int[] ks = [1, 2, 3, 4, 5];
        double[] Inertias(FeatureMatrix set) => [.. ks.Select(k => KMeans.Fit(set, new KMeansOptions { ClusterCount = k, Starts = 5 }).Inertia)];
        var gaps = GapStatistic.Score(points, Inertias(points), [1], (set, _) => Inertias(set));
        return GapStatistic.ChooseK([.. ks.Zip(gaps)]);
    }
}
