using System.Globalization;

namespace Segmentation.Core.Segments;

/// <summary>Where a cluster stands among those of its run: what tells a fall from a rise.</summary>
/// <param name="IsAway">Whether its customers are drifting away, have lapsed or sleep, by what its name says.</param>
/// <param name="MeanSpend">Their mean spend.</param>
public readonly record struct ClusterRank(bool IsAway, double MeanSpend)
{
    /// <summary>
    /// Whether it is better than another: customers who are there, where the others are going; of like ones those who spend more on average.
    /// </summary>
    public bool IsBetterThan(ClusterRank other) => IsAway == other.IsAway ? MeanSpend > other.MeanSpend : other.IsAway;

    /// <summary>The ranks of the clusters of a run, by id.</summary>
    /// <param name="profiles">The profiles of the run; those of named segments are passed over.</param>
    /// <param name="language">The language of their names. A name that is none of ours says nothing of silence.</param>
    internal static IReadOnlyDictionary<int, ClusterRank> Of(IReadOnlyList<SegmentProfile> profiles, Language language) => profiles
        .Where(profile => profile.Kind == SegmentProfile.ClusterKind)
        .ToDictionary(
            profile => int.Parse(profile.Id, CultureInfo.InvariantCulture),
            profile => new ClusterRank(
                ClusterName.Parse(profile.Name, language)?.Character >= ClusterCharacter.RegularsDriftingAway, profile.Means?.Monetary ?? 0));
}
