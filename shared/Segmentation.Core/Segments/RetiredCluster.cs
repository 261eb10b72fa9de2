namespace Segmentation.Core.Segments;

/// <summary>A cluster of an earlier run that no cluster continues now, remembered so that it can come back under its id.</summary>
/// <param name="Id">The id that it had.</param>
/// <param name="Name">The name that it had last.</param>
/// <param name="Language">The language of that name.</param>
/// <param name="Centre">Its last centre, in logarithms: the standardisation of later runs is another.</param>
/// <param name="Runs">How many runs have been without it, from 1.</param>
public sealed record RetiredCluster(int Id, string Name, string Language, double[] Centre, int Runs)
{
    /// <summary>For how many runs an identity is remembered: a year of monthly ones.</summary>
    public const int MostRuns = 12;

    /// <summary>How many identities are remembered; the ones that ended last stay.</summary>
    public const int MostRemembered = 50;

    /// <summary>The identities to remember after a run.</summary>
    /// <param name="previous">The model that the run follows.</param>
    /// <param name="goOn">The ids of the clusters of the run.</param>
    /// <param name="nameOf">The name that a cluster of the previous model has.</param>
    /// <param name="language">The language of those names.</param>
    internal static IReadOnlyList<RetiredCluster> After(
        SegmentModel previous, IReadOnlyCollection<int> goOn, Func<int, string?> nameOf, string language)
    {
        IEnumerable<RetiredCluster> ended = (previous.Centroids ?? [])
            .Select((centroid, place) => (Id: previous.ClusterId(place), Centroid: centroid))
            .Select(one => new RetiredCluster(one.Id, nameOf(one.Id) ?? "", language, previous.Features.Logarithms(one.Centroid), 1));
        return
        [
            .. (previous.Retired ?? []).Select(one => one with { Runs = one.Runs + 1 })
                .Concat(ended)
                .Where(one => one.Runs <= MostRuns && !goOn.Contains(one.Id))
                .OrderBy(one => one.Runs)
                .ThenBy(one => one.Id)
                .Take(MostRemembered),
        ];
    }
}
