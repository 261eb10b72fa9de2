namespace Segmentation.Core.Erasure;

/// <summary>Physical lines of some rows of a file, as ascending ranges: 16 bytes for rows that stand together.</summary>
internal sealed class LineRanges
{
    private readonly List<(long First, long Last)> _ranges = [];
    private long _open;

    /// <summary>Whether there is no line.</summary>
    public bool IsEmpty => _ranges.Count == 0 && _open == 0;

    /// <summary>Takes the next row, by the line on which it starts; a row reaches up to the next one.</summary>
    public void Row(long line, bool isIn)
    {
        if (isIn && _open == 0)
        {
            _open = line;
        }
        else if (!isIn && _open > 0)
        {
            _ranges.Add((_open, line - 1));
            _open = 0;
        }
    }

    /// <summary>The same from a line on: where a table starts, the last row of the table before ends.</summary>
    public LineRanges From(long line)
    {
        var rest = new LineRanges();
        rest._ranges.AddRange(_ranges.Where(range => range.Last >= line).Select(range => (Math.Max(range.First, line), range.Last)));
        rest._open = _open > 0 ? Math.Max(_open, line) : 0;
        return rest;
    }

    /// <summary>The ranges; a last row reaches to the end of the file.</summary>
    public IEnumerable<(long First, long Last)> Ranges => _open > 0 ? _ranges.Append((_open, long.MaxValue)) : _ranges;
}
