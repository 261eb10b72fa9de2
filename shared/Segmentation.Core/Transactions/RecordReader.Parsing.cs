namespace Segmentation.Core.Transactions;

/// <content>The walk over structural bytes that finds records and fields, and what is done about lines that are none.</content>
internal sealed partial class RecordReader
{
    private ReadOutcome ReadRecord() => !_mergesBlanks && TryReadPlainRecord() ? ReadOutcome.Record : ReadAnyRecord();

    private ReadOutcome ReadAnyRecord()
    {
        int start = _start;
        int fieldStart = start;
        int lineEnds = 1;
        var quoted = default(RecordField);
        byte[] buffer = _buffer;
        byte delimiter = _delimiter;
        int end;
        int following;
        FieldCount = 0;
        _scratchUsed = 0;
        while (true)
        {
            if (_next == _count && !IndexMore())
            {
                if (!_endOfStream)
                {
                    return _filled - start > _maxRecord ? Break(_maxRecord) : ReadOutcome.NeedMore;
                }

                end = following = _filled;
                break;
            }

            int position = _positions[_next++];
            byte found = buffer[position];
            if (found == delimiter)
            {
                if (position > fieldStart || !_mergesBlanks)
                {
                    AddField(fieldStart, position, ref quoted);
                }

                fieldStart = position + 1;
            }
            else if (found == Quote)
            {
                if (position == fieldStart)
                {
                    ReadOutcome outcome = ReadQuoted(position, ref lineEnds, out quoted);
                    if (outcome != ReadOutcome.Record)
                    {
                        return outcome;
                    }
                }
            }
            else
            {
                end = position;
                following = position + 1;
                if (found == (byte)'\r')
                {
                    if (following == _filled && !_endOfStream)
                    {
                        return position - start > _maxRecord ? Break(_maxRecord) : ReadOutcome.NeedMore;
                    }

                    if (following < _filled && buffer[following] == (byte)'\n')
                    {
                        following++;
                        PassOne();
                    }
                }

                break;
            }
        }

        if (end - start > _maxRecord)
        {
            return Break(_maxRecord);
        }

        if (end > fieldStart || !_mergesBlanks || FieldCount == 0)
        {
            AddField(fieldStart, end, ref quoted);
        }

        Line = _line;
        _line += lineEnds;
        _rawStart = start;
        _rawEnd = end;
        _start = following;
        _rereads += (long)RereadsPerByte * (following - start);
        return ReadOutcome.Record;
    }

    /// <summary>Reads from an opening quote to the end of the quoted part.</summary>
    private ReadOutcome ReadQuoted(int open, ref int lineEnds, out RecordField quoted)
    {
        bool escaped = false;
        bool spansLines = false;
        quoted = default;
        while (true)
        {
            if (_next == _count && !IndexMore())
            {
                bool lost = _endOfStream || (spansLines && _filled - open - 1 > _maxField) || _filled - _start > _maxRecord;
                return lost ? Break(_maxRecord) : ReadOutcome.NeedMore;
            }

            int position = _positions[_next++];
            byte found = _buffer[position];
            bool last = position + 1 == _filled;
            byte after = last ? (byte)0 : _buffer[position + 1];
            if (found == _delimiter)
            {
                continue;
            }

            if (last && !_endOfStream)
            {
                return _filled - _start > _maxRecord + 1 ? Break(_maxRecord) : ReadOutcome.NeedMore;
            }

            if (found != Quote)
            {
                if (found == (byte)'\r' && after == (byte)'\n')
                {
                    PassOne();
                    position++;
                }

                spansLines = true;
                lineEnds++;
                if (_base + _start < _singleLineUntil)
                {
                    return Break(0);
                }

                if (position - open - 1 >= _maxField)
                {
                    return Break(_maxRecord);
                }
            }
            else if (!last && after == Quote)
            {
                escaped = true;
                PassOne();
            }
            else
            {
                if (spansLines && position - open - 1 > _maxField)
                {
                    return Break(_maxRecord);
                }

                bool clean = last || after == _delimiter || after is (byte)'\n' or (byte)'\r';
                if (!clean && spansLines)
                {
                    return Break(Math.Min(position - _start, _maxRecord));
                }

                // What must be unescaped keeps its opening quote, so that one walk serves doubled quotes and text after the closing one.
                quoted = clean && !escaped ? new RecordField(open + 1, position, false, true) : new RecordField(open, position + 1, true, clean);
                return ReadOutcome.Record;
            }
        }
    }

    /// <summary>Gives up the record under way: its first physical line is broken, and reading resumes after it.</summary>
    private ReadOutcome Break(int cost)
    {
        int start = _start;
        int length = _buffer.AsSpan(start, Math.Min(_filled - start, _maxRecord + 1)).IndexOfAny((byte)'\r', (byte)'\n');
        Breakage = length < 0 && _filled - start > _maxRecord ? RejectionReason.TooLong : RejectionReason.UnreadableText;
        int following;
        if (length < 0)
        {
            length = Math.Min(_filled - start, _maxRecord);
            following = start + length;
            _skippingLine = Breakage == RejectionReason.TooLong;
        }
        else
        {
            following = start + length + 1;
            if (_buffer[following - 1] == (byte)'\r')
            {
                if (following == _filled && !_endOfStream)
                {
                    return ReadOutcome.NeedMore;
                }

                following += following < _filled && _buffer[following] == (byte)'\n' ? 1 : 0;
            }

            _rereads -= cost;
            if (_rereads < 0 && cost > 0)
            {
                _singleLineUntil = _base + start + cost;
            }
        }

        Line = _line;
        _line += _skippingLine ? 0 : 1;
        _rawStart = start;
        _rawEnd = start + length;
        _rereads += (long)RereadsPerByte * (following - start);
        FieldCount = 0;
        _start = following;
        Rewind(following);
        return ReadOutcome.Broken;
    }

    private void AddField(int start, int end, ref RecordField quoted)
    {
        if (FieldCount == _fields.Length)
        {
            Array.Resize(ref _fields, _fields.Length * 2);
        }

        if (quoted.End == 0)
        {
            _fields[FieldCount++] = new RecordField(start, end, false, false);
            return;
        }

        _fields[FieldCount++] = quoted.IsClosed ? quoted : quoted with { End = end };
        quoted = default;
    }

    /// <summary>The second byte of a pair (CRLF, doubled quote) is structural too: it must not be seen again.</summary>
    private void PassOne()
    {
        if (_next < _count || IndexMore())
        {
            _next++;
        }
    }

    private bool IndexMore()
    {
        while (_chunkEnd < _filled)
        {
            int length = Math.Min(ChunkBytes, _filled - _chunkEnd);
            _chunkStart = _chunkEnd;
            bool unusual = false;
            ReadOnlySpan<byte> chunk = _buffer.AsSpan(_chunkStart, length);
            _count = StructuralIndex.Find(chunk, _chunkStart, _delimiter, _positions, ref unusual);
            if (unusual)
            {
                _marks.Add(chunk, _guarantee);
            }

            _chunkEnd += length;
            _next = 0;
            if (_count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Rewind(int position)
    {
        if (position < _chunkStart || position > _chunkEnd)
        {
            ForgetIndex(position);
            return;
        }

        int found = Array.BinarySearch(_positions, 0, _count, position);
        _next = found < 0 ? ~found : found;
    }

    private void ForgetIndex(int position)
    {
        _chunkStart = _chunkEnd = position;
        _next = _count = 0;
    }
}
