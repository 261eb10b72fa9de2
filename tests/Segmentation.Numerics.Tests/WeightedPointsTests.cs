using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests;

/// <summary>A point of weight w counts like w copies of it, in every model and measure.</summary>
public class WeightedPointsTests
{
    [Fact]
    public void Weights_that_do_not_fit_are_refused_and_named()
    {
        var points = FeatureMatrix.FromColumns([1, 2, 3]);
        Assert.Contains("2 weights", Assert.Throws<ArgumentException>(() => new WeightedPoints(points, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("row 0 is 0", Assert.Throws<ArgumentException>(() => new WeightedPoints(points, [0, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("row 1 is -1", Assert.Throws<ArgumentException>(() => new WeightedPoints(points, [1, -1, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new WeightedPoints(points, [WeightedPoints.MaxTotal, 1, 1]));
    }

    [Fact]
    public void Weights_of_1_are_the_same_as_none()
    {
        var points = RandomMatrix.Blobs(1, 50, 2, 3);
        var ones = new WeightedPoints(points, [.. Enumerable.Repeat(1L, 50)]);
        Assert.False(ones.IsWeighted);
        var options = new KMeansOptions { ClusterCount = 4 };
        Assert.Equal(KMeans.Fit(points, options).Inertia, KMeans.Fit(ones, options).Inertia);
    }

    [Fact]
    public void Equal_rows_become_one_in_the_order_of_their_features()
    {
        WeightedPoints distinct = WeightedPoints.Distinct(FeatureMatrix.FromRows([[2, 1], [1, 9], [2, 1], [2, 0]]), out int[] places);
        Assert.Equal([1.0, 2.0, 2.0], distinct.Points.Column(0).ToArray());
        Assert.Equal([9.0, 0.0, 1.0], distinct.Points.Column(1).ToArray());
        Assert.Equal([1L, 1L, 2L], [distinct.Weight(0), distinct.Weight(1), distinct.Weight(2)]);
        Assert.Equal([2, 0, 2, 1], places);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Measures_of_weighted_points_are_those_of_the_copies(ulong seed)
    {
        var (points, copies, from) = WithCopies(seed, 60);
        int[] labels = RandomMatrix.Labels(seed, 60, 4);
        int[] other = RandomMatrix.Labels(seed + 9, 60, 3);
        int[] copied = [.. from.Select(i => labels[i])];
        Assert.Equal(Silhouette.Mean(copies, copied, 4)!.Value, Silhouette.Mean(points, labels, 4)!.Value, 1e-12);
        Assert.Equal(DaviesBouldin.Score(copies, copied, 4)!.Value, DaviesBouldin.Score(points, labels, 4)!.Value, 1e-10);
        Assert.Equal(CalinskiHarabasz.Score(copies, copied, 4)!.Value, CalinskiHarabasz.Score(points, labels, 4)!.Value, 1e-10);
        Assert.Equal(Inertia.Score(copies, copied, 4), Inertia.Score(points, labels, 4), 1e-9);
        Assert.Equal(AdjustedRandIndex.Score(copied, [.. from.Select(i => other[i])]), AdjustedRandIndex.Score(labels, other, points));
        Assert.Equal(ClusterJaccard.Score(copies, copied, 4, [.. from.Select(i => other[i])]), ClusterJaccard.Score(points, labels, 4, other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Models_of_weighted_points_are_those_of_the_copies(ulong seed)
    {
        var (points, copies, from) = WithCopies(seed, 80);
        var options = new KMeansOptions { ClusterCount = 3, Tolerance = 0, Starts = 50 };
        KMeansModel ofPoints = KMeans.Fit(points, options);
        KMeansModel ofCopies = KMeans.Fit(copies, options);
        Assert.Equal(ofCopies.Inertia, ofPoints.Inertia, 1e-9);
        int[] copied = [.. from.Select(i => ofPoints.Labels[i])];
        Assert.Equal(1, AdjustedRandIndex.Score(ofCopies.Labels, copied));

        GaussianMixtureFit mixture = GaussianMixture.Fit(points, ofPoints, new GaussianMixtureOptions());
        GaussianMixtureFit ofEach = GaussianMixture.Fit(copies, ofCopies, new GaussianMixtureOptions());
        Assert.Equal(ofEach.Bic, mixture.Bic, 1e-6);
        Assert.Equal(1, AdjustedRandIndex.Score(ofEach.Labels, [.. from.Select(i => mixture.Labels[i])]));

        WardTree tree = AgglomerativeClustering.Fit(points);
        WardTree treeOfCopies = AgglomerativeClustering.Fit(copies);
        for (int k = 1; k <= 6; k++)
        {
            Assert.Equal(1, AdjustedRandIndex.Score(treeOfCopies.Cut(k).Labels, [.. from.Select(i => tree.Cut(k).Labels[i])]));
            Assert.Equal(treeOfCopies.Cut(k).Inertia, tree.Cut(k).Inertia, 1e-9);
        }
    }

    [Fact]
    public void A_sampled_silhouette_of_weighted_points_is_near_the_exact_one()
    {
        var (points, _, _) = WithCopies(5, 400);
        int[] labels = KMeans.Fit(points, new KMeansOptions { ClusterCount = 3 }).Labels;
        double exact = Silhouette.Mean(points, labels, 3)!.Value;
        SampledSilhouette sampled = Silhouette.Sampled(points, labels, 3, 300, 1)!;
        Assert.Equal(300, sampled.SampleSize);
        Assert.True(sampled.StandardError > 0);
        Assert.Equal(exact, sampled.Mean, 5 * sampled.StandardError);
        Assert.Equal(exact, Silhouette.Sampled(points, labels, 3, 1_000_000, 1)!.Mean);
    }

    [Fact]
    public void A_silhouette_of_0_for_a_single_row_but_not_for_copies_of_one()
    {
        // Copies of one point: the others of the cluster are at distance 0, so the silhouette is 1. Alone: 0.
        var points = FeatureMatrix.FromColumns([0, 10]);
        Assert.Equal(0, Silhouette.Mean(points, [0, 1], 2));
        Assert.Equal(2.0 / 3, Silhouette.Mean(new WeightedPoints(points, [2, 1]), [0, 1], 2)!.Value, 1e-15);
    }

    private static (WeightedPoints Points, FeatureMatrix Copies, int[] From) WithCopies(ulong seed, int rows)
    {
        FeatureMatrix points = RandomMatrix.Blobs(seed, rows, 3, 3, noise: 1);
        var generator = new Xoshiro256StarStar(seed, 5);
        long[] weights = [.. Enumerable.Range(0, rows).Select(_ => 1L + generator.NextInt32(4))];
        int[] from = [.. weights.SelectMany((weight, i) => Enumerable.Repeat(i, (int)weight))];
        return (new WeightedPoints(points, weights), points.SelectRows(from), from);
    }
}
