namespace Segmentation.Core.Transactions;

/// <summary>Recognises, by their first bytes, files that are no delimited text.</summary>
internal static class FileSignature
{
    private const string Expected = "expected delimited text (CSV) with a header row, or an Excel workbook (.xlsx)";
    private const int FewControls = 4;
    private const int ControlsShare = 50;

    /// <summary>Refuses what is known to be something else.</summary>
    /// <param name="head">The first decompressed bytes.</param>
    /// <param name="isDecoded">Whether the encoding is known, so that NUL bytes need not mean binary.</param>
    /// <exception cref="UnusableUploadException">The file is something else; the message says what.</exception>
    public static void RefuseForeign(ReadOnlySpan<byte> head, bool isDecoded)
    {
        (string? what, string advice) = Recognise(head, isDecoded);
        if (what is not null)
        {
            throw new UnusableUploadException($"The file looks like {what}; {Expected}.", advice: advice);
        }
    }

    private static (string? What, string Advice) Recognise(ReadOnlySpan<byte> head, bool isDecoded)
    {
        const string export = "Export the transactions as CSV and upload that.";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return ("an old Excel workbook (.xls)", "Save it as .xlsx or CSV and upload that.");
        }

        if (head.StartsWith("%PDF"u8) || head.StartsWith("PAR1"u8) || head.StartsWith("SQLite format 3"u8))
        {
            return (head[0] == (byte)'%' ? "a PDF document" : head[0] == (byte)'P' ? "a Parquet file" : "a SQLite database", export);
        }

        ReadOnlySpan<byte> text = head.TrimStart("\uFEFF \t\r\n"u8);
        if (text.StartsWith("<"u8))
        {
            bool html = StartsWithIgnoringCase(text, "<!doctype html"u8) || StartsWithIgnoringCase(text, "<html"u8)
                || StartsWithIgnoringCase(text, "<head"u8) || StartsWithIgnoringCase(text, "<table"u8);
            if (html || text.StartsWith("<?xml"u8))
            {
                return html ? ("a web page (HTML)", "A login or error page may have been saved in its place. " + export) : ("XML", export);
            }
        }

        if (IsJson(text))
        {
            return ("JSON", export);
        }

        // Only the first line counts: below a good header, damaged rows are rejected one by one.
        int lineEnd = head.IndexOfAny((byte)'\n', (byte)'\r');
        ReadOnlySpan<byte> firstLine = lineEnd < 0 ? head : head[..lineEnd];
        int controls = 0;
        foreach (byte b in firstLine)
        {
            controls += b < 0x20 && b != (byte)'\t' ? 1 : 0;
        }

        return !isDecoded && controls > FewControls && controls * ControlsShare > firstLine.Length
            ? ("binary data", "If it is text in UTF-16, set import.encoding to utf-16 or utf-16BE; otherwise export the transactions as CSV.")
            : (null, "");
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        ReadOnlySpan<byte> next = text[1..].TrimStart(" \t\r\n"u8);
        return !next.IsEmpty && (text[0] == (byte)'{' ? next[0] is (byte)'"' or (byte)'}' : next[0] is (byte)'{' or (byte)'[' or (byte)']');
    }

    private static bool StartsWithIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && System.Text.Ascii.EqualsIgnoreCase(text[..start.Length], start);
}
