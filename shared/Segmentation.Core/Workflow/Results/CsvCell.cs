using System.Buffers;
using System.Globalization;
using System.Text;

namespace Segmentation.Core.Workflow.Results;

/// <summary>Text cells of the CSV files that we write.</summary>
internal static class CsvCell
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    /// <summary>
    /// Writes text quoted where RFC 4180 asks for it. Text that a spreadsheet would run as a formula is prefixed with <c>'</c>; a
    /// number is no formula.
    /// </summary>
    public static void WriteText(this TextWriter writer, string text)
    {
        if (IsFormula(text))
        {
            text = "'" + text;
        }

        if (!text.AsSpan().ContainsAny(Quoted))
        {
            writer.Write(text);
            return;
        }

        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }

    /// <summary>The text of a cell, unquoted, as it was before <see cref="WriteText" /> prefixed it.</summary>
    public static ReadOnlySpan<byte> ReadText(ReadOnlySpan<byte> cell) =>
        cell is [(byte)'\'', _, ..] && IsFormula(Encoding.UTF8.GetString(cell[1..])) ? cell[1..] : cell;

    private static bool IsFormula(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r'
        && !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
