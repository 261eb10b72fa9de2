using Segmentation.Core.Options;
using Segmentation.Numerics.Selection;

namespace Segmentation.Core.Segments;

/// <summary>Turns the choice of a model into <see cref="ModelSelection" />, with the reasons in words.</summary>
internal static class SelectionReasons
{
    /// <summary>Describes a choice, or why there is none.</summary>
    /// <param name="choice">The choice among the fitted candidates.</param>
    /// <param name="noModel">Why nothing was fitted, or null.</param>
    /// <param name="features">The features of the model.</param>
    /// <param name="options">The limits in force.</param>
    /// <param name="customers">Customers that take part.</param>
    /// <param name="language">The language.</param>
    /// <param name="gapsOfOne">By algorithm the gap of one cluster, where it was measured.</param>
    /// <param name="order">The labels of the chosen model in the order of its clusters, or null.</param>
    /// <param name="excluded">Customers that take no part, because nothing is left after returns.</param>
    public static ModelSelection Describe(
        ClusterChoice choice,
        NoModelCause? noModel,
        ModelFeatures features,
        SelectionOptions options,
        long customers,
        Language language,
        IReadOnlyDictionary<string, Gap>? gapsOfOne = null,
        IReadOnlyList<int>? order = null,
        long excluded = 0)
    {
        var limits = new SelectionLimits(
            options.MinClusters, options.MaxClusters, options.MinShare, options.MinStability, options.MinCustomers,
            ClusterCountSelector.SilhouetteTolerance);
        SelectionCriteria[] criteria = [.. choice.Verdicts.Select(verdict => verdict.Candidate)
            .GroupBy(candidate => candidate.Algorithm, StringComparer.Ordinal)
            .Select(group => Criteria([.. group.OrderBy(candidate => candidate.K)], gapsOfOne?.GetValueOrDefault(group.Key)))];
        CandidateModel[] candidates = [.. choice.Verdicts.Select(verdict => Candidate(verdict, limits, language) with
        {
            Elbow = criteria.Any(one => one.Algorithm == verdict.Candidate.Algorithm && one.Elbow == verdict.Candidate.K),
        })];
        string reason = choice.Chosen is { } chosen
            ? SelectionWords.ChosenReason(
                Figures(choice, chosen), Figures(choice, choice.BestBySilhouette!), NextLarger(choice, chosen), limits, language)
            : SelectionWords.NoModelReason(
                noModel ?? WhyNone(choice, options), customers, limits, language, excluded, Within(choice, options).Max(one => one.Candidate.Stability));
        var model = new ChosenModel(choice.Chosen?.Algorithm, choice.Chosen?.K, reason + Remarks(choice, criteria, options, language))
        {
            ClusterStability = order is not null && choice.Chosen?.ClusterStability is { } stability ? [.. order.Select(label => stability[label])] : null,
        };
        return new ModelSelection(candidates, model, features) { Criteria = criteria };
    }

    // What the rule does not look at, but a reader of its choice has to know.
    private static string Remarks(ClusterChoice choice, SelectionCriteria[] criteria, SelectionOptions options, Language language)
    {
        string[] remarks =
        [
            // Where the customers of each cluster are all alike there is no gap to say it by.
            .. choice.Chosen?.Gap is not null && criteria.Any(one => one.Algorithm == choice.Chosen.Algorithm && one.Gap == 1)
                ? new[] { SelectionWords.NoSeparateGroups(language) }
                : [],

            // Candidates end where there are no more customers that differ; with none at all the reason says so itself.
            .. Within(choice, options).Length > 0 && choice.Verdicts.Max(one => one.Candidate.K) is var most && most < options.MaxClusters
                ? new[] { SelectionWords.NoLargerK(most, language) }
                : [],
        ];
        return string.Concat(remarks.Select(remark => " " + remark));
    }

    private static CandidateVerdict[] Within(ClusterChoice choice, SelectionOptions options) =>
        [.. choice.Verdicts.Where(verdict => verdict.Candidate.K >= options.MinClusters && verdict.Candidate.K <= options.MaxClusters)];

    private static NoModelCause WhyNone(ClusterChoice choice, SelectionOptions options)
    {
        CandidateVerdict[] within = Within(choice, options);
        return within.Length == 0 ? NoModelCause.NothingToSeparate
            : within.All(verdict => verdict.Inadmissibility.HasFlag(Inadmissibility.Unstable)) ? NoModelCause.NothingStable
            : NoModelCause.NoneAdmissible;
    }

    private static SelectionCriteria Criteria(ClusterCandidate[] ascending, Gap? gapOfOne)
    {
        // The inertia of a mixture is not what it minimises: its curve has no elbow to speak of.
        bool hasBic = ascending[0].Bic is not null;
        (int, Gap)[] gaps = [.. ascending.Select(one => (one.K, new Gap(one.Gap, one.GapDeviation)))];
        return new SelectionCriteria(
            ascending[0].Algorithm,
            hasBic ? null : Elbow.Find([.. ascending.Select(one => one.K)], [.. ascending.Select(one => one.Inertia)]),
            GapStatistic.ChooseK(gapOfOne is null ? gaps : [(1, gapOfOne), .. gaps]),
            hasBic ? ascending.MinBy(one => one.Bic)!.K : null);
    }

    /// <summary>So many standard errors either side hold 95 % of a normal distribution.</summary>
    private const double Deviations95 = 1.96;

    private static CandidateModel Candidate(CandidateVerdict verdict, SelectionLimits limits, Language language)
    {
        ClusterCandidate one = verdict.Candidate;
        return new CandidateModel(
            one.Algorithm, one.K, one.Inertia, one.Silhouette, one.DaviesBouldin, one.CalinskiHarabasz, one.Bic, one.Stability,
            one.SmallestShare, verdict.IsAdmissible, SelectionWords.CandidateReason(Figures(verdict), limits, language))
        {
            SilhouetteInterval = one is { Silhouette: { } silhouette, SilhouetteError: { } error }
                ? [silhouette - (Deviations95 * error), silhouette + (Deviations95 * error)]
                : null,
            Gap = one.Gap,
            GapDeviation = one.GapDeviation,
            LeastClusterStability = one.ClusterStability is { Count: > 0 } clusters ? clusters.Min() : null,
            FittedOn = one.FittedOn,
        };
    }

    // The candidate with the next larger k that comes nearest to being chosen: an admissible one before others, then by silhouette.
    private static CandidateFigures? NextLarger(ClusterChoice choice, ClusterCandidate chosen)
    {
        CandidateVerdict? next = choice.Verdicts
            .Where(verdict => verdict.Candidate.K > chosen.K)
            .OrderBy(verdict => verdict.Candidate.K)
            .ThenByDescending(verdict => verdict.IsAdmissible)
            .ThenByDescending(verdict => verdict.Candidate.Silhouette ?? double.NegativeInfinity)
            .FirstOrDefault();
        return next is null ? null : Figures(next);
    }

    private static CandidateFigures Figures(ClusterChoice choice, ClusterCandidate candidate) =>
        Figures(choice.Verdicts.First(verdict => ReferenceEquals(verdict.Candidate, candidate)));

    private static CandidateFigures Figures(CandidateVerdict verdict) =>
        new(verdict.Candidate.Algorithm, verdict.Candidate.K, verdict.Candidate.Silhouette, verdict.Candidate.Stability,
            verdict.Candidate.SmallestShare, verdict.Inadmissibility)
        {
            FittedOn = verdict.Candidate.FittedOn,
        };
}
