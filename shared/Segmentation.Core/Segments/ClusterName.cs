using System.Globalization;

namespace Segmentation.Core.Segments;

/// <summary>What a name of a cluster says: a character, what tells it from others of that character, and a number as the last resort.</summary>
/// <param name="Character">The character.</param>
/// <param name="Qualifiers">What tells it apart, in the order of the name.</param>
/// <param name="Number">2 and more where names would be equal, else 0.</param>
internal sealed record ClusterName(ClusterCharacter Character, IReadOnlyList<NameQualifier> Qualifiers, int Number)
{
    private const string Separator = ", ";

    /// <summary>Reads a name that an earlier run gave; null where it is none of ours in that language.</summary>
    /// <remarks>Names hold all that they say, so that a stored run of any version can be read, and its names said in another language.</remarks>
    public static ClusterName? Parse(string text, Language language)
    {
        (string name, int number) = WithoutNumber(text);
        string[] parts = name.Split(Separator);
        foreach (ClusterCharacter character in Enum.GetValues<ClusterCharacter>())
        {
            if (!string.Equals(PhrasesOf(character, language).Name, parts[0], StringComparison.Ordinal))
            {
                continue;
            }

            NameQualifier?[] qualifiers = [.. parts.Skip(1).Select(part => NameQualifier.Find(part, language))];
            return qualifiers.Contains(null) ? null : new ClusterName(character, [.. qualifiers.OfType<NameQualifier>()], number);
        }

        return null;
    }

    /// <summary>The name in a language.</summary>
    public string ToText(Language language)
    {
        string name = string.Join(Separator, [PhrasesOf(Character, language).Name, .. Qualifiers.Select(one => one.Text(language))]);
        return Number == 0 ? name : WithNumber(name, Number);
    }

    /// <summary>A name with a number behind it.</summary>
    public static string WithNumber(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name} {number}");

    /// <summary>The texts of a character.</summary>
    public static SegmentPhrases PhrasesOf(ClusterCharacter character, Language language) =>
        language == Language.Russian ? RussianClusterPhrases.Of(character) : EnglishClusterPhrases.Of(character);

    private static (string Name, int Number) WithoutNumber(string text)
    {
        int space = text.LastIndexOf(' ');
        return space > 0 && int.TryParse(text.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 1
            ? (text[..space], number)
            : (text, 0);
    }
}

/// <summary>Which side of others of its character a cluster is on, by one measure.</summary>
internal sealed record NameQualifier
{
    private readonly string _english;
    private readonly string _russian;

    private NameQualifier(Func<RfmTriple, double> of, bool isMore, string english, string russian)
    {
        Of = of;
        IsMore = isMore;
        _english = english;
        _russian = russian;
    }

    /// <summary>Every measure, first its upper side, then its lower one.</summary>
    public static IReadOnlyList<(NameQualifier More, NameQualifier Less)> Measures { get; } =
    [
        (new(figures => figures.Recency, true, "longer ago", "с более давним заказом"),
            new(figures => figures.Recency, false, "more recent", "с более свежим заказом")),
        (new(figures => figures.Frequency, true, "more orders", "с большим числом заказов"),
            new(figures => figures.Frequency, false, "fewer orders", "с меньшим числом заказов")),
        (new(figures => figures.Monetary, true, "higher spend", "с более высокими тратами"),
            new(figures => figures.Monetary, false, "lower spend", "с более низкими тратами")),
    ];

    /// <summary>The measure.</summary>
    public Func<RfmTriple, double> Of { get; }

    /// <summary>Whether the cluster has more of it than others.</summary>
    public bool IsMore { get; }

    /// <summary>The qualifier of a text, or null.</summary>
    public static NameQualifier? Find(string text, Language language) => Measures
        .SelectMany(measure => new[] { measure.More, measure.Less })
        .FirstOrDefault(one => string.Equals(one.Text(language), text, StringComparison.Ordinal));

    /// <summary>The text in a language.</summary>
    public string Text(Language language) => language.Pick(_english, _russian);

    /// <summary>Whether it is true of a cluster: at least one of the others is on the other side of it.</summary>
    public bool IsTrue(RfmTriple cluster, IEnumerable<RfmTriple> others) =>
        others.Any(other => IsMore ? Of(cluster) > Of(other) : Of(cluster) < Of(other));
}
