using Segmentation.Numerics.Clustering;

namespace Segmentation.Numerics.Tests.Clustering;

public class KMeansTests
{
    [Fact]
    public void Four_points_on_a_line_make_two_pairs()
    {
        // Centres 0.5 and 10.5; each point is 0.5 away: 4 × 0.25.
        var model = KMeans.Fit(FeatureMatrix.FromColumns([0, 11, 1, 10]), Options(2));
        Assert.Equal(1, model.Inertia);
        Assert.Equal([0.5, 10.5], model.Centroids.Column(0).ToArray().Order());
        Assert.Equal(model.Labels[0], model.Labels[2]);
        Assert.Equal(model.Labels[1], model.Labels[3]);
        Assert.NotEqual(model.Labels[0], model.Labels[1]);
    }

    [Fact]
    public void Corners_of_a_long_rectangle_pair_along_its_short_sides()
    {
        // (0,0) (0,2) and (10,0) (10,2): centres (0,1) and (10,1), every corner 1 away.
        var model = KMeans.Fit(FeatureMatrix.FromRows([[0, 0], [0, 2], [10, 0], [10, 2]]), Options(2));
        Assert.Equal(4, model.Inertia);
        Assert.Equal([1.0, 1.0], model.Centroids.Column(1).ToArray());
    }

    [Fact]
    public void One_cluster_has_the_mean_for_its_centre_and_n_variances_for_its_inertia()
    {
        var model = KMeans.Fit(FeatureMatrix.FromColumns([2, 4, 4, 4, 5, 5, 7, 9]), Options(1));
        Assert.Equal(5, model.Centroids[0, 0]);
        Assert.Equal(32, model.Inertia);
    }

    [Fact]
    public void As_many_clusters_as_points_leave_nothing_over()
    {
        var model = KMeans.Fit(FeatureMatrix.FromColumns([3, 1, 4, 1.5, 9, 2.6]), Options(6));
        Assert.Equal(0, model.Inertia);
        Assert.Equal(6, model.Labels.Distinct().Count());
    }

    [Fact]
    public void A_tie_goes_to_the_lowest_cluster()
    {
        var rule = new NearestCentroid(FeatureMatrix.FromColumns([2, 0, 2]));
        Assert.Equal(0, rule.PredictRow([1]));
        Assert.Equal([0, 0, 1], rule.Predict(FeatureMatrix.FromColumns([1, 2, 0.9])));
    }

    [Fact]
    public void Centres_that_are_carried_on_with_are_those_that_a_start_would_have_come_to()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var points = RandomMatrix.Blobs(seed, 300, 3, 5, noise: 1);
            KMeansOptions options = Options(5, seed) with { Tolerance = 0 };
            KMeansModel fitted = KMeans.Fit(points, options);

            KMeansModel again = KMeans.Refine(points, fitted.Centroids, options);
            KMeansModel near = KMeans.Refine(points, Shifted(fitted.Centroids, 0.01), options);

