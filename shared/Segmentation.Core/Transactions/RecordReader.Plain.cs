namespace Segmentation.Core.Transactions;

/// <content>The short way through records that almost all are, which comes to what the long way would.</content>
internal sealed partial class RecordReader
{
    /// <summary>
    /// Reads a record of one line whose structure is known already, in which quotes are nothing but the first and last byte of a field.
    /// </summary>
    /// <returns>Whether it is such a record; if not, nothing has changed.</returns>
    private bool TryReadPlainRecord()
    {
        ReadOnlySpan<int> positions = _positions.AsSpan(0, _count);
        Span<RecordField> fields = _fields;
        ReadOnlySpan<byte> text = _buffer.AsSpan(0, _filled);
        byte delimiter = _delimiter;
        int fieldStart = _start;
        int count = 0;
        for (int next = _next; next < positions.Length && count < fields.Length; next++)
        {
            int position = positions[next];
            byte found = text[position];
            if (found == Quote)
            {
                if (position != fieldStart)
                {
                    continue;
                }

                // The closing quote and the end of the field must be the next two, side by side.
                if (next + 2 >= positions.Length || text[positions[next + 1]] != Quote || positions[next + 2] != positions[next + 1] + 1)
                {
                    return false;
                }

                int close = positions[next + 1];
                position = close + 1;
                found = text[position];
                if (found == Quote)
                {
                    return false;
                }

                fields[count++] = new RecordField(fieldStart + 1, close, false, true);
                next += 2;
            }
            else
            {
                fields[count++] = new RecordField(fieldStart, position, false, false);
            }

            fieldStart = position + 1;
            if (found == delimiter)
            {
                continue;
            }

            int following = next + 1;
            if (found == (byte)'\r')
            {
                // A return by itself ends a line too, but not here: its line feed may not have come yet.
                if (following == positions.Length || positions[following] != fieldStart || text[fieldStart] != (byte)'\n')
                {
                    return false;
                }

                following++;
                fieldStart++;
            }

            return EndPlainRecord(position, count, fieldStart, following);
        }

        return false;
    }

    private bool EndPlainRecord(int end, int fields, int following, int next)
    {
        int start = _start;
        if (end - start > _maxRecord)
        {
            return false;
        }

        FieldCount = fields;
        Line = _line++;
        _next = next;
        _scratchUsed = 0;
        _rawStart = start;
        _rawEnd = end;
        _start = following;
        _rereads += (long)RereadsPerByte * (following - start);
        return true;
    }
}
