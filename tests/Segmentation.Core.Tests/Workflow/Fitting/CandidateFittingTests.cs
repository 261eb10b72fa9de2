using Segmentation.Core.Options;
using Segmentation.Core.Segments;
using Segmentation.Core.Workflow;
using Segmentation.Core.Workflow.Fitting;
using Segmentation.Numerics;
using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Tests.Workflow.Fitting;

public sealed class CandidateFittingTests
{
    private static readonly SelectionOptions Options = new() { Starts = 5 };

    [Theory]
    [InlineData(ClusterAlgorithms.KMeans)]
    [InlineData(ClusterAlgorithms.GaussianMixture)]
    [InlineData(ClusterAlgorithms.Ward)]
    public void A_summary_gives_nearly_the_figures_of_the_customers_and_says_so(string algorithm)
    {
        FeatureMatrix features = Shop(3, 3_000);
        FittedCandidate ofCustomers = Assert.Single(Fit(ModelPoints.OfCustomers(features), new CandidatePlan(algorithm, 3, 3)));
        ModelPoints summary = ModelPoints.OfSummary(ModelPoints.Summarise(features, 1_500));
        FittedCandidate ofSummary = Assert.Single(Fit(summary, new CandidatePlan(algorithm, 3, 3)));

        Assert.Null(ofCustomers.Candidate.FittedOn);
        Assert.InRange(ofSummary.Candidate.FittedOn!.Value, 300, 1_500);

        // Of a summary the nearest centre decides, and not the tree: other customers at the borders.
        bool isTree = algorithm == ClusterAlgorithms.Ward;
        Assert.Equal(1, ofSummary.Candidate.Inertia / ofCustomers.Candidate.Inertia, isTree ? 0.05 : 0.002);
        Assert.Equal(ofCustomers.Candidate.Silhouette!.Value, ofSummary.Candidate.Silhouette!.Value, isTree ? 0.05 : 0.02);
        Assert.Equal(1, ofSummary.Candidate.CalinskiHarabasz!.Value / ofCustomers.Candidate.CalinskiHarabasz!.Value, isTree ? 0.05 : 0.01);
        Assert.Equal(ofCustomers.Candidate.SmallestShare, ofSummary.Candidate.SmallestShare, isTree ? 0.05 : 0.01);
        Assert.InRange(ofSummary.Candidate.Stability!.Value, 0.9, 1);
        Assert.Equal(3, ofSummary.Candidate.ClusterStability!.Count);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(10)]
    public void Starts_on_fewer_points_end_where_those_on_all_points_do(int k)
    {
        ModelPoints summary = ModelPoints.OfSummary(ModelPoints.Summarise(Shop(6, 60_000), 40_000));
        Assert.True(summary.Points.Points.Rows > 2 * summary.TreePoints.Points.Rows);

        FittedCandidate fitted = Assert.Single(Fit(summary, new CandidatePlan(ClusterAlgorithms.KMeans, k, k)));

        KMeansModel all = KMeans.Fit(summary.Points, new KMeansOptions { ClusterCount = k, Starts = Options.Starts, Tolerance = 1e-7 }, TestContext.Current.CancellationToken);
        Assert.True(
            fitted.Candidate.Inertia - summary.WithinPoints <= all.Inertia * 1.002,
            FormattableString.Invariant($"{fitted.Candidate.Inertia - summary.WithinPoints} against {all.Inertia}"));
    }

    [Fact]
    public void A_tree_is_cut_at_every_k_of_its_plan_and_knows_its_customers()
    {
        IReadOnlyList<FittedCandidate> cuts = Fit(ModelPoints.OfCustomers(Shop(4, 400)), new CandidatePlan(ClusterAlgorithms.Ward, 2, 6));
        Assert.Equal([2, 3, 4, 5, 6], cuts.Select(cut => cut.Candidate.K));
        Assert.All(cuts, cut => Assert.Equal(400, cut.TreeLabels!.Length));
        Assert.NotNull(cuts[0].GapOfOne);
    }

