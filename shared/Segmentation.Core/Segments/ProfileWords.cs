using System.Globalization;

namespace Segmentation.Core.Segments;

/// <summary>Names, descriptions and strategies of segments, made from their figures alone.</summary>
/// <remarks>Pure: the same figures give the same text on every machine. The two languages are written apart, not translated.</remarks>
public static class ProfileWords
{
    /// <summary>The profile of a named RFM segment; one that nobody is in has no means and medians, and its description says so.</summary>
    public static SegmentProfile DescribeNamed(NamedSegment segment, SegmentFigures figures, Language language)
    {
        SegmentPhrases phrases = language == Language.Russian
            ? RussianNamedPhrases.Of(segment)
            : EnglishNamedPhrases.Of(segment);
        string who = PlainClaims.Who(phrases, segment, figures);
        return Profile(SegmentProfile.NamedKind, segment.Id, segment.LocalName(language), phrases with { Who = who }, figures, language);
    }

    /// <summary>The profiles of the clusters of a model, in their order.</summary>
    /// <param name="clusters">The figures; index 0 is cluster 1.</param>
    /// <param name="everyone">The same figures of all customers: names say how a cluster differs from them.</param>
    /// <param name="language">The language.</param>
    /// <param name="keptNames">
    /// Names that clusters carry over from an earlier run, null where a cluster is new; the whole null where there was no earlier run.
    /// New names are unique among them; the kept ones have to be so already.
    /// </param>
    /// <exception cref="ArgumentException">There are kept names, but not one place for each cluster.</exception>
    public static IReadOnlyList<SegmentProfile> DescribeClusters(
        IReadOnlyList<SegmentFigures> clusters, SegmentFigures everyone, Language language, IReadOnlyList<string?>? keptNames = null)
    {
        CarriedName?[] kept = keptNames is null
            ? new CarriedName?[clusters.Count]
            : [.. keptNames.Select(name => name is null ? null : new CarriedName(name, null))];
        return DescribeClusters(clusters, everyone, language, kept, [.. Enumerable.Range(1, clusters.Count)]);
    }

    /// <summary>The same with names that are known to be true, and with ids.</summary>
    internal static IReadOnlyList<SegmentProfile> DescribeClusters(
        IReadOnlyList<SegmentFigures> clusters,
        SegmentFigures everyone,
        Language language,
        IReadOnlyList<CarriedName?> keptNames,
        IReadOnlyList<int> ids)
    {
        if (keptNames.Count != clusters.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{keptNames.Count} kept names for {clusters.Count} clusters."),
                nameof(keptNames));
        }

        SegmentPhrases[] phrases = [.. clusters.Select((cluster, i) => Phrases(cluster, everyone, keptNames[i]?.Character, language))];
        string[] names = ClusterNames.Unique(
            [.. clusters.Select(cluster => cluster.Medians)],
            [.. phrases.Select(phrase => phrase.Name)],
            [.. keptNames.Select(name => name?.Text)],
            language);
        return
        [
            .. clusters.Select((cluster, index) => Profile(
                SegmentProfile.ClusterKind,
                ids[index].ToString(CultureInfo.InvariantCulture),
                names[index],
                phrases[index],
                cluster,
                language)),
        ];
    }

    private static SegmentPhrases Phrases(
        SegmentFigures cluster, SegmentFigures everyone, ClusterCharacter? kept, Language language)
    {
        (ClusterTraits own, ClusterTraits usual) = (ClusterTraits.Of(cluster), ClusterTraits.Of(everyone));
        ClusterCharacter character = kept ?? ClusterCharacters.Of(own, usual);
        SegmentPhrases phrases = ClusterName.PhrasesOf(character, language);
        return phrases with { Who = PlainClaims.Who(phrases, character, own, usual) };
    }

    private static SegmentProfile Profile(
        string kind, string id, string name, SegmentPhrases phrases, SegmentFigures figures, Language language)
    {
        bool empty = figures.Size == 0;
        return new SegmentProfile(
            kind,
            id,
            name,
            empty ? NobodyIsHere(phrases, language) : Description(phrases, figures, language),
            phrases.Strategy,
            figures.Size,
            empty ? 0 : figures.Share,
            empty ? 0 : figures.RevenueShare,
            empty ? null : figures.Means,
            empty ? null : figures.Medians)
        {
            Plan = phrases.Plan,
        };
    }

    private static string NobodyIsHere(SegmentPhrases phrases, Language language) => language.Pick(
        $"Nobody is in this segment now. It gathers customers who {phrases.Who}.",
        $"Сейчас в этом сегменте никого нет. Сюда попадают клиенты, которые {phrases.Who}.");

    private static string Description(SegmentPhrases phrases, SegmentFigures figures, Language language)
    {
        string who = char.ToUpperInvariant(phrases.Who[0]) + phrases.Who[1..];
        string customers = Counted.Customers(figures.Size, language);
        string share = LocalNumbers.PercentInProse(figures.Share, language);
        string revenue = LocalNumbers.PercentInProse(figures.RevenueShare, language);
        string days = Counted.Days(figures.Medians.Recency, language);
        string orders = Counted.Orders(figures.Medians.Frequency, language);
        string spend = LocalNumbers.Amount(figures.Medians.Monetary, language);
        if (language == Language.Russian)
        {
            string bring = Counted.Russian(figures.Size, "приносит", "приносят", "приносят");
            return $"{who}: {customers} ({share} базы) {bring} {revenue} выручки. "
                + $"Типичный клиент делал последний заказ {days} назад; всего у него {orders} на сумму {spend}.";
        }

        return $"{who}: {customers} ({share} of all) {(figures.Size == 1 ? "brings" : "bring")} {revenue} of revenue. "
            + $"The typical customer last ordered {days} ago and has placed {orders} worth {spend} in total.";
    }
}
