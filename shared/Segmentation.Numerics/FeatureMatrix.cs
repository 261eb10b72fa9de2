using System.Globalization;

namespace Segmentation.Numerics;

/// <summary>An immutable matrix of n rows (observations) by d columns (features), stored by column.</summary>
/// <remarks>
/// Every value is finite and at most <see cref="MaxMagnitude" /> in size, so that squares and their sums cannot overflow: what
/// receives a matrix need not check again. Safe to read from many threads.
/// </remarks>
public sealed class FeatureMatrix
{
    /// <summary>
    /// The largest size of a value: 10¹⁴⁰. The square of a difference of two such values, summed over any matrix, is finite.
    /// </summary>
    public const double MaxMagnitude = 1e140;

    /// <summary>Columns are padded to a multiple of this many rows, so that loops over vectors of any width have no remainder.</summary>
    private const int PaddingBlock = 32;

    private readonly double[] _values;

    private FeatureMatrix(double[] values, int rows, int columns)
    {
        _values = values;
        Rows = rows;
        Columns = columns;
        Stride = StrideFor(rows);
        for (int j = 0; j < columns; j++)
        {
            var column = Column(j);
            for (int i = 0; i < rows; i++)
            {
                if (!(Math.Abs(column[i]) <= MaxMagnitude))
                {
                    throw new ArgumentException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"The value at row {i}, column {j} is {column[i]}; expected a finite number of at most {MaxMagnitude} in size."), nameof(values));
                }
            }

            // The last row again, not zeros: a kernel that runs over the padding then decides nothing there that it has not decided already.
            values.AsSpan((j * Stride) + rows, Stride - rows).Fill(rows == 0 ? 0 : column[rows - 1]);
        }
    }

    /// <summary>The number of rows, n; may be 0.</summary>
    public int Rows { get; }

    /// <summary>The number of columns, d; at least 1.</summary>
    public int Columns { get; }

    /// <summary>Values between the starts of two columns: n rounded up.</summary>
    internal int Stride { get; }

    /// <summary>All values by column, each column followed by its padding (copies of its last value).</summary>
    internal ReadOnlySpan<double> PaddedValues => _values;

    /// <summary>The value of a feature of an observation.</summary>
    public double this[int row, int column] => Column(column)[row];

    /// <summary>The n values of feature <paramref name="j" />.</summary>
    public ReadOnlySpan<double> Column(int j)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(j);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(j, Columns);
        return _values.AsSpan(j * Stride, Rows);
    }

    /// <summary>Copies row <paramref name="i" /> into a span of d values.</summary>
    public void CopyRow(int i, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(i);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i, Rows);
        ThrowIfNotRow(into.Length, nameof(into));
        for (int j = 0; j < Columns; j++)
        {
            into[j] = _values[(j * Stride) + i];
        }
    }

    /// <summary>A matrix of the given columns, which are copied.</summary>
    /// <exception cref="ArgumentException">No column, columns of different lengths, or a value that is not finite (its row and column are
    /// named).</exception>
    public static FeatureMatrix FromColumns(params double[][] columns)
    {
        if (columns.Length == 0)
        {
            throw new ArgumentException("A matrix needs at least one column.", nameof(columns));
        }

        int rows = columns[0].Length;
        double[] values = Allocate(rows, columns.Length);
        for (int j = 0; j < columns.Length; j++)
        {
            if (columns[j].Length != rows)
            {
                throw new ArgumentException($"Column {j} has {columns[j].Length} rows; expected {rows}, as column 0 has.", nameof(columns));
            }

            columns[j].CopyTo(values, j * StrideFor(rows));
        }

        return new FeatureMatrix(values, rows, columns.Length);
    }

    /// <summary>A matrix of the given rows, which are copied; at least one, for the number of columns is that of the first.</summary>
    /// <exception cref="ArgumentException">No row, rows of different lengths, or a value that is not finite (its row and column are
    /// named).</exception>
    public static FeatureMatrix FromRows(IReadOnlyList<double[]> rows)
    {
        if (rows.Count == 0 || rows[0].Length == 0)
        {
            throw new ArgumentException("A matrix made of rows needs at least one row of at least one value.", nameof(rows));
        }

        int columns = rows[0].Length;
        int stride = StrideFor(rows.Count);
        double[] values = Allocate(rows.Count, columns);
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length != columns)
            {
                throw new ArgumentException($"Row {i} has {rows[i].Length} values; expected {columns}, as row 0 has.", nameof(rows));
            }

            for (int j = 0; j < columns; j++)
            {
                values[(j * stride) + i] = rows[i][j];
            }
        }

        return new FeatureMatrix(values, rows.Count, columns);
    }

    /// <summary>The rows of the given indexes, in their order; an index may come more than once (as in a bootstrap sample).</summary>
    public FeatureMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        int stride = StrideFor(rows.Length);
        double[] values = Allocate(rows.Length, Columns);
        for (int j = 0; j < Columns; j++)
        {
            var from = Column(j);
            var into = values.AsSpan(j * stride, rows.Length);
            for (int i = 0; i < rows.Length; i++)
            {
                into[i] = from[rows[i]];
            }
        }

        return new FeatureMatrix(values, rows.Length, Columns);
    }

    /// <summary>A matrix of row-major values, for results that are computed row by row.</summary>
    internal static FeatureMatrix FromRowMajor(ReadOnlySpan<double> rowMajor, int columns)
    {
        int rows = rowMajor.Length / columns;
        int stride = StrideFor(rows);
        double[] values = Allocate(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                values[(j * stride) + i] = rowMajor[(i * columns) + j];
            }
        }

        return new FeatureMatrix(values, rows, columns);
    }

    internal void ThrowIfNotRow(int length, string argument)
    {
        if (length != Columns)
        {
            throw new ArgumentException($"A row of {length} values was given; expected {Columns}, one a feature.", argument);
        }
    }

    private static double[] Allocate(int rows, int columns) => new double[checked(StrideFor(rows) * columns)];

    private static int StrideFor(int rows) => checked((rows + PaddingBlock - 1) / PaddingBlock * PaddingBlock);
}
