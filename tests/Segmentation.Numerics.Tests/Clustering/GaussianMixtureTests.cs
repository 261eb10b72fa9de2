using Segmentation.Numerics.Clustering;

namespace Segmentation.Numerics.Tests.Clustering;

public class GaussianMixtureTests
{
    [Fact]
    public void One_component_has_the_mean_and_the_covariance_of_the_rows_and_the_floor()
    {
        // Rows (−1, 0), (1, 0): variances 1 and 0, covariance 0. ln L = −½ Σ (d ln 2π + ln|Σ| + quadratic form).
        var points = FeatureMatrix.FromRows([[-1, 0], [1, 0]]);
        GaussianMixtureFit fit = Fit(points, 1, new GaussianMixtureOptions { CovarianceFloor = 0.25 });
        Assert.Equal([1.25, 0, 0, 0.25], fit.Model.Covariances[0]);
        Assert.Equal([1.0], fit.Model.Weights);
        double expected = -(2 * Math.Log(2 * Math.PI)) - Math.Log(1.25 * 0.25) - (1 / 1.25);
        Assert.Equal(expected, fit.LogLikelihood, 1e-13);
        Assert.Equal((-2 * expected) + (5 * Math.Log(2)), fit.Bic, 1e-13);
    }

    [Theory]
    [InlineData(1, 200, 2, 3)]
    [InlineData(2, 131, 3, 4)]
    [InlineData(3, 60, 1, 2)]
    public void The_fit_is_that_of_a_plain_one(ulong seed, int rows, int columns, int clusters)
    {
        FeatureMatrix points = RandomMatrix.Blobs(seed, rows, columns, clusters, noise: 1.5);
        var start = KMeans.Fit(points, new KMeansOptions { ClusterCount = clusters });
        GaussianMixtureFit fit = GaussianMixture.Fit(points, start, new GaussianMixtureOptions());

        var plain = GaussianMixtureReference.Fit(points, start.Labels, clusters, 0.01, fit.Iterations);

        Assert.Equal(plain.LogLikelihood, fit.LogLikelihood, 1e-8);
        for (int c = 0; c < clusters; c++)
        {
            Assert.Equal(plain.Weights[c], fit.Model.Weights[c], 1e-9);
            for (int j = 0; j < columns; j++)
            {
                Assert.Equal(plain.Means[c][j], fit.Model.Means[c, j], 1e-8);
                Assert.Equal(plain.Covariances[c][j, 0], fit.Model.Covariances[c][j * columns], 1e-8);
            }
        }
    }

    [Fact]
    public void One_row_is_predicted_as_all_and_probabilities_sum_to_1()
    {
        FeatureMatrix points = RandomMatrix.Blobs(4, 300, 3, 4, noise: 2);
        GaussianMixtureFit fit = Fit(points, 4);
        Assert.Equal(fit.Labels, fit.Model.Predict(points));
        for (int i = 0; i < points.Rows; i++)
        {
            double[] row = RandomMatrix.Row(points, i);
            Assert.Equal(fit.Labels[i], fit.Model.PredictRow(row));
            double[] probabilities = fit.Model.PredictProbabilities(row);
            Assert.Equal(1, probabilities.Sum(), 1e-12);
            Assert.Equal(probabilities.Max(), probabilities[fit.Labels[i]]);
        }
    }

    [Fact]
    public void A_model_of_stored_parameters_predicts_the_same()
    {
        FeatureMatrix points = RandomMatrix.Blobs(6, 200, 2, 3, noise: 2);
        GaussianMixtureModel model = Fit(points, 3).Model;
        var restored = new GaussianMixtureModel(model.Weights, model.Means, model.Covariances);
        Assert.Equal(model.Predict(points), restored.Predict(points));
        Assert.Equal(model.PredictProbabilities([1, 2]), restored.PredictProbabilities([1, 2]));
    }

