using System.Runtime.InteropServices;

namespace Segmentation.Core.Erasure;

/// <summary>Takes physical lines out of a text, byte for byte, in whatever encoding it is.</summary>
/// <remarks>
/// The line ends may stay: a blank line is no row, and the lines after it keep their numbers. Lines end with LF, CRLF or CR, as for the
/// reader of records. Memory: one block.
/// </remarks>
internal sealed class LineRedaction
{
    private const int BlockBytes = 64 << 10;

    private readonly IEnumerator<(long First, long Last)> _ranges;
    private readonly bool _keepLineEnds;
    private readonly int _unit;
    private readonly bool _bigEndian;
    private bool _hasRange;
    private long _line;
    private bool _afterReturn;
    private bool _keptEnd;

    private LineRedaction(LineRanges lines, string encoding, bool keepLineEnds, long firstLine)
    {
        _line = firstLine;
        _ranges = lines.Ranges.GetEnumerator();
        _hasRange = _ranges.MoveNext();
        _keepLineEnds = keepLineEnds;
        _unit = encoding.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? 2
            : encoding.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase) ? 4 : 1;
        _bigEndian = encoding.EndsWith("BE", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Writes a text without some of its lines.</summary>
    /// <param name="bytes">The text from its start, with its byte order mark if it has one.</param>
    /// <param name="into">Takes the rest.</param>
    /// <param name="lines">The lines to take out.</param>
    /// <param name="encoding">The web name of the encoding.</param>
    /// <param name="keepLineEnds">Whether a line that is taken out becomes a blank one.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <param name="firstLine">The number of the text's first line.</param>
    public static async Task WriteAsync(
        Stream bytes, Stream into, LineRanges lines, string encoding, bool keepLineEnds, CancellationToken cancellationToken, long firstLine = 1)
    {
        var redaction = new LineRedaction(lines, encoding, keepLineEnds, firstLine);
        byte[] block = new byte[BlockBytes];
        byte[] kept = new byte[BlockBytes];
        bool isFirst = true;
        int length;
        while ((length = await bytes.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            int mark = isFirst ? MarkLength(block.AsSpan(0, length)) : 0;
            isFirst = false;
            block.AsSpan(0, mark).CopyTo(kept);
            int written = mark + redaction.Keep(block.AsSpan(mark, length - mark), kept.AsSpan(mark));
            await into.WriteAsync(kept.AsMemory(0, written), cancellationToken);
        }
    }

    private static int MarkLength(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => 3,
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => 2,
        _ => 0,
    };

    private int Keep(ReadOnlySpan<byte> block, Span<byte> into)
    {
        int written = 0;
        while (!block.IsEmpty)
        {
            if (_afterReturn)
            {
                _afterReturn = false;
                if (IsLineEnd(block, '\n'))
                {
                    written += Take(ref block, _unit, into[written..], _keptEnd);
                    continue;
                }
            }

            bool isOut = IsOut();
            int length = LineLength(block);
            written += Take(ref block, length < 0 ? block.Length : length, into[written..], !isOut);
            if (length >= 0)
            {
                _afterReturn = IsLineEnd(block, '\r');
                _keptEnd = !isOut || _keepLineEnds;
                written += Take(ref block, _unit, into[written..], _keptEnd);
                _line++;
            }
        }

        return written;
    }

    private static int Take(ref ReadOnlySpan<byte> block, int length, Span<byte> into, bool keep)
    {
        if (keep)
        {
            block[..length].CopyTo(into);
        }

        block = block[length..];
        return keep ? length : 0;
    }

    private bool IsOut()
    {
        while (_hasRange && _ranges.Current.Last < _line)
        {
            _hasRange = _ranges.MoveNext();
        }

        return _hasRange && _ranges.Current.First <= _line;
    }

    private bool IsLineEnd(ReadOnlySpan<byte> block, char end) => block.Length >= _unit && _unit switch
    {
        1 => block[0] == end,
        2 => MemoryMarshal.Read<ushort>(block) == (ushort)Stored(end),
        _ => MemoryMarshal.Read<uint>(block) == Stored(end),
    };

    private int LineLength(ReadOnlySpan<byte> block)
    {
        int units = _unit switch
        {
            1 => block.IndexOfAny((byte)'\r', (byte)'\n'),
            2 => MemoryMarshal.Cast<byte, ushort>(block).IndexOfAny((ushort)Stored('\r'), (ushort)Stored('\n')),
            _ => MemoryMarshal.Cast<byte, uint>(block).IndexOfAny(Stored('\r'), Stored('\n')),
        };
        return units < 0 ? units : units * _unit;
    }

    // The character as a number of this machine, whose bytes are those of the file.
    private uint Stored(char end) => _bigEndian == BitConverter.IsLittleEndian ? (uint)end << (8 * (_unit - 1)) : end;
}
