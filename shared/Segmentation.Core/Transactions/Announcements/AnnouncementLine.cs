using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>
/// The syntax of the line above the header by which a file of rejects says how its upload was read:
/// <c># segmentation (keep this line): dateFormat=dd/MM/yyyy decimalSeparator=comma</c>.
/// </summary>
/// <remarks>
/// It is ASCII, so that it reads in every encoding, and holds no delimiter but blanks, no quote and nothing that a spreadsheet takes for a
/// formula, a number or a date. Quotes around it and delimiters in it or behind it, as editors of tables add them, change nothing.
/// </remarks>
internal static class AnnouncementLine
{
    private const string Start = "# segmentation";
    private const string Opening = Start + " (keep this line):";
    private const string Plain = "-./:_";
    private const int LongestRead = 4 << 10;

    private static readonly char[] Separators = [' ', '\t', ',', ';', '|', '"'];

    /// <summary>Writes a line without its end; nothing where there is nothing to say.</summary>
    public static string Write(IReadOnlyCollection<(string Key, string Value)> values) => Add("", values);

    /// <summary>A line with more in it; the line itself where there is nothing to add.</summary>
    public static string Add(string line, IReadOnlyCollection<(string Key, string Value)> values) => values.Count == 0
        ? line
        : (line.Length == 0 ? Opening : line) + string.Concat(values.Select(static value => $" {value.Key}={Escape(value.Value)}"));

    /// <summary>Finds the line among the first physical lines of a text.</summary>
    /// <param name="text">The text, in UTF-8 or any encoding that holds ASCII as it is.</param>
    /// <param name="skip">How many lines are passed over first.</param>
    /// <param name="lines">How many lines are then looked at.</param>
    /// <param name="line">How many lines stand above it.</param>
    /// <returns>The line, or null.</returns>
    public static string? Find(ReadOnlySpan<byte> text, int skip, int lines, out int line)
    {
        for (line = 0; line - skip < lines && !text.IsEmpty; line++)
        {
            int length = text.IndexOfAny((byte)'\r', (byte)'\n');
            ReadOnlySpan<byte> written = length < 0 ? text : text[..length];
            if (line >= skip && Is(written))
            {
                return Encoding.Latin1.GetString(written[..Math.Min(written.Length, LongestRead)]);
            }

            bool isPair = length >= 0 && text[length..].StartsWith("\r\n"u8);
            text = length < 0 ? default : text[(length + (isPair ? 2 : 1))..];
        }

        return null;
    }

    /// <summary>What a line says, key by key.</summary>
    public static IEnumerable<(string Key, string Value)> Values(string line)
    {
        foreach (string word in line.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            int sign = word.IndexOf('=', StringComparison.Ordinal);
            if (sign > 0)
            {
                yield return (word[..sign], Uri.UnescapeDataString(word[(sign + 1)..]));
            }
        }
    }

    /// <summary>Lines with their ends, without those that announce.</summary>
    public static string Without(string lines)
    {
        var others = new StringBuilder();
        for (int start = 0; start < lines.Length;)
        {
            int length = lines.AsSpan(start).IndexOfAny('\r', '\n');
            bool isPair = length >= 0 && lines.AsSpan(start + length).StartsWith("\r\n", StringComparison.Ordinal);
            int end = length < 0 ? lines.Length : start + length + (isPair ? 2 : 1);
            if (!Is(Encoding.UTF8.GetBytes(lines[start..end])))
            {
                others.Append(lines, start, end - start);
            }

            start = end;
        }

        return others.ToString();
    }

    private static bool Is(ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t,;|\""u8);
        return line.Length > Start.Length && Ascii.EqualsIgnoreCase(line[..Start.Length], Start) && !char.IsAsciiLetterOrDigit((char)line[Start.Length]);
    }

    // What could be taken for a delimiter, a quote or no ASCII is written as in an address.
    private static string Escape(string value) => string.Concat(value.EnumerateRunes().Select(static rune =>
        rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || Plain.Contains((char)rune.Value, StringComparison.Ordinal))
            ? rune.ToString()
            : Uri.EscapeDataString(rune.ToString())));
}
