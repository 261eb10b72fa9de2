using Segmentation.Core.Options;
using Segmentation.Core.Segments;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Tests.Segments;

public sealed class SelectionReasonsTests
{
    private static readonly SelectionOptions Options = new();
    private static readonly ModelFeatures Features = new(["recency"], ModelFeatures.LogTransform, [1], [2]);

    [Fact]
    public void Every_candidate_is_listed_with_its_figures_and_a_reason()
    {
        ModelSelection selection = Describe([Candidate(2, 0.5), Candidate(3, 0.4), Candidate(4, 0.395) with { SmallestShare = 0.001 }]);
        Assert.Equal([2, 3, 4], selection.Candidates.Select(one => one.K));
        Assert.Equal([false, true, false], selection.Candidates.Select(one => one.Admissible));
        Assert.All(selection.Candidates, one => Assert.NotEmpty(one.Reason));
        Assert.Equal((0.4, 0.9, 12.5, 0.1, 7.0), (
            selection.Candidates[1].Silhouette, selection.Candidates[1].Stability, selection.Candidates[1].Inertia, selection.Candidates[1].SmallestShare,
            selection.Candidates[1].CalinskiHarabasz));
        Assert.Equal(("k-means", 3), (selection.Chosen.Algorithm, selection.Chosen.K));
        Assert.Same(Features, selection.Features);
    }

    [Fact]
    public void The_reason_of_the_choice_names_the_chosen_number_of_clusters()
    {
        ModelSelection selection = Describe([Candidate(3, 0.4), Candidate(4, 0.395), Candidate(5, 0.2)]);
        Assert.Equal(4, selection.Chosen.K);
        Assert.Contains("4", selection.Chosen.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_admissible_candidate_nothing_is_chosen_and_the_reason_says_so()
    {
        ModelSelection selection = Describe([Candidate(2, 0.5), Candidate(3, 0.4) with { Stability = 0.1 }]);
        Assert.Null(selection.Chosen.K);
        Assert.Null(selection.Chosen.Algorithm);
        Assert.StartsWith(
            SelectionWords.NoModelReason(NoModelCause.NothingStable, 100, Limits, Language.English, 0, 0.1), selection.Chosen.Reason, StringComparison.Ordinal);
        selection = Describe([Candidate(3, 0.5) with { SmallestShare = 0.001 }, Candidate(4, 0.4) with { Stability = 0.1 }]);
        Assert.StartsWith(
            SelectionWords.NoModelReason(NoModelCause.NoneAdmissible, 100, Limits, Language.English), selection.Chosen.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_only_fewer_clusters_than_the_least_could_be_tried_there_is_nothing_to_separate() => Assert.Equal(
        SelectionWords.NoModelReason(NoModelCause.NothingToSeparate, 100, Limits, Language.English), Describe([Candidate(2, 0.9)]).Chosen.Reason);

    [Fact]
    public void Why_no_larger_number_of_clusters_was_tried_is_said_once()
    {
        const string Limit = " More than 4 clusters cannot be formed: the customers have no more than 4 different sets of figures.";
        Assert.EndsWith(Limit, Describe([Candidate(3, 0.5), Candidate(4, 0.2)]).Chosen.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "cannot be formed", Describe([.. Enumerable.Range(2, 9).Select(k => Candidate(k, 1.0 / k))]).Chosen.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0, true)]
    [InlineData(0.2, false)]
    public void A_gap_statistic_that_sees_one_group_is_said_beside_the_choice_and_does_not_change_it(double gapOfOne, bool isSaid)
    {
        ClusterCandidate[] candidates = [.. Enumerable.Range(2, 9).Select(k => Candidate(k, 1.0 / k) with { Gap = 0.5, GapDeviation = 0.1 })];
        ModelSelection selection = Describe(candidates, gapOfOne: new Gap(gapOfOne, 0.1));
        Assert.Equal(3, selection.Chosen.K);
        Assert.Equal(isSaid, selection.Chosen.Reason.EndsWith(
            " The gap statistic sees no separate groups here (k = 1): take the clusters as slices of a continuum.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sampled_silhouette_has_its_interval_and_a_summary_is_said()
    {
        ModelSelection selection = Describe(
            [Candidate(3, 0.4) with { SilhouetteError = 0.01, FittedOn = 7_312, ClusterStability = [0.9, 0.6, 0.8] }], order: [2, 0, 1]);
        CandidateModel candidate = Assert.Single(selection.Candidates);
        Assert.Equal([0.4 - 0.0196, 0.4 + 0.0196], candidate.SilhouetteInterval!);
        Assert.Equal((7_312, 0.6), (candidate.FittedOn, candidate.LeastClusterStability));
        Assert.Equal("admissible; fitted on 7,312 weighted points that stand for the customers", candidate.Reason);
        Assert.Contains("It was fitted on 7,312 weighted points that stand for the customers.", selection.Chosen.Reason, StringComparison.Ordinal);
        Assert.Equal([0.8, 0.9, 0.6], selection.Chosen.ClusterStability!);
    }

    [Fact]
    public void Each_criterion_names_the_clusters_it_points_to()
    {
        double[] inertias = [60, 20, 17, 14];
        ClusterCandidate[] candidates =
        [
            .. inertias.Select((inertia, i) => Candidate(i + 2, 0.4) with { Inertia = inertia, Gap = i == 1 ? 1 : 0.5, GapDeviation = 0.1 }),
            .. inertias.Select((_, i) => Candidate(i + 2, 0.3) with { Algorithm = "gaussian-mixture", Bic = i == 2 ? 100 : 200 }),
        ];
        ModelSelection selection = Describe(candidates);
        Assert.Equal(
            [new SelectionCriteria("k-means", 3, 3, null), new SelectionCriteria("gaussian-mixture", null, null, 4)], selection.Criteria);
        Assert.Equal([3], selection.Candidates.Where(one => one.Elbow).Select(one => one.K));
    }

    [Theory]
    [InlineData(NoModelCause.TooFewCustomers)]
    [InlineData(NoModelCause.SwitchedOff)]
    [InlineData(NoModelCause.IdenticalCustomers)]
    public void A_run_that_fitted_nothing_says_why(NoModelCause cause)
    {
        ModelSelection selection = Describe([], cause);
        Assert.Empty(selection.Candidates);
        Assert.Equal(SelectionWords.NoModelReason(cause, 100, Limits, Language.English), selection.Chosen.Reason);
    }

    private static SelectionLimits Limits => new(
        Options.MinClusters, Options.MaxClusters, Options.MinShare, Options.MinStability, Options.MinCustomers, ClusterCountSelector.SilhouetteTolerance);

    private static ModelSelection Describe(ClusterCandidate[] candidates, NoModelCause? noModel = null, int[]? order = null, Gap? gapOfOne = null)
    {
        var rule = new SelectionRule(Options.MinClusters, Options.MaxClusters, Options.MinShare, Options.MinStability, Options.Algorithms);
        return SelectionReasons.Describe(ClusterCountSelector.Choose(candidates, rule), noModel, Features, Options, 100, Language.English,
            gapOfOne is null ? null : new Dictionary<string, Gap>(StringComparer.Ordinal) { ["k-means"] = gapOfOne }, order);
    }

    private static ClusterCandidate Candidate(int k, double silhouette) => new("k-means", k, 12.5, silhouette, 1, 7, null, 0.9, 0.1);
}