            Assert.Equal(fitted.Labels, again.Labels);
            Assert.Equal(fitted.Inertia, again.Inertia);
            Assert.True(near.Inertia <= fitted.Inertia * (1 + 1e-9), $"seed {seed}: {near.Inertia} from near {fitted.Inertia}");
        }
    }

    [Fact]
    public void Centres_of_other_features_or_too_many_are_refused()
    {
        var points = FeatureMatrix.FromColumns([1, 2, 3]);
        Assert.Throws<ArgumentException>(() => KMeans.Refine(points, FeatureMatrix.FromRows([[0, 0]]), Options(1)));
        Assert.Throws<ArgumentException>(() => KMeans.Refine(points, FeatureMatrix.FromColumns([1, 2, 3, 4]), Options(1)));
    }

    [Fact]
    public void Prediction_of_the_rows_of_the_fit_gives_their_labels_and_inertia()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var points = RandomMatrix.Blobs(seed, 300, 3, 5, noise: 3);
            var model = KMeans.Fit(points, Options(4, seed) with { Starts = 2 });
            int[] labels = model.Predict(points);
            Assert.True(model.Labels.AsSpan().SequenceEqual(labels), $"seed {seed}");
            double inertia = 0;
            for (int i = 0; i < points.Rows; i++)
            {
                double[] row = RandomMatrix.Row(points, i);
                Assert.Equal(labels[i], model.PredictRow(row));
                inertia += row.Select((value, j) => value - model.Centroids[labels[i], j]).Sum(t => t * t);
            }

            Assert.Equal(inertia, model.Inertia, 1e-12 * inertia);
        }
    }

    [Fact]
    public void More_iterations_never_raise_the_inertia()
    {
        var points = RandomMatrix.Blobs(5, 500, 2, 8, noise: 3);
        double before = double.PositiveInfinity;
        for (int iterations = 1; iterations < 40; iterations++)
        {
            double inertia = KMeans.Fit(points, Options(7) with { Starts = 1, MaxIterations = iterations, Tolerance = 0 }).Inertia;
            Assert.True(inertia <= before, $"{iterations} iterations: {inertia:R} after {before:R}");
            before = inertia;
        }
    }

    [Fact]
    public void Greedy_seeding_finds_every_one_of_well_separated_blobs_in_one_start()
    {
        var points = FeatureMatrix.FromColumns([.. Enumerable.Range(0, 200).Select(i => ((i % 10) * 1000.0) + (i / 10))]);
        var model = KMeans.Fit(points, Options(10) with { Starts = 1 });

        // Ten runs of 20 consecutive integers: 10 × 20 × (20² − 1)/12.
        Assert.Equal(6650, model.Inertia, 1e-9);
    }

    [Fact]
    public void Fewer_points_that_differ_than_clusters_make_fewer_clusters_none_of_them_empty()
    {
        var points = FeatureMatrix.FromColumns([1, 2, 1, 2, 3, 3, 1], [0, 0, 0, 0, 0, 0, 0]);
        foreach (var initialization in Enum.GetValues<KMeansInitialization>())
        {
            var model = KMeans.Fit(points, Options(5) with { Initialization = initialization });
            Assert.Equal(3, model.Centroids.Rows);
            Assert.Equal(0, model.Inertia);
            Assert.Equal([0, 1, 2], model.Labels.Distinct().Order());
        }
    }

    [Fact]
    public void Points_that_are_all_equal_make_one_cluster()
    {
        var model = KMeans.Fit(FeatureMatrix.FromColumns([.. Enumerable.Repeat(0.1, 50)]), Options(3));
        Assert.Equal(1, model.Centroids.Rows);
        Assert.All(model.Labels, label => Assert.Equal(0, label));
        Assert.Equal(0, model.Inertia, 1e-30);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e140)]
    public void A_giant_outlier_gets_a_cluster_of_its_own_and_the_others_stay_where_they_are(double outlier)
    {
        var model = KMeans.Fit(FeatureMatrix.FromColumns([1, 2, outlier, 3, 4]), Options(2));
        Assert.Equal(1, model.Labels.Count(label => label == model.Labels[2]));
        Assert.Contains(2.5, model.Centroids.Column(0).ToArray());
        Assert.Equal(5, model.Inertia);
    }

    [Fact]
    public void All_faults_of_the_options_are_reported_together()
    {
        var options = new KMeansOptions
        {
            ClusterCount = 4,
            Starts = 0,
            Initialization = (KMeansInitialization)9,
            MaxIterations = 0,
            Tolerance = double.NaN,
            Seed = null!,
            MaxDegreeOfParallelism = 0,
        };
        string message = Assert.Throws<ArgumentException>(() => KMeans.Fit(FeatureMatrix.FromColumns([1, 2, 3]), options)).Message;
        Assert.Contains("ClusterCount is 4; expected 1 to 3, the number of rows.", message, StringComparison.Ordinal);
        Assert.All(
            ["Starts is 0", "Initialization is 9", "MaxIterations is 0", "Tolerance is NaN", "Seed is null", "MaxDegreeOfParallelism is 0"],
            fault => Assert.Contains(fault, message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_defaults_are_the_documented_ones()
    {
        var options = new KMeansOptions { ClusterCount = 2 };
        Assert.Equal((20, 300, 1e-4, 1), (options.Starts, options.MaxIterations, options.Tolerance, options.MaxDegreeOfParallelism));
        Assert.Equal(KMeansInitialization.KMeansPlusPlus, options.Initialization);
        Assert.Equal([1UL], options.Seed);
    }

    [Fact]
    public void A_row_of_another_width_or_not_a_number_is_refused()
    {
        var model = KMeans.Fit(FeatureMatrix.FromColumns([1, 2, 3], [1, 2, 3]), Options(2));
        Assert.Throws<ArgumentException>(() => model.PredictRow([1]));
        Assert.Throws<ArgumentException>(() => model.PredictRow([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => model.Predict(FeatureMatrix.FromColumns([1])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_cancelled_fit_ends(int threads) =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            KMeans.Fit(FeatureMatrix.FromColumns([1, 2, 3]), Options(2) with { MaxDegreeOfParallelism = threads }, new CancellationToken(canceled: true)));

    private static KMeansOptions Options(int clusters, ulong seed = 1) => new() { ClusterCount = clusters, Seed = [seed] };

    private static FeatureMatrix Shifted(FeatureMatrix centres, double by)
    {
        double[][] rows = new double[centres.Rows][];
        for (int c = 0; c < rows.Length; c++)
        {
            rows[c] = new double[centres.Columns];
            centres.CopyRow(c, rows[c]);
            rows[c] = [.. rows[c].Select(value => value + by)];
        }

        return FeatureMatrix.FromRows(rows);
    }
}
