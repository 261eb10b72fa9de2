namespace Segmentation.Numerics.Selection;

/// <summary>The rule that chooses among clusterings: pure, and the same for every order in which they are given.</summary>
/// <remarks>
/// Of the admissible candidates of all algorithms, those within <see cref="SilhouetteTolerance" /> of the best silhouette s* count as
/// equally good;
/// of these the one of most clusters is chosen, because it says more about the customers. At equal k the higher silhouette decides, then
/// the order
/// of the algorithms. Where s* is negative, only candidates as good as s* count.
/// </remarks>
public static class ClusterCountSelector
{
    /// <summary>A silhouette of at least this times the best is as good as the best.</summary>
    public const double SilhouetteTolerance = 0.98;

    /// <summary>Judges all candidates and chooses one, or none where none is admissible.</summary>
    /// <exception cref="ArgumentException">A candidate's algorithm is not in the order, or two candidates have the same algorithm and
    /// k.</exception>
    public static ClusterChoice Choose(IReadOnlyList<ClusterCandidate> candidates, SelectionRule rule)
    {
        var seen = new HashSet<(string, int)>();
        foreach (var candidate in candidates)
        {
            if (!rule.AlgorithmOrder.Contains(candidate.Algorithm, StringComparer.Ordinal))
            {
                throw new ArgumentException(
                    $"A candidate has the algorithm '{candidate.Algorithm}'; expected one of {string.Join(", ", rule.AlgorithmOrder)}.", nameof(candidates));
            }

            if (!seen.Add((candidate.Algorithm, candidate.K)))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The candidate '{candidate.Algorithm}' with {candidate.K} clusters was given twice."), nameof(candidates));
            }
        }

        CandidateVerdict[] verdicts = [.. candidates.Select(candidate => new CandidateVerdict(candidate, Judge(candidate, rule)))];
        ClusterCandidate[] admissible = [.. verdicts.Where(verdict => verdict.IsAdmissible).Select(verdict => verdict.Candidate)];
        if (admissible.Length == 0)
        {
            return new ClusterChoice(verdicts, null, null, null, null);
        }

        var best = BestBySilhouette(admissible, rule);
        var chosen = ChooseAdmissible(admissible, rule);
        ClusterCandidate[] others = [.. admissible.Where(candidate => candidate != chosen)];
        return new ClusterChoice(verdicts, chosen, best, Floor(best), others.Length == 0 ? null : ChooseAdmissible(others, rule));
    }

    private static Inadmissibility Judge(ClusterCandidate candidate, SelectionRule rule)
    {
        bool defined = candidate is { Silhouette: { } silhouette, Stability: { } stability } && !double.IsNaN(silhouette) && !double.IsNaN(stability);
        return (candidate.K < rule.MinClusters ? Inadmissibility.BelowMinClusters : Inadmissibility.None)
            | (candidate.K > rule.MaxClusters ? Inadmissibility.AboveMaxClusters : Inadmissibility.None)
            | (candidate.SmallestShare >= rule.MinShare ? Inadmissibility.None : Inadmissibility.ClusterTooSmall)
            | (candidate.Stability < rule.MinStability ? Inadmissibility.Unstable : Inadmissibility.None)
            | (defined ? Inadmissibility.None : Inadmissibility.Undefined);
    }

    private static ClusterCandidate ChooseAdmissible(IReadOnlyList<ClusterCandidate> admissible, SelectionRule rule)
    {
        double floor = Floor(BestBySilhouette(admissible, rule));
        return admissible
            .Where(candidate => candidate.Silhouette >= floor)
            .OrderByDescending(candidate => candidate.K)
            .ThenByDescending(candidate => candidate.Silhouette)
            .ThenBy(candidate => Rank(candidate, rule))
            .First();
    }

    /// <summary>At equal silhouettes the larger k, as in the rule itself.</summary>
    private static ClusterCandidate BestBySilhouette(IReadOnlyList<ClusterCandidate> admissible, SelectionRule rule) => admissible
        .OrderByDescending(candidate => candidate.Silhouette)
        .ThenByDescending(candidate => candidate.K)
        .ThenBy(candidate => Rank(candidate, rule))
        .First();

    private static double Floor(ClusterCandidate best) => Math.Min(best.Silhouette!.Value, SilhouetteTolerance * best.Silhouette.Value);

    private static int Rank(ClusterCandidate candidate, SelectionRule rule) =>
        rule.AlgorithmOrder.TakeWhile(algorithm => !string.Equals(algorithm, candidate.Algorithm, StringComparison.Ordinal)).Count();
}
