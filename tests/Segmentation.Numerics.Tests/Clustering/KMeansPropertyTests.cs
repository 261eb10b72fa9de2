using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Clustering;

public class KMeansPropertyTests
{
    private const ulong Cases = 40;

    [Fact]
    public void The_fast_path_equals_its_plain_twin_to_the_bit()
    {
        for (ulong seed = 0; seed < 120; seed++)
        {
            var generator = new Xoshiro256StarStar(seed);
            int rows = 1 + generator.NextInt32(seed % 10 == 0 ? 2500 : 300);
            int columns = 1 + generator.NextInt32(6);
            int clusters = 1 + generator.NextInt32(Math.Min(rows, 12));
            var points = seed % 3 == 0 ? RandomMatrix.Grid(seed, rows, columns, 4) : RandomMatrix.Blobs(seed, rows, columns, 6, noise: 2);
            var options = new KMeansOptions
            {
                ClusterCount = clusters,
                Starts = 3,
                Seed = [seed],
                Initialization = seed % 2 == 0 ? KMeansInitialization.KMeansPlusPlus : KMeansInitialization.Random,
                MaxIterations = seed % 5 == 0 ? 3 : 100,
            };
            var fast = KMeans.Fit(points, options);
            var plain = KMeansReference.Fit(points, options);
            string message = $"seed {seed}: {rows} × {columns}, k = {clusters}, {options.Initialization}";
            Assert.True(plain.Labels.AsSpan().SequenceEqual(fast.Labels), message);
            Assert.True(plain.Inertia.Equals(fast.Inertia) && plain.Iterations == fast.Iterations, message);
            double[][] centroids = [.. Enumerable.Range(0, fast.Centroids.Rows).Select(c => RandomMatrix.Row(fast.Centroids, c))];
            Assert.True(plain.Centroids.SelectMany(row => row).SequenceEqual(centroids.SelectMany(row => row)), message);
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        for (ulong seed = 0; seed < Cases; seed++)
        {
            var points = RandomMatrix.Blobs(seed, 400, 3, 6, noise: 4);
            var options = new KMeansOptions { ClusterCount = 6, Seed = [seed], Starts = 7 };
            var one = KMeans.Fit(points, options);
            var four = KMeans.Fit(points, options with { MaxDegreeOfParallelism = 4 });
            Assert.True(one.Inertia.Equals(four.Inertia) && one.Labels.AsSpan().SequenceEqual(four.Labels) && one.Iterations == four.Iterations, $"seed {seed}");
        }
    }

    [Fact]
    public void The_order_of_the_rows_leaves_the_clusters_as_they_are()
    {
        for (ulong seed = 0; seed < Cases; seed++)
        {
            var points = RandomMatrix.Blobs(seed, 300, 2, 4);
            int[] order = RandomMatrix.Permutation(seed, points.Rows);
            var straight = Fit(points);
            var permuted = Fit(points.SelectRows(order));
            AssertNear(straight.Inertia, permuted.Inertia, $"seed {seed}");
            Assert.True(AdjustedRandIndex.Score(permuted.Labels, [.. order.Select(i => straight.Labels[i])]) == 1, $"seed {seed}");
        }
    }

    [Fact]
    public void Scaling_by_a_power_of_two_scales_the_inertia_by_its_square_exactly()
    {
        for (ulong seed = 0; seed < Cases; seed++)
        {
            var points = RandomMatrix.Blobs(seed, 200, 3, 5, noise: 3);
            var straight = Fit(points);
            var scaled = Fit(RandomMatrix.Map(points, value => value * 8));
            Assert.True((straight.Inertia * 64).Equals(scaled.Inertia) && straight.Labels.AsSpan().SequenceEqual(scaled.Labels), $"seed {seed}");
        }
    }

    [Fact]
    public void Moving_all_points_changes_nothing_but_the_centres()
    {
        for (ulong seed = 0; seed < Cases; seed++)
        {
            var points = RandomMatrix.Blobs(seed, 200, 2, 4);
            var straight = Fit(points);
            var moved = Fit(RandomMatrix.Map(points, value => value + 1e6));
            AssertNear(straight.Inertia, moved.Inertia, $"seed {seed}", 1e-7);
            Assert.True(AdjustedRandIndex.Score(straight.Labels, moved.Labels) == 1, $"seed {seed}");
        }
    }

    [Fact]
    public void Every_point_twice_doubles_the_inertia()
    {
        for (ulong seed = 0; seed < Cases; seed++)
        {
            var points = RandomMatrix.Blobs(seed, 200, 2, 4);
            int[] twice = [.. Enumerable.Range(0, 400).Select(i => i % 200)];
            AssertNear(2 * Fit(points).Inertia, Fit(points.SelectRows(twice)).Inertia, $"seed {seed}");
        }
    }

    [Fact]
    public void No_cluster_of_a_model_is_empty_and_no_number_is_NaN()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var points = RandomMatrix.Grid(seed, 30, 2, 3);
            int distinct = Enumerable.Range(0, 30).Select(i => (points[i, 0], points[i, 1])).Distinct().Count();
            var model = KMeans.Fit(points, new KMeansOptions { ClusterCount = 7, Seed = [seed], Starts = 2, Initialization = (KMeansInitialization)(seed % 2) });
            Assert.True(model.Centroids.Rows == Math.Min(7, distinct), $"seed {seed}: {model.Centroids.Rows} clusters of {distinct} points");
            Assert.True(model.Labels.Distinct().Count() == model.Centroids.Rows, $"seed {seed}");
            Assert.True(double.IsFinite(model.Inertia), $"seed {seed}");
        }
    }

    private static KMeansModel Fit(FeatureMatrix points) => KMeans.Fit(points, new KMeansOptions { ClusterCount = 4 });

    private static void AssertNear(double expected, double found, string message, double relative = 1e-10) =>
        Assert.True(Math.Abs(expected - found) <= relative * expected, $"{message}: expected {expected:R}, found {found:R}");
}
