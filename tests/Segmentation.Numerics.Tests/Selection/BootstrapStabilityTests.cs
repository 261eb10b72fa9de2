using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Selection;

public class BootstrapStabilityTests
{
    [Fact]
    public void A_refit_that_always_agrees_is_perfectly_stable()
    {
        int[] labels = [0, 0, 1, 1];
        var stability = BootstrapStability.MeanAdjustedRand(FeatureMatrix.FromColumns([1, 2, 3, 4]), labels, 5, [1], (_, _) => [7, 7, 3, 3]);
        Assert.Equal(1, stability.Mean);
        Assert.Equal([1.0, 1.0, 1.0, 1.0, 1.0], stability.AdjustedRand);
    }

    [Fact]
    public void The_mean_is_that_of_the_refits_in_their_order()
    {
        // The refit is told its number by the last part of its seed; odd ones disagree by −1/2.
        int[] labels = [0, 0, 1, 1];
        var stability = BootstrapStability.MeanAdjustedRand(
            FeatureMatrix.FromColumns([1, 2, 3, 4]), labels, 4, [1, 2], (_, seed) => seed[^1] % 2 == 1 ? [0, 1, 0, 1] : [0, 0, 1, 1], maxDegreeOfParallelism: 2);
        Assert.Equal([1.0, -0.5, 1.0, -0.5], stability.AdjustedRand);
        Assert.Equal(0.25, stability.Mean);
    }

    [Fact]
    public void Samples_are_drawn_with_replacement_and_differ_by_refit_and_seed()
    {
        var points = FeatureMatrix.FromColumns([.. Enumerable.Range(0, 1000).Select(i => (double)i)]);
        var samples = new List<double[]>();
        foreach (ulong seed in new ulong[] { 1, 2 })
        {
            BootstrapStability.MeanAdjustedRand(points, new int[1000], 2, [seed], (sample, _) =>
            {
                samples.Add(sample.Rows.Points.Column(0).ToArray());
                return new int[1000];
            });
        }

        // About 1 − 1/e of the rows come at least once: 632 ± 10.
        Assert.All(samples, sample => Assert.InRange(sample.Distinct().Count(), 580, 685));
        Assert.Equal(4, samples.Select(sample => sample.Sum()).Distinct().Count());
    }

    [Fact]
    public void Blobs_that_stand_apart_are_stable_and_noise_is_not()
    {
        var blobs = FeatureMatrix.FromColumns([.. Enumerable.Range(0, 300).Select(i => ((i % 3) * 100) + (i * 0.01))]);
        Assert.Equal(1, OfKMeans(blobs, 3, 1).Mean);
        var noise = RandomMatrix.Blobs(3, 300, 2, 1, noise: 3);
        Assert.InRange(OfKMeans(noise, 7, 1).Mean, 0.2, 0.9);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var points = RandomMatrix.Blobs(3, 300, 2, 1, noise: 3);
        Assert.Equal(OfKMeans(points, 5, 1).AdjustedRand, OfKMeans(points, 5, 3).AdjustedRand);
    }

    [Fact]
    public void A_sample_with_too_few_points_that_differ_is_no_error()
    {
        // Nine equal rows and three others: most samples lack one of these, so that four clusters cannot be found.
        var points = FeatureMatrix.FromColumns([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
        var stability = OfKMeans(points, 4, 1);
        Assert.All(stability.AdjustedRand, score => Assert.InRange(score, -1, 1));
        Assert.True(stability.Mean < 1);
        Assert.Equal(1, OfKMeans(FeatureMatrix.FromColumns([5, 5, 5]), 2, 1).Mean);
    }

    [Fact]
    public void Several_clusterings_share_each_refit()
    {
        var points = FeatureMatrix.FromColumns([1, 2, 3, 4]);
        int calls = 0;
        var stabilities = BootstrapStability.MeanAdjustedRand(points, [[0, 0, 1, 1], [0, 1, 2, 3]], 3, [1], (_, _) =>
        {
            calls++;
            return [[0, 1, 0, 1], [3, 2, 1, 0]];
        });
        Assert.Equal(3, calls);
        Assert.Equal([-0.5, 1.0], stabilities.Select(stability => stability.Mean));
    }

    [Fact]
    public void Faults_are_refused()
    {
        var points = FeatureMatrix.FromColumns([1, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapStability.MeanAdjustedRand(points, new int[2], 0, [1], (_, _) => new int[2]));
        Assert.ThrowsAny<Exception>(() => BootstrapStability.MeanAdjustedRand(points, new int[2], 1, [1], (_, _) => new int[3]));
    }

    private static Stability OfKMeans(FeatureMatrix points, int clusters, int threads)
    {
        var options = new KMeansOptions { ClusterCount = Math.Min(clusters, points.Rows), Seed = [1, 0, (ulong)clusters], MaxDegreeOfParallelism = threads };
        return BootstrapStability.OfKMeans(points, KMeans.Fit(points, options), options);
    }
}
