namespace Segmentation.Core.Tests.Transactions;

/// <summary>A record, or a broken line (no fields), as the plain splitter sees it.</summary>
internal sealed record PlainRecord(long Line, bool IsBroken, bool IsTooLong, IReadOnlyList<byte[]> Fields, byte[] Raw);

/// <summary>
/// The rules of the record reader, written byte by byte over the whole text: the reference that the fast reader must equal. It has no
/// budget for reading lines again, which only texts made to exhaust it could tell.
/// </summary>
internal static class PlainSplitter
{
    public static List<PlainRecord> Split(byte[] text, byte delimiter, int maxField, int maxRecord)
    {
        var records = new List<PlainRecord>();
        long line = 1;
        for (int start = 0; start < text.Length;)
        {
            (List<byte[]> Fields, int End, int Next, int Lines)? record = Read(text, start, delimiter, maxField, maxRecord);
            if (record is { } read)
            {
                byte[] raw = text[start..read.End];
                if (read.Fields.Count > 1 || Array.Exists(raw, static b => b is not ((byte)' ' or (byte)'\t')))
                {
                    records.Add(new PlainRecord(line, false, false, read.Fields, raw));
                }

                line += read.Lines;
                start = read.Next;
                continue;
            }

            int end = start;
            while (end < text.Length && text[end] is not ((byte)'\r' or (byte)'\n'))
            {
                end++;
            }

            bool tooLong = end - start > maxRecord;
            records.Add(new PlainRecord(line, true, tooLong, [], text[start..(tooLong ? start + maxRecord : end)]));
            start = AfterLineEnd(text, end);
            line++;
        }

        return records;
    }

    private static (List<byte[]> Fields, int End, int Next, int Lines)? Read(byte[] text, int start, byte delimiter, int maxField, int maxRecord)
    {
        var fields = new List<byte[]>();
        var field = new List<byte>();
        int lines = 1;
        int i = start;
        bool atFieldStart = true;
        while (true)
        {
            if (i == text.Length || text[i] is (byte)'\r' or (byte)'\n')
            {
                fields.Add([.. field]);
                return i - start > maxRecord ? null : (fields, i, AfterLineEnd(text, i), lines);
            }

            byte b = text[i];
            if (b == delimiter)
            {
                fields.Add([.. field]);
                field.Clear();
                atFieldStart = true;
                i++;
                continue;
            }

            if (b != (byte)'"' || !atFieldStart)
            {
                field.Add(b);
                atFieldStart = false;
                i++;
                continue;
            }

            atFieldStart = false;
            int open = i++;
            bool spans = false;
            while (true)
            {
                if (i == text.Length)
                {
                    return null;
                }

                if (text[i] == (byte)'"')
                {
                    if (i + 1 < text.Length && text[i + 1] == (byte)'"')
                    {
                        field.Add((byte)'"');
                        i += 2;
                        continue;
                    }

                    break;
                }

                if (text[i] is (byte)'\r' or (byte)'\n')
                {
                    spans = true;
                    lines += text[i] == (byte)'\n' && text[i - 1] == (byte)'\r' ? 0 : 1;
                }

                field.Add(text[i++]);
            }

            if (spans && i - open - 1 > maxField)
            {
                return null;
            }

            i++;
            bool clean = i == text.Length || text[i] == delimiter || text[i] is (byte)'\r' or (byte)'\n';
            if (!clean && spans)
            {
                return null;
            }
        }
    }

    private static int AfterLineEnd(byte[] text, int end)
    {
        if (end == text.Length)
        {
            return end;
        }

        return text[end] == (byte)'\r' && end + 1 < text.Length && text[end + 1] == (byte)'\n' ? end + 2 : end + 1;
    }
}
