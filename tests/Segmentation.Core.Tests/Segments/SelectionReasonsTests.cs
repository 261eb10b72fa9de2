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
        Assert.Equal(SelectionWords.NoModelReason(NoModelCause.NoneAdmissible, 100, Limits, Language.English), selection.Chosen.Reason);
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

    private static ModelSelection Describe(ClusterCandidate[] candidates, NoModelCause? noModel = null)
    {
        var rule = new SelectionRule(Options.MinClusters, Options.MaxClusters, Options.MinShare, Options.MinStability, Options.Algorithms);
        return SelectionReasons.Describe(ClusterCountSelector.Choose(candidates, rule), noModel, Features, Options, 100, Language.English);
    }

    private static ClusterCandidate Candidate(int k, double silhouette) => new("k-means", k, 12.5, silhouette, 1, 7, null, 0.9, 0.1);
}
