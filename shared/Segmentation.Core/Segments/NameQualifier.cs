namespace Segmentation.Core.Segments;

/// <summary>What tells a cluster from others of its character.</summary>
internal abstract record NameQualifier
{
    /// <summary>Every measure, first its upper side, then its lower one.</summary>
    public static IReadOnlyList<(NameQualifier More, NameQualifier Less)> Measures { get; } =
        [.. NameMeasure.All.Select(measure => ((NameQualifier)measure.More, (NameQualifier)measure.Less))];

    /// <summary>The text in a language.</summary>
    public abstract string Text(Language language);

    /// <summary>Whether it is true of a cluster, and tells it apart from the others.</summary>
    /// <param name="cluster">The medians of the cluster.</param>
    /// <param name="others">Those of all others of its character.</param>
    public abstract bool IsTrue(RfmTriple cluster, IEnumerable<RfmTriple> others);
}

/// <summary>Which side of all others of its character a cluster is on, by one measure.</summary>
internal sealed record NameSide(Func<RfmTriple, double> Of, bool IsMore, string English, string Russian) : NameQualifier
{
    /// <summary>The side of a text, or null.</summary>
    public static NameSide? Find(string text, Language language) => NameMeasure.All
        .SelectMany(measure => new[] { measure.More, measure.Less })
        .FirstOrDefault(one => string.Equals(one.Text(language), text, StringComparison.Ordinal));

    /// <inheritdoc />
    public override string Text(Language language) => language.Pick(English, Russian);

    /// <inheritdoc />
    /// <remarks>Of all, as a reader sees all: "higher spend" of the second of three would contradict the figures of the first.</remarks>
    public override bool IsTrue(RfmTriple cluster, IEnumerable<RfmTriple> others)
    {
        RfmTriple[] all = [.. others];
        return all.Length > 0 && all.All(other => IsMore ? Of(cluster) > Of(other) : Of(cluster) < Of(other));
    }
}

/// <summary>What a cluster shows of one measure or two, rounded: <c>about 20 spent</c>.</summary>
/// <param name="Figures">The figures, in the order of the name.</param>
internal sealed record NameFigures(IReadOnlyList<(NameMeasure Measure, double Value)> Figures) : NameQualifier
{
    /// <summary>The figure of a text, or null.</summary>
    public static (NameMeasure Measure, double Value)? Find(string text, Language language)
    {
        foreach (NameMeasure measure in NameMeasure.All)
        {
            if (measure.Read(text, language) is { } value)
            {
                return (measure, value);
            }
        }

        return null;
    }

    /// <inheritdoc />
    public override string Text(Language language) =>
        string.Join(ClusterName.Separator, Figures.Select(figure => figure.Measure.Words(figure.Value, language)));

    /// <inheritdoc />
    /// <remarks>Within the tenth that a name may be off, so that it does not change every month, and while it is so of no other.</remarks>
    public override bool IsTrue(RfmTriple cluster, IEnumerable<RfmTriple> others) => IsNear(cluster) && !others.Any(IsNear);

    private bool IsNear(RfmTriple cluster) => Figures.All(figure =>
        Math.Abs(figure.Measure.Of(cluster) - figure.Value) <= CarriedNames.Tolerance * Math.Abs(figure.Value));
}
