using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Selection;

public class SingleSilhouetteTests
{
    [Fact]
    public void Tiles_in_plain_numbers_give_the_same_bits_as_in_vectors()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var generator = new Xoshiro256StarStar(seed);
            int rows = 1 + generator.NextInt32(700);
            WeightedPoints points = Weighted(RandomMatrix.Blobs(seed, rows, 1 + (int)(seed % 7), 3), seed % 2 == 0 ? 1 : 5);
            SinglePoints single = new DistanceBlocks(new Partition(points, new int[rows], 1)).Points;
            int row = generator.NextInt32(rows) / DistanceTile.RowsAtOnce * DistanceTile.RowsAtOnce;
            int from = generator.NextInt32(rows) / DistanceTile.Lanes * DistanceTile.Lanes;
            double[] rowSums = [1, 2, 3, 4];
            double[] plainRowSums = [1, 2, 3, 4];
            float[] pointSums = new float[single.Stride];
            float[] plainPointSums = new float[single.Stride];

            DistanceTile.Add(single, row, single, from, rows, rowSums, pointSums);
            DistanceTile.InPlainNumbers(single, row, single, from, rows, plainRowSums, plainPointSums);

            Assert.True(rowSums.SequenceEqual(plainRowSums), $"seed {seed}");
            Assert.True(pointSums.SequenceEqual(plainPointSums), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 3, 10)]
    [InlineData(4, 8, 5)]
    [InlineData(5, 30, 4)]
    public void The_mean_is_that_in_double_precision(ulong seed, int columns, int clusters)
    {
        var points = RandomMatrix.Blobs(seed, 2_500, columns, clusters, noise: 2);
        int[] labels = KMeans.Fit(points, new KMeansOptions { ClusterCount = clusters, Starts = 2 }).Labels;
        AssertIsThatInDoubles(points, labels, clusters);
    }

    [Theory]
    [InlineData(1e-130, 0)]
    [InlineData(1e-145, 0)]
    [InlineData(5e-322, 0)]
    [InlineData(1e130, 0)]
    [InlineData(1, 1e7)]
    [InlineData(1e-6, -3)]
    public void Neither_place_nor_scale_matter(double scale, double place)
    {
        var points = RandomMatrix.Map(RandomMatrix.Blobs(6, 1_500, 3, 4), value => (value * scale) + place);
        AssertIsThatInDoubles(points, RandomMatrix.Labels(6, 1_500, 4), 4);
    }

    [Fact]
    public void Values_in_few_steps_are_rounded_no_worse()
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            // Many equal distances: what is lost of one is lost of all.
            var points = RandomMatrix.Map(RandomMatrix.Grid(seed, 3_000, 1 + (int)(seed % 3), 2 + (int)seed), value => Math.Sqrt(value + 0.1));
            AssertIsThatInDoubles(points, RandomMatrix.Labels(seed, 3_000, 3), 3);
            int[] byValue = Array.ConvertAll(points.Column(0).ToArray(), value => value < 1 ? 0 : 1);
            AssertIsThatInDoubles(points, byValue, 2);
        }
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e9)]
    [InlineData(1e25)]
    [InlineData(1e120)]
    public void Rows_that_are_close_beside_one_that_is_far_are_measured_as_well(double far)
    {
        double[] values = [.. RandomMatrix.Blobs(7, 1_500, 1, 3).Column(0).ToArray().Select((value, i) => i == 0 ? far : value)];
        int[] labels = Array.ConvertAll(values, value => value < 0 ? 0 : 1);
        AssertIsThatInDoubles(FeatureMatrix.FromColumns(values), labels, 2);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-7)]
    [InlineData(1e-12)]
    public void Clusters_whose_points_nearly_coincide_are_told_apart(double distance)
    {
        // Two pairs of heaps: within a pair they are near to each other, from the other pair they are far.
        var noise = RandomMatrix.Blobs(8, 2_000, 2, 1, noise: distance / 10);
        double[][] columns = [.. Enumerable.Range(0, 2).Select(j => Enumerable.Range(0, 2_000).Select(i => noise[i, j] + (i % 2) + (i / 2 % 2 * distance)).ToArray())];
        AssertIsThatInDoubles(FeatureMatrix.FromColumns(columns), [.. Enumerable.Range(0, 2_000).Select(i => i % 4)], 4);
    }

    [Fact]
    public void Heaps_of_equal_points_have_a_silhouette_of_1_and_one_heap_of_0()
    {
        int[] labels = [.. Enumerable.Range(0, 2_000).Select(i => i % 2)];
        double[] values = Array.ConvertAll(labels, label => label == 0 ? 0.1 : 0.7);
        Assert.Equal(1, Silhouette.Mean(FeatureMatrix.FromColumns(values, values), labels, 2));
        Assert.Equal(0, Silhouette.Mean(FeatureMatrix.FromColumns(new double[2_000]), labels, 2));
        Assert.Equal(0, Silhouette.Mean(FeatureMatrix.FromColumns(Array.ConvertAll(labels, _ => 0.1)), labels, 2));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1L << 15)]
    public void Weighted_points_are_measured_as_in_double_precision(long most)
    {
        WeightedPoints points = Weighted(RandomMatrix.Blobs(9, 2_100, 3, 4, noise: 1), most);
        AssertIsThatInDoubles(points, RandomMatrix.Labels(9, 2_100, 4), 4);
        AssertIsThatInDoubles(points, KMeans.Fit(points, new KMeansOptions { ClusterCount = 4 }).Labels, 4);
    }

    [Fact]
    public void A_weight_beyond_whole_numbers_of_single_precision_counts()
    {
        var points = RandomMatrix.Blobs(10, 1_100, 2, 2, noise: 2);
        long[] weights = [.. Enumerable.Range(0, 1_100).Select(i => i < 2 ? 500_000_001L + i : 1)];
        AssertIsThatInDoubles(new WeightedPoints(points, weights), RandomMatrix.Labels(10, 1_100, 3), 3);
    }

    [Fact]
    public void Copies_are_measured_as_one_point_of_their_weight()
    {
        WeightedPoints points = Weighted(RandomMatrix.Blobs(11, 1_100, 3, 4, noise: 1), 4);
        int[] from = [.. Enumerable.Range(0, 1_100).SelectMany(i => Enumerable.Repeat(i, (int)points.Weight(i)))];
        int[] labels = RandomMatrix.Labels(11, 1_100, 4);
        Assert.Equal(
            Silhouette.Mean(points.Points.SelectRows(from), Array.ConvertAll(from, i => labels[i]), 4)!.Value, Silhouette.Mean(points, labels, 4)!.Value, 1e-7);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(2_000)]
    public void Any_number_of_clusters_and_of_threads_gives_the_same_mean(int clusters)
    {
        // 2,000 clusters of one or two points each are more sums than are kept at a time.
        var points = RandomMatrix.Blobs(12, 3_000, 2, 5, noise: 2);
        int[] labels = RandomMatrix.Labels(12, 3_000, clusters);
        AssertIsThatInDoubles(points, labels, clusters);
        double? mean = Silhouette.Mean(points, labels, clusters);
        Assert.Equal(mean, Silhouette.Mean(points, labels, clusters, maxDegreeOfParallelism: 2));
        Assert.Equal(mean, Silhouette.Mean(points, labels, clusters, maxDegreeOfParallelism: 5));
    }

    [Fact]
    public void A_cluster_without_rows_changes_no_bit()
    {
        var points = RandomMatrix.Blobs(13, 1_700, 3, 5, noise: 2);
        int[] labels = RandomMatrix.Labels(13, 1_700, 3);
        int[] spread = Array.ConvertAll(labels, label => (label * 2) + 1);
        Assert.Equal(Silhouette.Mean(points, labels, 3), Silhouette.Mean(points, spread, 7));
    }

    [Fact]
    public void Rows_of_a_sample_have_the_coefficients_that_they_have_among_all()
    {
        WeightedPoints points = Weighted(RandomMatrix.Blobs(14, 1_500, 3, 5, noise: 2), 3);
        var partition = new Partition(points, RandomMatrix.Labels(14, 1_500, 4), 4);
        int[] places = [.. Enumerable.Range(0, 1_500).Where(i => i % 7 == 2)];
        double[] all = SingleSilhouette.Coefficients(partition, [.. Enumerable.Range(0, 1_500)], 1, default);
        double[] some = SingleSilhouette.Coefficients(partition, places, 1, default);
        Assert.All(places.Zip(some), pair => Assert.Equal(all[pair.First], pair.Second, 1e-6));
        Assert.Equal(some, SingleSilhouette.Coefficients(partition, places, 3, default));
    }

    [Fact]
    public void A_sample_is_within_four_standard_errors_and_all_rows_are_the_mean()
    {
        var points = RandomMatrix.Blobs(15, 2_000, 3, 5, noise: 3);
        int[] labels = KMeans.Fit(points, new KMeansOptions { ClusterCount = 5, Starts = 3 }).Labels;
        double exact = Silhouette.Mean(points, labels, 5)!.Value;
        var sample = Silhouette.Sampled(points, labels, 5, 300, 1)!;
        Assert.Equal(exact, sample.Mean, 4 * sample.StandardError);
        Assert.Equal(sample, Silhouette.Sampled(points, labels, 5, 300, 1, maxDegreeOfParallelism: 3));
        Assert.Equal(new SampledSilhouette(exact, 0, 2_000), Silhouette.Sampled(points, labels, 5, 2_000, 1));
    }

    [Fact]
    public void A_cancelled_silhouette_of_many_rows_ends()
    {
        var points = RandomMatrix.Blobs(16, 1_100, 2, 2);
        int[] labels = RandomMatrix.Labels(16, 1_100, 2);
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => Silhouette.Mean(points, labels, 2, 1, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => Silhouette.Mean(points, labels, 2, 2, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => Silhouette.Sampled(points, labels, 2, 10, 1, 1, cancelled));
    }

    private static WeightedPoints Weighted(FeatureMatrix points, long most)
    {
        var generator = new Xoshiro256StarStar(1, 81);
        return new WeightedPoints(points, [.. Enumerable.Range(0, points.Rows).Select(_ => 1 + (long)(generator.NextDouble() * most))]);
    }

    private static void AssertIsThatInDoubles(WeightedPoints points, int[] labels, int clusters)
    {
        var partition = new Partition(points, labels, clusters);
        double expected = DoubleSilhouette.Mean(partition, 1, default);
        Assert.Equal(expected, Silhouette.Mean(points, labels, clusters)!.Value, 1e-6);
    }
}
