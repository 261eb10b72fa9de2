using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Selection;

public class ClusterCountSelectorTests
{
    private static readonly SelectionRule Rule = new(3, 10, 0.02, 0.80, ["k-means", "gaussian-mixture", "ward"]);

    [Fact]
    public void The_largest_k_within_two_per_cent_of_the_best_silhouette_is_chosen()
    {
        // Floor 0.98 × 0.50 = 0.49: k = 5 reaches it, k = 6 does not.
        var choice = Choose(Candidate(3, 0.50), Candidate(4, 0.48), Candidate(5, 0.49), Candidate(6, 0.4899));
        Assert.Equal(5, choice.Chosen!.K);
        Assert.Equal(3, choice.BestBySilhouette!.K);
        Assert.Equal(0.50, choice.BestSilhouette);
        Assert.Equal(0.49, choice.SilhouetteFloor);
        Assert.Equal(3, choice.RunnerUp!.K);
        Assert.Equal(0.98, ClusterCountSelector.SilhouetteTolerance);
    }

    [Fact]
    public void At_equal_k_the_higher_silhouette_wins_then_the_order_of_the_algorithms()
    {
        Assert.Equal("ward", Choose(Candidate(4, 0.50, "k-means"), Candidate(4, 0.501, "ward")).Chosen!.Algorithm);
        Assert.Equal("gaussian-mixture", Choose(Candidate(4, 0.50, "ward"), Candidate(4, 0.50, "gaussian-mixture")).Chosen!.Algorithm);
    }

    [Fact]
    public void Every_reason_against_a_candidate_is_given()
    {
        var verdicts = Choose(
            Candidate(2, 0.9),
            Candidate(11, 0.9),
            Candidate(4, 0.9) with { SmallestShare = 0.0199 },
            Candidate(5, 0.9) with { Stability = 0.7999 },
            Candidate(6, null),
            Candidate(7, 0.9) with { Stability = null },
            Candidate(8, double.NaN) with { SmallestShare = 0, Stability = 0.1 },
            Candidate(9, 0.1) with { SmallestShare = 0.02, Stability = 0.80 }).Verdicts;
        Assert.Equal(
            [
                Inadmissibility.BelowMinClusters,
                Inadmissibility.AboveMaxClusters,
                Inadmissibility.ClusterTooSmall,
                Inadmissibility.Unstable,
                Inadmissibility.Undefined,
                Inadmissibility.Undefined,
                Inadmissibility.ClusterTooSmall | Inadmissibility.Unstable | Inadmissibility.Undefined,
                Inadmissibility.None,
            ],
            verdicts.Select(verdict => verdict.Inadmissibility));
        Assert.True(verdicts[^1].IsAdmissible);
    }

    [Fact]
    public void An_inadmissible_candidate_sets_no_standard()
    {
        var choice = Choose(Candidate(2, 0.9), Candidate(3, 0.3));
        Assert.Equal(3, choice.Chosen!.K);
        Assert.Equal(0.3, choice.BestSilhouette);
        Assert.Null(choice.RunnerUp);
    }

    [Fact]
    public void None_admissible_means_none_chosen()
    {
        var choice = Choose(Candidate(2, 0.9));
        Assert.Null(choice.Chosen);
        Assert.Null(choice.BestSilhouette);
        Assert.Null(choice.SilhouetteFloor);
        Assert.Null(Choose().Chosen);
    }

    [Fact]
    public void A_negative_best_silhouette_is_still_the_best() => Assert.Equal(3, Choose(Candidate(3, -0.10), Candidate(4, -0.101)).Chosen!.K);

    [Fact]
    public void The_order_in_which_candidates_are_given_changes_nothing()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var generator = new Xoshiro256StarStar(seed);
            ClusterCandidate[] candidates =
            [
                .. from algorithm in Rule.AlgorithmOrder
                   from k in Enumerable.Range(2, 9)
                   select Candidate(k, 0.3 + (generator.NextInt32(10) * 0.002), algorithm),
            ];
            int[] order = RandomMatrix.Permutation(seed, candidates.Length);
            var straight = Choose(candidates);
            var permuted = Choose([.. order.Select(i => candidates[i])]);
            Assert.True(straight.Chosen == permuted.Chosen && straight.RunnerUp == permuted.RunnerUp, $"seed {seed}");
            Assert.True(straight.BestBySilhouette == permuted.BestBySilhouette, $"seed {seed}");
        }
    }

    [Fact]
    public void An_unknown_algorithm_or_a_candidate_given_twice_is_refused()
    {
        Assert.Contains("'dbscan'", Assert.Throws<ArgumentException>(() => Choose(Candidate(3, 0.5, "dbscan"))).Message, StringComparison.Ordinal);
        Assert.Contains("given twice", Assert.Throws<ArgumentException>(() => Choose(Candidate(3, 0.5), Candidate(3, 0.4))).Message, StringComparison.Ordinal);
    }

    private static ClusterChoice Choose(params ClusterCandidate[] candidates) => ClusterCountSelector.Choose(candidates, Rule);

    private static ClusterCandidate Candidate(int k, double? silhouette, string algorithm = "k-means") =>
        new(algorithm, k, 1000.0 / k, silhouette, 1, 100, null, 0.9, 0.1);
}
