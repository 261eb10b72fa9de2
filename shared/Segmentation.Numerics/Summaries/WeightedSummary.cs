using System.Globalization;

namespace Segmentation.Numerics.Summaries;

/// <summary>Any number of rows as a bounded number of weighted points: a grid over the space of the features, with exact sums in its cells.</summary>
/// <remarks>
/// <para>At level l the width of a cell in feature j of d is 2 to the power −⌊(l + j) ÷ d⌋, and cells start at multiples of it: each level
/// halves the cells of the one before in one feature, the last feature first. The level of a summary is the finest one (at most
/// <see cref="FinestHalvings" /> halvings a feature) at which all its rows occupy no more than the allowed cells. The cells of one level
/// lie in those of the next coarser, so a part is never coarser than the whole, and merging in any order and in any grouping gives the same
/// cells. Counts and sums are integers (values rounded to 2⁻³²): they do not depend on the order either.</para>
/// <para>What it costs: with every cell taken as its mean, the inertia of any centres is B + W, where B is that of the weighted means and W
/// (<see cref="WithinSquares" />) that of the rows within their cells. That of the rows themselves, T, is at most B + W, because each row
/// may choose a nearer centre than its cell's mean, and at least (√B − √W)² by the triangle inequality.</para>
/// <para>Memory: about 100 bytes a cell. Not thread-safe while rows are added.</para>
/// </remarks>
public sealed class WeightedSummary
{
    /// <summary>The default of the allowed cells.</summary>
    public const int DefaultMaxCells = 65_536;

    /// <summary>The least number of allowed cells: at the coarsest level rows occupy no more.</summary>
    public const int LeastMaxCells = 64;

    /// <summary>The most features.</summary>
    public const int MaxColumns = 6;

    /// <summary>Values lie between minus and plus this: as logarithms of measures they always do.</summary>
    public const int MaxMagnitude = 128;

    /// <summary>At the finest level cells are 2⁻¹² wide.</summary>
    public const int FinestHalvings = 12;

    private const int FractionBits = 32;
    private const int IndexBits = 21;
    private const int IndexBias = 1 << (IndexBits - 1);
    private const double Scale = 1L << FractionBits;

    private readonly int _maxCells;
    private Dictionary<UInt128, Cell> _cells = [];

