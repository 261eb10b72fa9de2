namespace Segmentation.Core.Transactions;

/// <summary>Which lines of an upload say how many items they are of: those of its tables that have a column of quantities.</summary>
/// <remarks>Without such a column a line is cleaned with a quantity of one, which says nothing. Immutable; thread-safe.</remarks>
internal sealed class QuantityLines
{
    private readonly long[] _firstLines;
    private readonly bool[] _haveQuantities;

    private QuantityLines(long[] firstLines, bool[] haveQuantities)
    {
        _firstLines = firstLines;
        _haveQuantities = haveQuantities;
    }

    /// <summary>Every line.</summary>
    public static QuantityLines All { get; } = new([1], [true]);

    /// <summary>No line.</summary>
    public static QuantityLines None { get; } = new([1], [false]);

    /// <summary>Those of an upload that was read so; none of one that could not be.</summary>
    public static QuantityLines Of(UploadReading? reading) => reading switch
    {
        null => None,
        { Tables: [] } => HasQuantities(reading.Dialect) ? All : None,
        _ => new([.. reading.Tables.Select(table => table.FirstLine)], [.. reading.Tables.Select(table => HasQuantities(table.Dialect))]),
    };

    /// <summary>Whether a physical line is one of them. O(log tables).</summary>
    public bool Include(long line)
    {
        if (_firstLines.Length == 1)
        {
            return _haveQuantities[0];
        }

        int place = Array.BinarySearch(_firstLines, line);
        return _haveQuantities[place >= 0 ? place : Math.Max(~place - 1, 0)];
    }

    private static bool HasQuantities(Dialect dialect) => dialect.Columns.ContainsKey(ColumnMapping.OptionName(TransactionField.Quantity));
}
