using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Selection;

public class MeasureTests
{
    /// <summary>0 and 1 in one cluster, 10 and 11 in the other.</summary>
    private static readonly FeatureMatrix Pairs = FeatureMatrix.FromColumns([0, 10, 1, 11]);
    private static readonly int[] PairLabels = [0, 1, 0, 1];

    [Fact]
    public void Silhouette_of_two_pairs()
    {
        // 0: a = 1, b = (10 + 11)/2 → 9.5/10.5. 1: a = 1, b = (9 + 10)/2 → 8.5/9.5. The other pair mirrors them.
        Assert.Equal(((9.5 / 10.5) + (8.5 / 9.5)) / 2, Silhouette.Mean(Pairs, PairLabels, 2)!.Value, 1e-15);
    }

    [Fact]
    public void Silhouette_of_a_point_alone_in_its_cluster_is_0()
    {
        // 0: (10 − 1)/10. 1: (9 − 1)/9. 10 is alone.
        Assert.Equal((0.9 + (8.0 / 9) + 0) / 3, Silhouette.Mean(FeatureMatrix.FromColumns([0, 1, 10]), [0, 0, 1], 2)!.Value, 1e-15);
        Assert.Equal(0, Silhouette.Mean(FeatureMatrix.FromColumns([0, 1, 10]), [0, 1, 2], 3));
    }

    [Fact]
    public void Davies_Bouldin_of_two_pairs()
    {
        // Spread 0.5 each, centres 0.5 and 10.5: (0.5 + 0.5)/10.
        Assert.Equal(0.1, DaviesBouldin.Score(Pairs, PairLabels, 2)!.Value, 1e-16);
    }

    [Fact]
    public void Calinski_Harabasz_of_two_pairs()
    {
        // Between: 2·5² + 2·5² = 100 with 1 degree of freedom. Within: 4·0.5² = 1 with 2.
        Assert.Equal(200, CalinskiHarabasz.Score(Pairs, PairLabels, 2)!.Value, 1e-12);
    }

    [Fact]
    public void A_cluster_without_rows_counts_for_nothing()
    {
        int[] spread = [0, 3, 0, 3];
        Assert.Equal(Silhouette.Mean(Pairs, PairLabels, 2), Silhouette.Mean(Pairs, spread, 5));
        Assert.Equal(DaviesBouldin.Score(Pairs, PairLabels, 2), DaviesBouldin.Score(Pairs, spread, 5));
        Assert.Equal(CalinskiHarabasz.Score(Pairs, PairLabels, 2), CalinskiHarabasz.Score(Pairs, spread, 5));
    }

    [Fact]
    public void What_is_undefined_has_no_value()
    {
        int[] one = [0, 0, 0, 0];
        Assert.Null(Silhouette.Mean(Pairs, one, 3));
        Assert.Null(Silhouette.Sampled(Pairs, one, 3, 2, 1));
        Assert.Null(DaviesBouldin.Score(Pairs, one, 3));
        Assert.Null(CalinskiHarabasz.Score(Pairs, one, 3));
        Assert.Null(CalinskiHarabasz.Score(Pairs, [0, 1, 2, 3], 4));
        Assert.Null(CalinskiHarabasz.Score(FeatureMatrix.FromColumns([1, 1, 2, 2]), [0, 0, 1, 1], 2));
        Assert.Null(DaviesBouldin.Score(FeatureMatrix.FromColumns([0, 2, 1, 1]), [0, 0, 1, 1], 2));
    }

    [Fact]
    public void Points_that_are_all_equal_have_a_silhouette_of_0_and_no_ratio()
    {
        var points = FeatureMatrix.FromColumns([0.1, 0.1, 0.1]);
        Assert.Equal(0, Silhouette.Mean(points, [0, 1, 1], 2));
        Assert.Null(DaviesBouldin.Score(points, [0, 1, 1], 2));
        Assert.Null(CalinskiHarabasz.Score(points, [0, 1, 1], 2));
    }

    [Fact]
    public void Every_row_on_its_centroid_gives_a_Davies_Bouldin_of_0() =>
        Assert.Equal(0, DaviesBouldin.Score(FeatureMatrix.FromColumns([1, 1, 2, 2]), [0, 0, 1, 1], 2));