    /// <summary>A summary of no rows.</summary>
    /// <param name="columns">The features, 1 to <see cref="MaxColumns" />.</param>
    /// <param name="maxCells">The cells that may be occupied, at least <see cref="LeastMaxCells" />.</param>
    public WeightedSummary(int columns, int maxCells = DefaultMaxCells)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, MaxColumns);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCells, LeastMaxCells);
        _maxCells = maxCells;
        Columns = columns;
        Level = FinestHalvings * columns;
        Squares = new Int128[columns];
    }

    /// <summary>The features.</summary>
    public int Columns { get; }

    /// <summary>The rows.</summary>
    public long Count { get; private set; }

    /// <summary>The level: the halvings of all features together, from cells 1 wide on; negative where cells are wider.</summary>
    public int Level { get; private set; }

    /// <summary>The occupied cells.</summary>
    public int Cells => _cells.Count;

    /// <summary>Sums over all rows of the squares of each feature, in units of 2⁻⁶⁴.</summary>
    internal Int128[] Squares { get; }

    internal int MaxCells => _maxCells;

    /// <summary>The cells in the order of their places.</summary>
    internal IEnumerable<KeyValuePair<UInt128, Cell>> Ordered => _cells.OrderBy(cell => cell.Key);

    /// <summary>Adds a row. O(d), but for the few times when cells become coarser.</summary>
    /// <exception cref="ArgumentException">A value is not finite or too large, there are more or fewer than the features, or the rows
    /// become more than <see cref="WeightedPoints.MaxTotal" />.</exception>
    public void Add(ReadOnlySpan<double> row)
    {
        if (row.Length != Columns || Count == WeightedPoints.MaxTotal)
        {
            throw new ArgumentException(
                $"Row {Count} has {row.Length} values; expected {Columns}, and at most {WeightedPoints.MaxTotal} rows.", nameof(row));
        }

        UInt128 key = 0;
        Span<long> values = stackalloc long[MaxColumns];
        for (int j = 0; j < row.Length; j++)
        {
            if (!(Math.Abs(row[j]) < MaxMagnitude))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"Value {j} of row {Count} is {row[j]}; expected a finite number of less than {MaxMagnitude} in size."), nameof(row));
            }

            // A product with a power of two is exact; Floor, not a cast, which would round towards zero.
            values[j] = (long)Math.Floor((row[j] * Scale) + 0.5);
            key = (key << IndexBits) | (uint)((values[j] >> (FractionBits - Halvings(j, Level))) + IndexBias);
        }

        Count++;
        Cell cell = CellAt(key);
        cell.Count++;
        for (int j = 0; j < row.Length; j++)
        {
            cell.Sums[j] += values[j];
            Squares[j] += (Int128)values[j] * values[j];
        }

        CoarsenToFit();
    }

    /// <summary>Adds all rows of another summary, which stays as it is.</summary>
    /// <exception cref="ArgumentException">It has other features or another number of allowed cells, or the rows become too many.</exception>
    public void Merge(WeightedSummary other)
    {
        if (other.Columns != Columns || other._maxCells != _maxCells || other.Count > WeightedPoints.MaxTotal - Count)
        {
            throw new ArgumentException(
                $"The other summary has {other.Columns} features, {other._maxCells} allowed cells and {other.Count} rows; "
                + $"expected {Columns} and {_maxCells}, and at most {WeightedPoints.MaxTotal} rows together.",
                nameof(other));
        }

        while (Level > other.Level)
        {
            Coarsen();
        }

        Count += other.Count;
        for (int j = 0; j < Columns; j++)
        {
            Squares[j] += other.Squares[j];
        }

        foreach ((UInt128 key, Cell from) in other._cells)
        {
            CellAt(Coarser(key, other.Level)).Add(from);
        }

        CoarsenToFit();
    }

    /// <summary>The same rows in fewer cells; this summary stays as it is.</summary>
    /// <param name="maxCells">The cells that may be occupied, at least <see cref="LeastMaxCells" />.</param>
    public WeightedSummary Coarsened(int maxCells)
    {
        var coarser = new WeightedSummary(Columns, maxCells) { Level = Level, Count = Count };
        Squares.CopyTo(coarser.Squares, 0);
        foreach ((UInt128 key, Cell from) in _cells)
        {
            coarser.CellAt(key).Add(from);
        }

        coarser.CoarsenToFit();
        return coarser;
    }

    /// <summary>The means and population deviations of the rows, from exact sums; a feature whose values are equal has deviation 0.</summary>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    public StandardScaler Scaler()
    {
        double[] means = new double[Columns];
        double[] deviations = new double[Columns];
        for (int j = 0; j < Columns; j++)
        {
            (Int128 centre, Int128 sum, Int128 squares) = Centred(j);
            double rest = (double)sum;
            means[j] = ((double)centre + (rest / Count)) / Scale;
            deviations[j] = Math.Sqrt(Math.Max(0, (double)squares - (rest * rest / Count)) / Count) / Scale;
        }

        return new StandardScaler(means, deviations);
    }

    /// <summary>The mean of each cell, standardised, weighted by its rows, in the order of the cells' places.</summary>
    public WeightedPoints ToPoints(StandardScaler scaler)
    {
        var rows = new List<double[]>(Cells);
        var weights = new List<long>(Cells);
        foreach ((_, Cell cell) in Ordered)
        {
            double[] row = [.. cell.Sums.Select(sum => (double)sum / cell.Count / Scale)];
            scaler.Transform(row, row);
            rows.Add(row);
            weights.Add(cell.Count);
        }

        return new WeightedPoints(FeatureMatrix.FromRows(rows), weights);
    }

    /// <summary>W: the sum over all rows of the squared distance to the mean of their cell, standardised.</summary>
    public double WithinSquares(StandardScaler scaler)
    {
        double within = 0;
        for (int j = 0; j < Columns; j++)
        {
            if (scaler.Deviations[j] > 0)
            {
                (Int128 centre, _, Int128 squares) = Centred(j);
                double[] between = [.. Ordered.Select(cell => Square((double)(cell.Value.Sums[j] - (cell.Value.Count * centre))) / cell.Value.Count)];
                within += Math.Max(0, (double)squares - FixedOrderSum.Of(between)) / Square(scaler.Deviations[j] * Scale);
            }
        }

        return within;
    }

    /// <summary>A summary as it was stored; the cells are not checked against each other.</summary>
    internal static WeightedSummary Restore(int maxCells, int level, Int128[] squares, Dictionary<UInt128, Cell> cells)
    {
        var summary = new WeightedSummary(squares.Length, maxCells) { Level = level, Count = cells.Values.Sum(cell => cell.Count), _cells = cells };
        squares.CopyTo(summary.Squares, 0);
        return summary;
    }

    private static double Square(double x) => x * x;

    /// <summary>The mean of a feature rounded to an integer, and the sums of the deviations from it and of their squares, exactly.</summary>
    private (Int128 Centre, Int128 Sum, Int128 Squares) Centred(int feature)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("The summary has no row; means need at least one.");
        }

        Int128 sum = 0;
        foreach (Cell cell in _cells.Values)
        {
            sum += cell.Sums[feature];
        }

        Int128 centre = sum / Count;
        return (centre, sum - (centre * Count), Squares[feature] - (2 * centre * sum) + (Count * centre * centre));
    }

    private Cell CellAt(UInt128 key)
    {
        if (!_cells.TryGetValue(key, out Cell? cell))
        {
            cell = new Cell(new Int128[Columns]);
            _cells.Add(key, cell);
        }

        return cell;
    }

    private void CoarsenToFit()
    {
        while (_cells.Count > _maxCells)
        {
            Coarsen();
        }
    }

    private void Coarsen()
    {
        Dictionary<UInt128, Cell> finer = _cells;
        _cells = new Dictionary<UInt128, Cell>(finer.Count);
        Level--;
        foreach ((UInt128 key, Cell from) in finer)
        {
            CellAt(Coarser(key, Level + 1)).Add(from);
        }
    }

    private int Halvings(int feature, int level) => (int)Math.Floor((double)(level + feature) / Columns);

    /// <summary>The key, at this level, of the cell that holds a cell of a finer one: indexes halved towards −∞.</summary>
    private UInt128 Coarser(UInt128 key, int level)
    {
        UInt128 coarser = 0;
        for (int j = 0; j < Columns; j++)
        {
            // Feature 0 stands highest.
            int index = (int)(uint)((key >> ((Columns - 1 - j) * IndexBits)) & ((1 << IndexBits) - 1)) - IndexBias;
            coarser = (coarser << IndexBits) | (uint)((index >> (Halvings(j, level) - Halvings(j, Level))) + IndexBias);
        }

        return coarser;
    }

    /// <summary>The rows of a cell and the sums of their values, in units of 2⁻³².</summary>
    internal sealed class Cell(Int128[] sums)
    {
        public Int128[] Sums { get; } = sums;

        public long Count { get; set; }

        public void Add(Cell other)
        {
            Count += other.Count;
            for (int j = 0; j < Sums.Length; j++)
            {
                Sums[j] += other.Sums[j];
            }
        }
    }
}
