using System.Buffers.Binary;

namespace Segmentation.Numerics.Summaries;

/// <summary>The stored form of a <see cref="WeightedSummary" />: little-endian, the same bytes for the same rows whatever the order.</summary>
/// <remarks>
/// A header of five 32-bit integers (version, features, allowed cells, level, cells), the sum of squares of each feature (128 bits), then each
/// cell in the order of its place: place (128 bits), rows (64 bits), the sum of each feature (128 bits).
/// </remarks>
public static class WeightedSummaryFormat
{
    /// <summary>The version that is written.</summary>
    public const int CurrentVersion = 1;

    private const int HeaderLength = 20;

    /// <summary>At 2⁸ a cell is wider than all values.</summary>
    private const int CoarsestHalvings = -8;
    private const int Wide = 16;

    /// <summary>The bytes of a summary.</summary>
    public static byte[] Write(WeightedSummary summary)
    {
        byte[] bytes = new byte[Length(summary.Columns, summary.Cells)];
        Span<byte> into = bytes;
        foreach (int number in (ReadOnlySpan<int>)[CurrentVersion, summary.Columns, summary.MaxCells, summary.Level, summary.Cells])
        {
            BinaryPrimitives.WriteInt32LittleEndian(into, number);
            into = into[sizeof(int)..];
        }

        foreach (Int128 squares in summary.Squares)
        {
            BinaryPrimitives.WriteInt128LittleEndian(into, squares);
            into = into[Wide..];
        }

        foreach ((UInt128 key, WeightedSummary.Cell cell) in summary.Ordered)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(into, key);
            BinaryPrimitives.WriteInt64LittleEndian(into[Wide..], cell.Count);
            into = into[(Wide + sizeof(long))..];
            foreach (Int128 sum in cell.Sums)
            {
                BinaryPrimitives.WriteInt128LittleEndian(into, sum);
                into = into[Wide..];
            }
        }

        return bytes;
    }

    /// <summary>The summary of stored bytes.</summary>
    /// <exception cref="InvalidDataException">They are of another version, or no summary: the message says what was found.</exception>
    public static WeightedSummary Read(ReadOnlySpan<byte> bytes)
    {
        Span<int> header = stackalloc int[HeaderLength / sizeof(int)];
        for (int i = 0; i < header.Length && bytes.Length >= HeaderLength; i++)
        {
            header[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
        }

        (int columns, int maxCells, int level, int count) = (header[1], header[2], header[3], header[4]);
        if (header[0] != CurrentVersion)
        {
            throw new InvalidDataException($"A summary of features has version {header[0]} in {bytes.Length} bytes; expected {CurrentVersion}.");
        }

        if (columns is < 1 or > WeightedSummary.MaxColumns || maxCells < WeightedSummary.LeastMaxCells || count < 0 || count > maxCells
            || level < CoarsestHalvings * columns || level > WeightedSummary.FinestHalvings * columns || bytes.Length != Length(columns, count))
        {
            throw new InvalidDataException(
                $"A summary of features has {bytes.Length} bytes for {columns} features and {count} of {maxCells} cells at level {level}; expected what its header says.");
        }

        ReadOnlySpan<byte> rest = bytes[HeaderLength..];
        Int128[] squares = ReadWide(ref rest, columns);
        var cells = new Dictionary<UInt128, WeightedSummary.Cell>(count);
        for (int i = 0; i < count; i++)
        {
            UInt128 key = BinaryPrimitives.ReadUInt128LittleEndian(rest);
            long rows = BinaryPrimitives.ReadInt64LittleEndian(rest[Wide..]);
            rest = rest[(Wide + sizeof(long))..];
            if (rows < 1 || !cells.TryAdd(key, new WeightedSummary.Cell(ReadWide(ref rest, columns)) { Count = rows }))
            {
                throw new InvalidDataException($"Cell {i} of a summary of features has {rows} rows or a place that came before; expected at least 1 and its own.");
            }
        }

        return WeightedSummary.Restore(maxCells, level, squares, cells);
    }

    private static int Length(int columns, int cells) => checked(HeaderLength + (Wide * columns) + (cells * (Wide + sizeof(long) + (Wide * columns))));

    private static Int128[] ReadWide(ref ReadOnlySpan<byte> from, int count)
    {
        Int128[] values = new Int128[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = BinaryPrimitives.ReadInt128LittleEndian(from);
            from = from[Wide..];
        }

        return values;
    }
}
