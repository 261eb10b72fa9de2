namespace Segmentation.Core.Segments;

/// <summary>Decides which clusters keep the names that they had: those of which the names are still true.</summary>
internal static class CarriedNames
{
    /// <summary>How far the medians may be beyond the limits of a character before the name goes: a tenth.</summary>
    public const double Tolerance = 0.1;

    /// <summary>The names kept, by cluster; null where a cluster is named anew.</summary>
    /// <param name="clusters">Each cluster now.</param>
    /// <param name="everyone">All customers now.</param>
    /// <param name="earlier">The name that each had, null for a new one.</param>
    /// <param name="earlierLanguage">The language of those names.</param>
    /// <param name="language">The language of this run.</param>
    public static CarriedName?[] Of(
        IReadOnlyList<ClusterTraits> clusters, ClusterTraits everyone, IReadOnlyList<string?> earlier, Language earlierLanguage, Language language)
    {
        RfmTriple[] medians = [.. clusters.Select(cluster => cluster.Medians)];
        ClusterName?[] names = [.. earlier.Select(name => name is null ? null : ClusterName.Parse(name, earlierLanguage))];
        ClusterCharacter[] characters =
        [
            .. names.Select((name, i) => name is not null && StillHolds(name.Character, clusters[i], everyone)
                ? name.Character
                : ClusterCharacters.Of(clusters[i], everyone)),
        ];
        var carried = new CarriedName?[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] is not { } name || name.Character != characters[i])
            {
                continue;
            }

            // What told it from others of its character has to be true of those that have it now.
            RfmTriple[] others = [.. medians.Where((_, other) => other != i && characters[other] == characters[i])];
            if (name.Qualifiers.All(qualifier => qualifier.IsTrue(medians[i], others)) && (name.Number == 0 || others.Length > 0))
            {
                carried[i] = new CarriedName(name.ToText(language), name.Character);
            }
        }

        return carried;
    }

    /// <summary>Whether a character is true of medians that differ from these by no more than <see cref="Tolerance" />.</summary>
    /// <remarks>
    /// Without it a cluster at a limit would have another name every month, for a change that nobody sees. The part of one-timers and the
    /// size of orders are asked as they are: words that claim them would contradict the figures beside them.
    /// </remarks>
    public static bool StillHolds(ClusterCharacter character, ClusterTraits cluster, ClusterTraits everyone)
    {
        if (character == ClusterCharacter.RareBigSpenders && !ClusterCharacters.AreOrdersFewAndLarge(cluster, everyone))
        {
            return false;
        }

        double[] factors = [1, 1 - Tolerance, 1 + Tolerance];
        (double days, double orders, double spend) = (cluster.Medians.Recency, cluster.Medians.Frequency, cluster.Medians.Monetary);
        return factors.Any(recency => factors.Any(frequency => factors.Any(monetary => character == ClusterCharacters.Of(
            cluster with { Medians = new RfmTriple(days * recency, orders * frequency, spend * monetary) }, everyone))));
    }
}
