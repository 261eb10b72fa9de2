namespace Segmentation.Core.Options;

/// <summary>Questions about keys: which are groups, and which was probably meant.</summary>
internal static class OptionKeys
{
    private static readonly HashSet<string> Groups = new(OptionCatalog.All.SelectMany(option => GroupsOf(option.Key)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a key is the beginning of others: <c>import</c>, <c>import.columns</c>.</summary>
    public static bool IsGroup(string key) => Groups.Contains(key);

    /// <summary>How a fault about an unknown key goes on: the nearest key where one is near, else where to look.</summary>
    public static string Suggestion(string key) =>
        Nearest(key) is { } nearest ? $", expected perhaps {nearest}" : ", expected one of those in docs/options.md";

    /// <summary>The known key at the least edit distance, if that is small against the length; the section may be left out.</summary>
    public static string? Nearest(string key)
    {
        string? nearest = null;
        int least = int.MaxValue;
        foreach (OptionDefinition option in OptionCatalog.All)
        {
            string name = option.Key[(option.Key.LastIndexOf('.') + 1)..];
            int distance = Math.Min(Distance(key, option.Key), key.Contains('.', StringComparison.Ordinal) ? int.MaxValue : Distance(key, name));
            if (distance < least)
            {
                least = distance;
                nearest = option.Key;
            }
        }

        return least <= Math.Max(1, key.Length / 3) ? nearest : null;
    }

    /// <summary>Levenshtein's distance: the fewest insertions, deletions and replacements of characters, without regard to case.</summary>
    internal static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }

    private static IEnumerable<string> GroupsOf(string key)
    {
        for (int dot = key.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = key.IndexOf('.', dot + 1))
        {
            yield return key[..dot];
        }
    }
}
