namespace Segmentation.Core.Segments;

/// <summary>Makes the names of a set of clusters unique: by what differs most, and where nothing does, by a number.</summary>
internal static class ClusterNames
{
    /// <summary>A measure that differs by less looks the same to a reader of the figures and cannot tell clusters apart.</summary>
    public const double TellingRatio = 1.1;

    /// <summary>Two qualifiers are the most that a name bears.</summary>
    public const int MostQualifiers = 2;

    /// <summary>The names of the clusters, in their order.</summary>
    /// <param name="medians">Medians of each cluster.</param>
    /// <param name="plain">The name that each would have alone.</param>
    /// <param name="kept">Names that clusters carry over from an earlier run, or null for those that are named anew.</param>
    /// <param name="language">The language of the qualifiers.</param>
    public static string[] Unique(
        IReadOnlyList<RfmTriple> medians, IReadOnlyList<string> plain, IReadOnlyList<string?> kept, Language language)
    {
        string[] names = new string[plain.Count];
        foreach (IGrouping<string, int> same in Enumerable.Range(0, plain.Count).GroupBy(index => plain[index], StringComparer.Ordinal))
        {
            // Also among clusters whose names stand: a new one is told apart from them.
            Qualify([.. same], same.Key, NameQualifier.Measures, MostQualifiers);
        }

        // A carried-over name stands; a new one that happens to equal it, or another new one, gets a number.
        var taken = new HashSet<string>(kept.OfType<string>(), StringComparer.Ordinal);
        for (int index = 0; index < names.Length; index++)
        {
            names[index] = kept[index] ?? Free(names[index], taken);
            taken.Add(names[index]);
        }

        return names;

        void Qualify(int[] members, string name, IReadOnlyList<(NameQualifier More, NameQualifier Less)> measures, int depth)
        {
            if (members.Length > 1 && depth > 0 && WidestGap(members, measures, medians) is { } gap)
            {
                (NameQualifier More, NameQualifier Less)[] others = [.. measures.Where(measure => measure != gap.Measure)];
                Qualify(gap.Below, name + ", " + gap.Measure.Less.Text(language), others, depth - 1);
                Qualify(gap.Above, name + ", " + gap.Measure.More.Text(language), others, depth - 1);
                return;
            }

            foreach (int member in members)
            {
                names[member] = name;
            }
        }
    }

    private static string Free(string name, HashSet<string> taken)
    {
        string free = name;
        for (int number = 2; taken.Contains(free); number++)
        {
            free = ClusterName.WithNumber(name, number);
        }

        return free;
    }

    /// <summary>The measure and place where neighbours differ by the largest ratio (of 1 + value, as in the model), or null.</summary>
    private static Gap? WidestGap(
        int[] members, IReadOnlyList<(NameQualifier More, NameQualifier Less)> measures, IReadOnlyList<RfmTriple> medians)
    {
        Gap? widest = null;
        double best = TellingRatio;
        foreach ((NameQualifier More, NameQualifier Less) measure in measures)
        {
            int[] ordered = [.. members.OrderBy(member => measure.More.Of(medians[member])).ThenBy(member => member)];
            for (int at = 1; at < ordered.Length; at++)
            {
                double ratio = (1 + measure.More.Of(medians[ordered[at]])) / (1 + measure.More.Of(medians[ordered[at - 1]]));
                if (ratio > best)
                {
                    best = ratio;
                    widest = new Gap(measure, [.. ordered[..at].Order()], [.. ordered[at..].Order()]);
                }
            }
        }

        return widest;
    }

    private sealed record Gap((NameQualifier More, NameQualifier Less) Measure, int[] Below, int[] Above);
}
