namespace Segmentation.Numerics;

/// <summary>Rows of which most entries are zero: only the others are kept, in the order of their columns. Immutable.</summary>
public sealed class SparseMatrix
{
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly double[] _values;

    private SparseMatrix(int columns, int[] starts, int[] columnOfEntry, double[] values)
    {
        Columns = columns;
        _starts = starts;
        _columns = columnOfEntry;
        _values = values;
    }

    /// <summary>n, the number of rows.</summary>
    public int Rows => _starts.Length - 1;

    /// <summary>d, the number of columns.</summary>
    public int Columns { get; }

    /// <summary>The columns of the entries of a row, ascending.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => _columns.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>The entries of a row.</summary>
    public ReadOnlySpan<double> ValuesOf(int row) => _values.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>A matrix of rows, each a list of columns with their entries.</summary>
    /// <param name="columns">The number of columns.</param>
    /// <param name="rows">The rows; the columns of each are ascending and all different, the entries finite.</param>
    /// <exception cref="ArgumentException">A column is out of order or range, or an entry is not finite.</exception>
    public static SparseMatrix FromRows(int columns, IReadOnlyList<IReadOnlyList<(int Column, double Value)>> rows)
    {
        int[] starts = new int[rows.Count + 1];
        for (int row = 0; row < rows.Count; row++)
        {
            starts[row + 1] = starts[row] + rows[row].Count;
        }

        int[] columnOfEntry = new int[starts[^1]];
        double[] values = new double[starts[^1]];
        for (int row = 0, entry = 0; row < rows.Count; row++)
        {
            int last = -1;
            foreach ((int column, double value) in rows[row])
            {
                if (column <= last || column >= columns || !double.IsFinite(value))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant(
                            $"Row {row} has {value} in column {column} after column {last}; expected ascending columns below {columns} and finite numbers."),
                        nameof(rows));
                }

                last = column;
                columnOfEntry[entry] = column;
                values[entry++] = value;
            }
        }

        return new SparseMatrix(columns, starts, columnOfEntry, values);
    }

    /// <summary>The inner product of a row with a vector of d numbers: added in the order of the columns.</summary>
    public double Dot(int row, ReadOnlySpan<double> vector)
    {
        ReadOnlySpan<int> columns = ColumnsOf(row);
        ReadOnlySpan<double> values = ValuesOf(row);
        double sum = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            sum += values[i] * vector[columns[i]];
        }

        return sum;
    }

    /// <summary>Adds a multiple of a row to a vector of d numbers.</summary>
    public void AddTo(int row, double factor, Span<double> vector)
    {
        ReadOnlySpan<int> columns = ColumnsOf(row);
        ReadOnlySpan<double> values = ValuesOf(row);
        for (int i = 0; i < columns.Length; i++)
        {
            vector[columns[i]] += factor * values[i];
        }
    }
}
