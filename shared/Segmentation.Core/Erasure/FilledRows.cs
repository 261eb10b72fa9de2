using System.Text;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <summary>
/// Rows of erased customers with what their orders carried to them, as a run's files of rejects by upload hold them: by these they are
/// known where they stand as written, without anything that says whose they are.
/// </summary>
/// <remarks>
/// The run's own files tell, not the cleaned rows, which may be scrubbed already, or of another content by now. Memory: the rows of the
/// erased customers alone.
/// </remarks>
internal sealed class FilledRows
{
    private const byte Quote = (byte)'"';

    private readonly Dictionary<(int Column, string Text), List<string[]>> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(RecordReader row)
    {
        string[] fields = new string[row.FieldCount];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = Encoding.UTF8.GetString(row.Field(i));
        }

        for (int i = 0; i < fields.Length; i++)
        {
            if (!_rows.TryGetValue((i, fields[i]), out List<string[]>? rows))
            {
                _rows[(i, fields[i])] = rows = [];
            }

            rows.Add(fields);
        }
    }

    /// <summary>Whether a row as written is one of these before it was filled.</summary>
    public bool Contains(ReadOnlySpan<byte> raw, byte delimiter)
    {
        if (_rows.Count == 0)
        {
            return false;
        }

        // Most rows share no order number with any: they end here.
        List<string> fields = FieldsOf(raw, delimiter);
        List<string[]>? candidates = null;
        for (int i = 0; i < fields.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(fields[i]))
            {
                continue;
            }

            if (!_rows.TryGetValue((i, fields[i]), out List<string[]>? rows))
            {
                return false;
            }

            candidates = candidates is null || rows.Count < candidates.Count ? rows : candidates;
        }

        return candidates is not null && candidates.Exists(row => IsFilled(row, fields));
    }

    private static bool IsFilled(string[] row, List<string> written)
    {
        if (row.Length != written.Count)
        {
            return false;
        }

        int filled = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] != written[i])
            {
                filled++;
                if (filled > CarriedOrder.MostFields || !string.IsNullOrWhiteSpace(written[i]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // As the reader of records does it, for one that is known to be a record.
    private static List<string> FieldsOf(ReadOnlySpan<byte> row, byte delimiter)
    {
        var fields = new List<string>();
        byte[] field = new byte[row.Length];
        int length = 0;
        bool inside = false;
        bool isStart = true;
        bool mergesBlanks = delimiter == (byte)' ';
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] == Quote && (inside || isStart))
            {
                bool isDoubled = inside && i + 1 < row.Length && row[i + 1] == Quote;
                if (!isDoubled)
                {
                    inside = !inside;
                    isStart = false;
                    continue;
                }

                i++;
            }
            else if (row[i] == delimiter && !inside)
            {
                if (!(isStart && mergesBlanks))
                {
                    fields.Add(Encoding.UTF8.GetString(field, 0, length));
                }

                length = 0;
                isStart = true;
                continue;
            }

            isStart = false;
            field[length++] = row[i];
        }

        if (!(isStart && mergesBlanks))
        {
            fields.Add(Encoding.UTF8.GetString(field, 0, length));
        }

        return fields;
    }
}
