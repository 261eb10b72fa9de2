namespace Segmentation.Core.Segments;

/// <summary>Finds the fewest rounded figures that tell clusters of one character apart.</summary>
internal static class TellingFigures
{
    // Two significant digits are what a reader keeps in mind; as many as the report shows are the most there is.
    private static readonly int?[] Digits = [2, 3, null];

    // Two figures are the most that a name bears.
    private static readonly NameMeasure[][] Sets =
    [
        .. NameMeasure.All.Select(measure => new[] { measure }),
        .. NameMeasure.All.SelectMany((first, i) => NameMeasure.All.Skip(i + 1).Select(second => new[] { first, second })),
    ];

    /// <summary>What to say of each cluster; null where nothing tells any two apart. Equal figures remain where the report shows no others.</summary>
    /// <param name="clusters">The medians of the clusters, two or more.</param>
    /// <param name="earlier">What a name that stands states: figures of the same measures can be compared with it; or null.</param>
    public static NameFigures?[] Of(IReadOnlyList<RfmTriple> clusters, NameFigures? earlier)
    {
        NameMeasure[][] preferred = earlier is null ? [] : [[.. earlier.Figures.Select(figure => figure.Measure)]];
        foreach (bool isTelling in (bool[])[true, false])
        {
            foreach (int? digits in Digits)
            {
                foreach (IEnumerable<NameMeasure[]> sets in (IEnumerable<NameMeasure[]>[])[preferred, Sets.Where(set => set.Length == 1), Sets.Where(set => set.Length == 2)])
                {
                    NameMeasure[]? best = sets
                        .Where(set => Distinct(clusters, set, digits) == clusters.Count
                            && (!isTelling || Separation(clusters, set) >= ClusterNames.TellingRatio))
                        .MaxBy(set => Separation(clusters, set));
                    if (best is not null)
                    {
                        return [.. clusters.Select(cluster => Stated(cluster, best, digits))];
                    }
                }
            }
        }

        // Nothing tells all apart: what tells most of them does, with one figure if that is enough.
        NameMeasure[] most = Sets.MaxBy(set => Distinct(clusters, set, null))!;
        return [.. clusters.Select(cluster => Distinct(clusters, most, null) == 1 ? null : Stated(cluster, most, null))];
    }

    /// <summary>By what factor two clusters differ in a measure, at least 1; of 1 + value, as in the model.</summary>
    public static double Ratio(NameMeasure measure, RfmTriple left, RfmTriple right)
    {
        (double a, double b) = (1 + measure.Of(left), 1 + measure.Of(right));
        return Math.Max(a, b) / Math.Min(a, b);
    }

    private static int Distinct(IReadOnlyList<RfmTriple> clusters, NameMeasure[] set, int? digits) => clusters
        .Select(cluster => Stated(cluster, set, digits).Text(Language.English))
        .Distinct(StringComparer.Ordinal)
        .Count();

    // How far the two that are most alike are apart.
    private static double Separation(IReadOnlyList<RfmTriple> clusters, NameMeasure[] set) => clusters
        .SelectMany((left, i) => clusters.Skip(i + 1).Select(right => set.Max(measure => Ratio(measure, left, right))))
        .Min();

    private static NameFigures Stated(RfmTriple cluster, NameMeasure[] set, int? digits) =>
        new([.. set.Select(measure => (measure, measure.Rounded(measure.Of(cluster), digits)))]);
}
