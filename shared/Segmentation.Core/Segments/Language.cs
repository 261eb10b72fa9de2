namespace Segmentation.Core.Segments;

/// <summary>The language of names and texts. Keys, ids and number formats of data files do not depend on it.</summary>
public enum Language
{
    /// <summary>English, code <c>en</c>.</summary>
    English,

    /// <summary>Russian, code <c>ru</c>.</summary>
    Russian,
}

/// <summary>The codes of the languages, as in <c>--lang</c> and in the <c>lang</c> attribute of the report.</summary>
public static class Languages
{
    /// <summary>The code: <c>en</c> or <c>ru</c>.</summary>
    public static string Code(this Language language) => language switch
    {
        Language.English => "en",
        Language.Russian => "ru",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "Expected English or Russian."),
    };

    /// <summary>Reads a code; upper and lower case are the same.</summary>
    /// <exception cref="FormatException">The code is neither <c>en</c> nor <c>ru</c>.</exception>
    public static Language Parse(string code) =>
        TryParse(code, out Language language)
            ? language
            : throw new FormatException($"Language '{code}' is unknown: expected 'en' or 'ru'.");

    /// <summary>Reads a code, or answers false where it is none.</summary>
    public static bool TryParse(string? code, out Language language)
    {
        language = string.Equals(code, "ru", StringComparison.OrdinalIgnoreCase) ? Language.Russian : Language.English;
        return language == Language.Russian || string.Equals(code, "en", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The text of the language.</summary>
    internal static string Pick(this Language language, string english, string russian) =>
        language == Language.Russian ? russian : english;
}
