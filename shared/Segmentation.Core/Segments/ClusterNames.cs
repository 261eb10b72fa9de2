namespace Segmentation.Core.Segments;

/// <summary>
/// Makes the names of a set of clusters unique: two of one character by what differs most, more by their figures, and those of which all
/// figures look the same by a number.
/// </summary>
internal static class ClusterNames
{
    /// <summary>A measure that differs by less looks the same to a reader of the figures and cannot tell clusters apart.</summary>
    public const double TellingRatio = 1.1;

    /// <summary>The names of the clusters, in their order.</summary>
    /// <param name="medians">Medians of each cluster.</param>
    /// <param name="plain">The name that each would have alone.</param>
    /// <param name="kept">Names that clusters carry over from an earlier run, or null for those that are named anew.</param>
    /// <param name="language">The language of the qualifiers.</param>
    public static string[] Unique(
        IReadOnlyList<RfmTriple> medians, IReadOnlyList<string> plain, IReadOnlyList<string?> kept, Language language)
    {
        string[] names = [.. plain];
        ClusterName?[] earlier = [.. kept.Select(name => name is null ? null : ClusterName.Parse(name, language))];
        foreach (IGrouping<string, int> same in Enumerable.Range(0, plain.Count).GroupBy(index => plain[index], StringComparer.Ordinal))
        {
            // Also among clusters whose names stand: a new one is told apart from them.
            int[] members = [.. same];
            if (members.Length == 2 && WidestGap(members, medians) is { } gap)
            {
                names[gap.Below] += ClusterName.Separator + gap.Measure.Less.Text(language);
                names[gap.Above] += ClusterName.Separator + gap.Measure.More.Text(language);
            }
            else if (members.Length > 1)
            {
                NameFigures?[] told = TellingFigures.Of(
                    [.. members.Select(member => medians[member])],
                    members.SelectMany(member => earlier[member]?.Qualifiers ?? []).OfType<NameFigures>().FirstOrDefault());
                foreach ((int member, NameFigures? figures) in members.Zip(told))
                {
                    names[member] += figures is null ? "" : ClusterName.Separator + figures.Text(language);
                }
            }
        }

        // A number says nothing: it goes as soon as the figures say something.
        string?[] standing = [.. kept.Select((name, i) => earlier[i] is { Number: > 0 } && !HasTwin(i, medians, plain) ? null : name)];

        // A carried-over name stands; a new one that happens to equal it, or another new one, gets a number.
        var taken = new HashSet<string>(standing.OfType<string>(), StringComparer.Ordinal);
        for (int index = 0; index < names.Length; index++)
        {
            names[index] = standing[index] ?? Free(names[index], taken);
            taken.Add(names[index]);
        }

        return names;
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

    private static bool HasTwin(int cluster, IReadOnlyList<RfmTriple> medians, IReadOnlyList<string> plain) => Enumerable.Range(0, plain.Count).Any(other =>
        other != cluster
        && string.Equals(plain[other], plain[cluster], StringComparison.Ordinal)
        && NameMeasure.All.All(measure =>
            measure.Rounded(measure.Of(medians[other]), null).Equals(measure.Rounded(measure.Of(medians[cluster]), null))));

    /// <summary>The measure in which two clusters differ by the largest ratio (of 1 + value, as in the model), or null.</summary>
    private static Gap? WidestGap(int[] two, IReadOnlyList<RfmTriple> medians)
    {
        Gap? widest = null;
        double best = TellingRatio;
        foreach (NameMeasure measure in NameMeasure.All)
        {
            int[] ordered = [.. two.OrderBy(member => measure.Of(medians[member]))];
            double ratio = TellingFigures.Ratio(measure, medians[ordered[0]], medians[ordered[1]]);
            if (ratio > best)
            {
                best = ratio;
                widest = new Gap(measure, ordered[0], ordered[1]);
            }
        }

        return widest;
    }

    private sealed record Gap(NameMeasure Measure, int Below, int Above);
}
