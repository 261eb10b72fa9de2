using System.Globalization;

namespace Segmentation.Core.Segments;

/// <summary>What a name of a cluster says: a character, what tells it from others of that character, and a number as the last resort.</summary>
/// <param name="Character">The character.</param>
/// <param name="Qualifiers">What tells it apart, in the order of the name.</param>
/// <param name="Number">2 and more where names would be equal, else 0.</param>
internal sealed record ClusterName(ClusterCharacter Character, IReadOnlyList<NameQualifier> Qualifiers, int Number)
{
    /// <summary>What stands between the parts of a name; no number of a language holds it.</summary>
    public const string Separator = ", ";

    /// <summary>Reads a name that an earlier run gave; null where it is none of ours in that language.</summary>
    /// <remarks>Names hold all that they say, so that a stored run of any version can be read, and its names said in another language.</remarks>
    public static ClusterName? Parse(string text, Language language)
    {
        // A figure may end the name: only what it does not explain is a number behind it.
        if (Read(text, 0, language) is { } plain)
        {
            return plain;
        }

        int space = text.LastIndexOf(' ');
        return space > 0 && int.TryParse(text.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 1
            ? Read(text[..space], number, language)
            : null;
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

    private static ClusterName? Read(string name, int number, Language language)
    {
        string[] parts = name.Split(Separator);
        foreach (ClusterCharacter character in Enum.GetValues<ClusterCharacter>())
        {
            if (string.Equals(PhrasesOf(character, language).Name, parts[0], StringComparison.Ordinal))
            {
                return QualifiersOf(parts[1..], language) is { } qualifiers ? new ClusterName(character, qualifiers, number) : null;
            }
        }

        return null;
    }

    // Figures belong together: it is all of them that tell a cluster apart.
    private static NameQualifier[]? QualifiersOf(string[] parts, Language language)
    {
        NameSide?[] sides = [.. parts.Select(part => NameSide.Find(part, language))];
        (NameMeasure, double)?[] figures = [.. parts.Select(part => NameFigures.Find(part, language))];
        if (parts.Where((_, i) => sides[i] is null && figures[i] is null).Any())
        {
            return null;
        }

        (NameMeasure, double)[] stated = [.. figures.OfType<(NameMeasure, double)>()];
        return [.. sides.OfType<NameSide>(), .. stated.Length == 0 ? Array.Empty<NameQualifier>() : [new NameFigures(stated)]];
    }
}
