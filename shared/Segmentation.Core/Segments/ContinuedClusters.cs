using Segmentation.Core.Rfm;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Segments;

/// <summary>The clusters of a model with their ids and words, which follow those of the previous run.</summary>
/// <param name="Ids">The id of each cluster in the order of the model; null where there is no model.</param>
/// <param name="NextId">The least id that is free.</param>
/// <param name="Profiles">Their profiles, in the same order.</param>
/// <param name="Distances">How far each moved; null for a new one.</param>
internal sealed record ContinuedClusters(
    IReadOnlyList<int>? Ids, int? NextId, IReadOnlyList<SegmentProfile> Profiles, IReadOnlyList<double?> Distances)
{
    /// <summary>Follows the previous run, or begins anew where there is none.</summary>
    /// <remarks>A run without clusters hands the free id on, so that ids are not used again after it.</remarks>
    public static ContinuedClusters Of(
        NumberedClusters? clusters, ModelFeatures features, SegmentFigures everyone, Language language, PreviousRun? previous, SelectedModel? before)
    {
        if (clusters is null)
        {
            return new ContinuedClusters(null, before?.Model.NextClusterId ?? before?.Model.Centroids?.Count + 1, [], []);
        }

        ClusterIdentity identity = before is null
            ? ClusterIdentity.First(clusters.Centroids.Count)
            : ClusterIdentity.Follow(clusters.Centroids, features, before.Model);
        string?[] earlier = [.. identity.Ids.Select((id, i) => identity.Distances[i] is null ? null : NameIn(before, id))];
        CarriedName?[] kept = CarriedNames.Of(
            [.. clusters.Figures.Select(ClusterTraits.Of)],
            ClusterTraits.Of(everyone),
            earlier,
            previous is null ? language : Languages.Parse(previous.Language),
            language);
        return new ContinuedClusters(
            identity.Ids,
            identity.NextId,
            ProfileWords.DescribeClusters(clusters.Figures, everyone, language, kept, identity.Ids),
            identity.Distances);
    }

    /// <summary>How the run continues the previous one; null where there was none.</summary>
    public RunContinuity? Continuity(PreviousRun? previous, SelectedModel? before, CustomerMeasures measures) => previous is null || before is null
        ? null
        : new RunContinuity(
            previous,
            [
                .. Profiles.Select((profile, i) => new ClusterMatch(
                    Ids![i],
                    profile.Name,
                    Distances[i] is null ? null : Ids[i],
                    Distances[i] is null ? null : NameIn(before, Ids[i]),
                    Distances[i])),
            ],
            FeatureBaseline.Drift(before.Model.Baselines ?? [], measures));

    private static string? NameIn(SelectedModel? before, int id) => before?.Profiles
        .FirstOrDefault(profile => profile.Kind == SegmentProfile.ClusterKind && profile.Id == SegmentTransitions.IdOf(id))?.Name;
}