    [Fact]
    public void More_customers_than_a_tree_takes_are_compressed_and_the_nearest_centre_decides()
    {
        ModelPoints points = ModelPoints.OfCustomers(Shop(5, ModelPoints.MostTreeCustomers + 1));
        Assert.False(points.HasTreeOfCustomers);
        Assert.InRange(points.TreePoints.Points.Rows, 1, ModelPoints.MostTreePoints);
        Assert.Equal(points.Points.Total, points.TreePoints.Total);
        Assert.True(ModelPoints.OfCustomers(Shop(5, 50)).HasTreeOfCustomers);
    }

    [Theory]
    [InlineData(ClusterAlgorithms.KMeans)]
    [InlineData(ClusterAlgorithms.GaussianMixture)]
    [InlineData(ClusterAlgorithms.Ward)]
    public void Hard_customers_leave_every_figure_finite_or_null(string algorithm)
    {
        double[] two = [.. Enumerable.Range(0, 60).Select(i => (double)(i % 2))];
        double[] outlier = [.. Enumerable.Range(0, 60).Select(i => i == 0 ? 60.0 : i % 3)];
        double[] constant = [.. Enumerable.Repeat(2.5, 60)];
        foreach (FeatureMatrix features in new[]
        {
            FeatureMatrix.FromColumns(two, two, constant), FeatureMatrix.FromColumns(outlier, constant, constant), FeatureMatrix.FromColumns(outlier, two, outlier),
        })
        {
            foreach (FittedCandidate one in Fit(ModelPoints.OfCustomers(features), new CandidatePlan(algorithm, 2, 2)))
            {
                double?[] figures =
                [
                    one.Candidate.Inertia, one.Candidate.Silhouette, one.Candidate.DaviesBouldin, one.Candidate.CalinskiHarabasz, one.Candidate.Bic,
                    one.Candidate.Stability, one.Candidate.SmallestShare, one.Candidate.Gap, one.Candidate.GapDeviation,
                    .. one.Candidate.ClusterStability!.Select(value => (double?)value), .. one.Centroids.SelectMany(row => row).Select(value => (double?)value),
                ];
                Assert.All(figures, figure => Assert.True(figure is null || double.IsFinite(figure.Value)));
            }
        }
    }

    [Fact]
    public void Indices_of_fewer_clusters_are_not_those_of_a_mixture_with_empty_ones()
    {
        // Two heaps and four components: some of them stay empty.
        double[] two = [.. Enumerable.Range(0, 60).Select(i => (double)(i % 2) + (i / 2 % 2 * 0.001) + (i / 4 % 2 * 0.002))];
        ClusterCandidate mixture = Fit(ModelPoints.OfCustomers(FeatureMatrix.FromColumns(two, two, two)), new CandidatePlan(ClusterAlgorithms.GaussianMixture, 4, 4))[0].Candidate;
        Assert.Equal(0, mixture.SmallestShare);
        Assert.Equal((null, null, null), (mixture.Silhouette, mixture.DaviesBouldin, mixture.CalinskiHarabasz));
    }

    private static IReadOnlyList<FittedCandidate> Fit(ModelPoints points, CandidatePlan plan) =>
        new CandidateFitting(points, Options, TimeProvider.System, TestContext.Current.CancellationToken).Fit(plan);

    /// <summary>Three groups of customers, as logarithms of days, orders and money.</summary>
    private static FeatureMatrix Shop(ulong seed, int customers)
    {
        var random = new Xoshiro256StarStar(seed);
        double Noise() => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
        double[] Column(double first, double second, double third) =>
            [.. Enumerable.Range(0, customers).Select(i => (i % 3 == 0 ? first : i % 3 == 1 ? second : third) + Noise())];
        return FeatureMatrix.FromColumns(Column(1, 4, 5), Column(3, 1, 1.2), Column(8, 6, 4));
    }
}
