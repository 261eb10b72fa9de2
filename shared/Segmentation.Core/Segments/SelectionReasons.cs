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
    public static ModelSelection Describe(
        ClusterChoice choice, NoModelCause? noModel, ModelFeatures features, SelectionOptions options, long customers, Language language)
    {
        var limits = new SelectionLimits(
            options.MinClusters, options.MaxClusters, options.MinShare, options.MinStability, options.MinCustomers,
            ClusterCountSelector.SilhouetteTolerance);
        CandidateModel[] candidates = [.. choice.Verdicts.Select(verdict => Candidate(verdict, limits, language))];
        string reason = choice.Chosen is { } chosen
            ? SelectionWords.ChosenReason(
                Figures(choice, chosen), Figures(choice, choice.BestBySilhouette!), NextLarger(choice, chosen), limits, language)
            : SelectionWords.NoModelReason(noModel ?? NoModelCause.NoneAdmissible, customers, limits, language);
        return new ModelSelection(candidates, new ChosenModel(choice.Chosen?.Algorithm, choice.Chosen?.K, reason), features);
    }

    private static CandidateModel Candidate(CandidateVerdict verdict, SelectionLimits limits, Language language)
    {
        ClusterCandidate one = verdict.Candidate;
        return new CandidateModel(
            one.Algorithm, one.K, one.Inertia, one.Silhouette, one.DaviesBouldin, one.CalinskiHarabasz, one.Bic, one.Stability,
            one.SmallestShare, verdict.IsAdmissible, SelectionWords.CandidateReason(Figures(verdict), limits, language));
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
            verdict.Candidate.SmallestShare, verdict.Inadmissibility);
}
