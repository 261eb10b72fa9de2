using System.Collections.Frozen;
using System.Text;

namespace Segmentation.Core.Products;

/// <summary>The words of a description that tell what a product is.</summary>
internal static class ProductWords
{
    private const int ShortestWord = 3;
    private const int LongestWord = 40;
    private const int ShortestStem = 4;

    // Words that join, count, measure or colour: they say how a product is made up, not what it is.
    private static readonly FrozenSet<string> Stopwords = FrozenSet.ToFrozenSet(
    [
        "the", "and", "for", "with", "from", "per", "out", "not", "are", "its", "one", "two", "three", "four", "five", "six", "ten",
        "twelve", "new", "old", "set", "sets", "pack", "packs", "pcs", "piece", "pieces", "pair", "assorted", "asstd", "asst", "assort",
        "small", "large", "medium", "big", "mini", "midi", "maxi", "size", "tall", "long", "short", "extra", "red", "blue", "green", "white",
        "black", "pink", "yellow", "brown", "grey", "gray", "purple", "orange", "ivory", "cream", "gold", "golden", "silver", "turquoise",
        "beige", "violet", "multicolour", "multicolor", "colour", "color", "colours", "colors", "coloured", "light", "dark", "type",
        "design", "style", "various", "other", "misc", "item", "items", "product", "products", "kit",
        "для", "или", "без", "под", "над", "при", "как", "что", "это", "все", "его", "набор", "набора", "комплект", "комплекта", "штук",
        "штука", "штуки", "упаковка", "размер", "цвет", "цвета", "малый", "малая", "большой", "большая", "мини", "белый", "белая",
        "белое", "белые", "черный", "чёрный", "черная", "чёрная", "черные", "чёрные", "красный", "красная", "красное", "синий", "синяя",
        "синее", "зеленый", "зелёный", "зеленая", "зелёная", "желтый", "жёлтый", "желтая", "жёлтая", "серый", "серая", "розовый",
        "розовая", "новый", "новая", "прочее", "товар", "товары", "шт", "уп",
    ], StringComparer.Ordinal);

    // From the longest: the first that fits is taken off.
    private static readonly string[] RussianEndings =
    [
        "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "ией", "иям", "иях", "ая", "яя", "ое", "ее", "ие", "ые", "ый", "ий", "ой",
        "ей", "ом", "ем", "ам", "ям", "ах", "ях", "ов", "ев", "ую", "юю", "ых", "их", "ию", "ия", "а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "й",
    ];

    /// <summary>The words in lower case with the stem by which words of one sort are counted together; each stem once.</summary>
    public static IReadOnlyList<(string Stem, string Word)> Of(string description)
    {
        var words = new List<(string Stem, string Word)>();
        var word = new StringBuilder();
        foreach (Rune rune in description.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else if (rune.Value is not ('\'' or '’'))
            {
                // An apostrophe is inside of a word: children's.
                Take(word, words);
            }
        }

        Take(word, words);
        return words;
    }

    private static void Take(StringBuilder letters, List<(string Stem, string Word)> words)
    {
        if (letters.Length is >= ShortestWord and <= LongestWord)
        {
            string word = letters.ToString();
            string stem = StemOf(word);
            if (!Stopwords.Contains(word) && !Stopwords.Contains(stem) && !words.Exists(other => other.Stem == stem))
            {
                words.Add((stem, word));
            }
        }

        letters.Clear();
    }

    private static string StemOf(string word) => word[0] is >= 'а' and <= 'я' or 'ё' ? RussianStem(word) : EnglishStem(word);

    private static string EnglishStem(string word)
    {
        if (word.Length <= ShortestStem - 1 || !word.EndsWith('s') || word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal))
        {
            return word;
        }

        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > ShortestStem)
        {
            return word[..^3] + "y";
        }

        return word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("sses", StringComparison.Ordinal)
            || word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal)
            ? word[..^2]
            : word[..^1];
    }

    private static string RussianStem(string word)
    {
        foreach (string ending in RussianEndings)
        {
            if (word.Length - ending.Length >= ShortestStem - 1 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }
}