    [Fact]
    public void Ties_and_constants_and_outliers_leave_every_figure_finite()
    {
        FeatureMatrix[] sets =
        [
            FeatureMatrix.FromRows([[0, 0], [0, 0], [0, 0], [5, 5]]),
            FeatureMatrix.FromRows([.. Enumerable.Range(0, 40).Select(i => new[] { i % 2, 7.0 })]),
            FeatureMatrix.FromRows([.. Enumerable.Range(0, 40).Select(i => new[] { i == 0 ? 1e9 : i * 0.01, 0 })]),
            FeatureMatrix.FromRows([.. Enumerable.Range(0, 40).Select(i => new[] { i == 0 ? 1e140 : 0, i })]),
            RandomMatrix.Grid(3, 50, 3, 2),
        ];
        foreach (FeatureMatrix points in sets)
        {
            for (int k = 1; k <= 4; k++)
            {
                GaussianMixtureFit fit = Fit(points, k);
                Assert.True(double.IsFinite(fit.Bic));
                Assert.All(fit.Model.Weights, weight => Assert.InRange(weight, 0, 1.0000001));
                Assert.All(fit.Model.Covariances, covariance => Assert.All(covariance, value => Assert.True(double.IsFinite(value))));
                Assert.All(fit.Model.PredictProbabilities(RandomMatrix.Row(points, 0)), value => Assert.InRange(value, 0, 1));
            }
        }
    }

    [Fact]
    public void A_tight_cluster_beside_a_wide_one_is_told_apart_where_k_means_cuts_the_wide_one()
    {
        var generator = new Xoshiro256StarStar(9);
        FeatureMatrix points = FeatureMatrix.FromRows([.. Enumerable.Range(0, 400).Select(i => i % 2 == 0
            ? new[] { Spread(0.5), Spread(0.5) }
            : [5 + Spread(8), Spread(8)])]);
        int[] truth = [.. Enumerable.Range(0, 400).Select(i => i % 2)];
        var start = KMeans.Fit(points, new KMeansOptions { ClusterCount = 2 });
        Assert.True(Share(start.Labels) < 0.95);
        Assert.True(Share(GaussianMixture.Fit(points, start, new GaussianMixtureOptions()).Labels) > 0.98);

        double Spread(double width) => (generator.NextDouble() - 0.5) * width;
        double Share(int[] labels)
        {
            double same = labels.Zip(truth).Count(pair => pair.First == pair.Second) / 400.0;
            return Math.Max(same, 1 - same);
        }
    }

    [Fact]
    public void Faults_are_refused_together()
    {
        FeatureMatrix points = FeatureMatrix.FromColumns([1, 2, 3]);
        var start = KMeans.Fit(points, new KMeansOptions { ClusterCount = 2 });
        string message = Assert.Throws<ArgumentException>(() => GaussianMixture.Fit(
            points, start, new GaussianMixtureOptions { CovarianceFloor = 0, MaxIterations = 0, Tolerance = double.NaN })).Message;
        Assert.Contains("CovarianceFloor", message, StringComparison.Ordinal);
        Assert.Contains("MaxIterations", message, StringComparison.Ordinal);
        Assert.Contains("Tolerance", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GaussianMixture.Fit(FeatureMatrix.FromColumns([1, 2]), start, new GaussianMixtureOptions()));
        Assert.Throws<ArgumentException>(() => new GaussianMixtureModel([0, 0], FeatureMatrix.FromColumns([1, 2]), [[1], [1]]));
        Assert.Throws<ArgumentException>(() => new GaussianMixtureModel([1], FeatureMatrix.FromColumns([1]), [[double.NaN]]));
        var model = new GaussianMixtureModel([1], FeatureMatrix.FromColumns([1]), [[1]]);
        Assert.Throws<ArgumentException>(() => model.PredictRow([double.NaN]));
        Assert.Throws<ArgumentException>(() => model.Predict(FeatureMatrix.FromColumns([1], [2])));
    }

    private static GaussianMixtureFit Fit(FeatureMatrix points, int clusters, GaussianMixtureOptions? options = null) =>
        GaussianMixture.Fit(points, KMeans.Fit(points, new KMeansOptions { ClusterCount = clusters }), options ?? new GaussianMixtureOptions());
}