    [Fact]
    public void Labels_that_do_not_fit_are_refused_with_their_place()
    {
        Assert.Contains("3 labels were given; expected 4", Assert.Throws<ArgumentException>(() => Silhouette.Mean(Pairs, [0, 1, 0], 2)).Message, StringComparison.Ordinal);
        Assert.Contains("row 2 is 2; expected 0 to 1", Assert.Throws<ArgumentException>(() => DaviesBouldin.Score(Pairs, [0, 1, 2, 0], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CalinskiHarabasz.Score(Pairs, [0, 1, -1, 0], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Silhouette.Sampled(Pairs, PairLabels, 2, 1, 1));
    }

    [Fact]
    public void The_fast_silhouette_equals_its_plain_twin_to_the_bit_on_any_number_of_threads()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var generator = new Xoshiro256StarStar(seed);
            int rows = 2 + generator.NextInt32(100);
            int clusters = 2 + generator.NextInt32(6);
            var points = seed % 3 == 0 ? RandomMatrix.Grid(seed, rows, 2, 3) : RandomMatrix.Blobs(seed, rows, 1 + (int)(seed % 5), 3);
            int[] labels = RandomMatrix.Labels(seed, rows, clusters);
            double? plain = PlainSilhouette(points, labels, clusters);
            double? fast = Silhouette.Mean(points, labels, clusters);
            Assert.True(plain.Equals(fast), $"seed {seed}: expected {plain:R}, found {fast:R}");
            Assert.True(fast.Equals(Silhouette.Mean(points, labels, clusters, maxDegreeOfParallelism: 3)), $"seed {seed}");
            Assert.True(fast is null or (>= -1 and <= 1), $"seed {seed}: {fast:R}");
        }
    }

    [Fact]
    public void Measures_do_not_change_with_place_and_scale_and_names_of_clusters()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            var points = RandomMatrix.Blobs(seed, 120, 3, 4);
            int[] labels = KMeans.Fit(points, new KMeansOptions { ClusterCount = 4, Seed = [seed], Starts = 2 }).Labels;
            var moved = RandomMatrix.Map(points, value => (value * 3) + 100);
            int[] renamed = Array.ConvertAll(labels, label => (label + 1) % 4);
            AssertNear(Silhouette.Mean(points, labels, 4)!.Value, Silhouette.Mean(moved, renamed, 4)!.Value, seed);
            AssertNear(DaviesBouldin.Score(points, labels, 4)!.Value, DaviesBouldin.Score(moved, renamed, 4)!.Value, seed);
            AssertNear(CalinskiHarabasz.Score(points, labels, 4)!.Value, CalinskiHarabasz.Score(moved, renamed, 4)!.Value, seed);
        }
    }

    [Fact]
    public void A_sample_is_within_four_standard_errors_and_is_the_same_again()
    {
        var points = RandomMatrix.Blobs(9, 1000, 3, 5, noise: 3);
        int[] labels = KMeans.Fit(points, new KMeansOptions { ClusterCount = 5, Starts = 3 }).Labels;
        double exact = Silhouette.Mean(points, labels, 5)!.Value;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var sample = Silhouette.Sampled(points, labels, 5, 200, seed)!;
            Assert.Equal(200, sample.SampleSize);
            Assert.True(Math.Abs(sample.Mean - exact) <= 4 * sample.StandardError, $"seed {seed}: {sample} of {exact}");
            Assert.InRange(sample.StandardError, 1e-4, 0.05);
            Assert.Equal(sample, Silhouette.Sampled(points, labels, 5, 200, seed, maxDegreeOfParallelism: 3));
        }

        Assert.Equal(new SampledSilhouette(exact, 0, 1000), Silhouette.Sampled(points, labels, 5, 5000, 1));
    }

    [Fact]
    public void A_cancelled_silhouette_ends()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => Silhouette.Mean(Pairs, PairLabels, 2, 1, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => Silhouette.Mean(Pairs, PairLabels, 2, 2, cancelled));
    }

    private static void AssertNear(double expected, double found, ulong seed) =>
        Assert.True(Math.Abs(expected - found) <= 1e-9 * Math.Abs(expected), $"seed {seed}: expected {expected:R}, found {found:R}");

    /// <summary>The definition, one pair at a time; sums in the library's lanes, clusters and rows in its order.</summary>
    private static double? PlainSilhouette(FeatureMatrix points, int[] labels, int clusters)
    {
        if (labels.Distinct().Count() < 2)
        {
            return null;
        }

        double[][] rows = [.. Enumerable.Range(0, points.Rows).Select(i => RandomMatrix.Row(points, i))];
        var coefficients = new List<double>();
        foreach (int i in Enumerable.Range(0, rows.Length).OrderBy(i => labels[i]))
        {
            double a = 0;
            double b = double.PositiveInfinity;
            int own = labels.Count(label => label == labels[i]);
            for (int c = 0; c < clusters; c++)
            {
                double[] lanes = new double[8];
                int size = 0;
                for (int o = 0; o < rows.Length; o++)
                {
                    if (labels[o] == c)
                    {
                        lanes[size++ % 8] += Math.Sqrt(rows[o].Zip(rows[i], (x, y) => x - y).Aggregate(0.0, (sum, t) => sum + (t * t)));
                    }
                }

                double distance = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
                if (c == labels[i])
                {
                    a = distance / (own - 1);
                }
                else if (size > 0)
                {
                    b = Math.Min(b, distance / size);
                }
            }

            coefficients.Add(own == 1 || Math.Max(a, b) == 0 ? 0 : (b - a) / Math.Max(a, b));
        }

        return RandomMatrix.PlainSum(coefficients.ToArray()) / rows.Length;
    }
}
