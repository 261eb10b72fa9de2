using System.Text;

namespace Segmentation.EndToEnd.Tests.Support;

/// <summary>Reads CSV by RFC 4180, plainly.</summary>
internal static class CsvText
{
    /// <summary>The rows after the header, each as column → cell.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string text)
    {
        List<string[]> records = [.. Records(text)];
        string[] header = records[0];
        return [.. records.Skip(1).Select(record =>
            header.Zip(record).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))];
    }

    private static IEnumerable<string[]> Records(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        foreach (char letter in text)
        {
            switch (letter)
            {
                case '"':
                    // A doubled quote closes and opens again, and stands for one.
                    isQuoted = !isQuoted;
                    cell.Append(letter);
                    break;
                case ',' or '\n' when !isQuoted:
                    cells.Add(Unquote(cell.ToString()));
                    cell.Clear();
                    if (letter == '\n')
                    {
                        yield return [.. cells];
                        cells.Clear();
                    }

                    break;
                default:
                    cell.Append(letter);
                    break;
            }
        }
    }

    private static string Unquote(string cell) =>
        cell.StartsWith('"') ? cell[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : cell;
}
