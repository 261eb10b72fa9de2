using Segmentation.Core.Rfm;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Segments;

/// <summary>The clusters of a model with their ids and words, which follow those of the previous run.</summary>
/// <param name="Ids">The id of each cluster in the order of the model; null where there is no model.</param>
/// <param name="NextId">The least id that is free.</param>
/// <param name="Profiles">Their profiles, in the same order.</param>
/// <param name="Origins">What each continues; null for a new one.</param>
/// <param name="Retired">The clusters of earlier runs that may come back.</param>
internal sealed record ContinuedClusters(
    IReadOnlyList<int>? Ids,
    int? NextId,
    IReadOnlyList<SegmentProfile> Profiles,
    IReadOnlyList<ClusterOrigin?> Origins,
    IReadOnlyList<RetiredCluster> Retired)
{
    /// <summary>Follows the previous run, or begins anew where there is none.</summary>
    /// <param name="clusters">The clusters; null where there is no model.</param>
    /// <param name="features">What standardises their centres.</param>
    /// <param name="everyone">The figures of all customers.</param>
    /// <param name="language">The language of the run.</param>
    /// <param name="previous">The previous run; null before the first.</param>
    /// <param name="before">Its model.</param>
    /// <param name="former">The id of the cluster that each customer was in, 0 for none; empty where that is not known.</param>
    /// <remarks>A run without clusters hands the free id and all identities on, so that those after it can take them up.</remarks>
    public static ContinuedClusters Of(
        NumberedClusters? clusters,
        ModelFeatures features,
        SegmentFigures everyone,
        Language language,
        PreviousRun? previous,
        SelectedModel? before,
        IReadOnlyList<int> former)
    {
        var names = new EarlierNames(previous, before);
        if (clusters is null)
        {
            return new ContinuedClusters(null, before?.Model.NextClusterId ?? before?.Model.Centroids?.Count + 1, [], [], names.Retire([]));
        }

        ClusterTraits[] traits = [.. clusters.Figures.Select(ClusterTraits.Of)];
        ClusterTraits ofEveryone = ClusterTraits.Of(everyone);
        ClusterIdentity identity = before is null
            ? ClusterIdentity.First(clusters.Centroids.Count)
            : ClusterIdentity.Follow(
                clusters.Centroids,
                features,
                before.Model,
                ClusterOverlap.Of(clusters.Labels, clusters.Centroids.Count, former, before.Model),
                (cluster, id) => names.Parsed(id) is { } name && CarriedNames.StillHolds(name.Character, traits[cluster], ofEveryone));
        CarriedName?[] kept = CarriedNames.Of(traits, ofEveryone, names.Of(identity.Origins), names.Language ?? language, language);
        return new ContinuedClusters(
            identity.Ids,
            identity.NextId,
            ProfileWords.DescribeClusters(clusters.Figures, everyone, language, kept, identity.Ids),
            identity.Origins,
            names.Retire(identity.Ids));
    }

    /// <summary>How the run continues the previous one; null where there was none.</summary>
    public RunContinuity? Continuity(PreviousRun? previous, SelectedModel? before, CustomerMeasures measures)
    {
        if (previous is null || before is null)
        {
            return null;
        }

        var names = new EarlierNames(previous, before);
        return new RunContinuity(
            previous,
            [.. Profiles.Select((profile, i) => MatchOf(Ids![i], profile.Name, Origins[i], names))],
            FeatureBaseline.Drift(before.Model.Baselines ?? [], measures));
    }

    private static ClusterMatch MatchOf(int id, string name, ClusterOrigin? origin, EarlierNames names)
    {
        bool goesOn = origin is not null && origin.Basis != ClusterMatch.Returned;
        return new ClusterMatch(
            id, name, goesOn ? id : null, goesOn ? names.Text(id) : null, origin?.Distance, origin?.Basis);
    }
}
