using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Segmentation.Numerics.Clustering;

/// <summary>What all starts of a fit share and only read.</summary>
internal sealed class LloydInput
{
    internal LloydInput(WeightedPoints weighted, KMeansOptions options)
    {
        FeatureMatrix points = weighted.Points;
        ReadOnlySpan<double> weights = weighted.PaddedWeights;
        Weighted = weighted;
        Points = points;
        Options = options;
        RowWidth = (points.Columns + (weights.IsEmpty ? 0 : 1) + 3) / 4 * 4;
        RowMajor = new double[checked(points.Rows * RowWidth)];
        double variance = 0;
        for (int j = 0; j < points.Columns; j++)
        {
            var column = points.Column(j);
            for (int i = 0; i < column.Length; i++)
            {
                RowMajor[(i * RowWidth) + j] = weights.IsEmpty ? column[i] : weights[i] * column[i];
            }

            variance += StandardScaler.Moments(column, weights.IsEmpty ? weights : weights[..points.Rows]).Variance;
        }

        for (int i = 0; i < points.Rows && !weights.IsEmpty; i++)
        {
            RowMajor[(i * RowWidth) + points.Columns] = weights[i];
        }

        SquaredShiftTolerance = options.Tolerance * (variance / points.Columns);
    }

    internal WeightedPoints Weighted { get; }

    internal FeatureMatrix Points { get; }

    internal KMeansOptions Options { get; }

    /// <summary>
    /// The points once more, row by row, each row padded with zeros to a multiple of 4: what the sums of clusters read. Where there are
    /// weights, each row is multiplied by its own, and the weight itself is one column more.
    /// </summary>
    internal double[] RowMajor { get; }

    internal int RowWidth { get; }

    internal double SquaredShiftTolerance { get; }
}

/// <summary>Lloyd's iterations with the buffers of one thread; start after start uses them again.</summary>
internal sealed class Lloyd
{
    /// <summary>
    /// Rows i, i + 1, i + 2 and i + 3 add to different sets: rows of one cluster often follow each other, and each would wait for the one
    /// before.
    /// </summary>
    private const int Sets = 4;

    private readonly LloydInput _input;
    private readonly KMeansSeeding _seeding;
    private readonly double[] _centroids;
    private readonly double[] _sums;
    private readonly int[] _counts;
    private readonly int[] _setCounts;
    private readonly int[] _labels;
    private readonly double[] _distances;

    internal Lloyd(LloydInput input)
    {
        _input = input;
        int k = input.Options.ClusterCount;
        _seeding = new KMeansSeeding(input.Weighted, k);
        _centroids = new double[k * input.Points.Columns];
        _sums = new double[Sets * k * input.RowWidth];
        _counts = new int[k];
        _setCounts = new int[Sets * k];
        _labels = new int[input.Points.Stride];
        _distances = new double[input.Points.Stride];
    }

    /// <summary>The centres of the last run, row by row.</summary>
    internal ReadOnlySpan<double> Centroids => _centroids;

    /// <summary>The labels of the last run.</summary>
    internal ReadOnlySpan<int> Labels => _labels.AsSpan(0, _input.Points.Rows);

    /// <summary>The iterations of the last run.</summary>
    internal int Iterations { get; private set; }

    /// <summary>Runs one start and returns its inertia.</summary>
    internal double Run(Xoshiro256StarStar generator, CancellationToken cancellationToken)
    {
        _seeding.Choose(_input.Options.Initialization, generator, _centroids);
        return Iterate(cancellationToken);
    }

    /// <summary>Runs from given centres, row by row, and returns the inertia.</summary>
    internal double Run(ReadOnlySpan<double> centroids, CancellationToken cancellationToken)
    {
        centroids.CopyTo(_centroids);
        return Iterate(cancellationToken);
    }

    private double Iterate(CancellationToken cancellationToken)
    {
        _labels.AsSpan().Fill(-1);
        bool converged = false;
        for (Iterations = 0; Iterations < _input.Options.MaxIterations; Iterations++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool changed = CentroidDistances.Assign(_input.Points, _centroids, _labels, _distances);
            bool moved = FillEmptyClusters();

            // Without a change the centres are the means of these labels already; after a small shift this was the last assignment.
            if (!moved && (!changed || converged))
            {
                Iterations += changed ? 0 : 1;
                return Inertia();
            }

            converged = MoveCentroids() <= _input.SquaredShiftTolerance;
        }

        CentroidDistances.Assign(_input.Points, _centroids, _labels, _distances);
        return Inertia();
    }

    private double Inertia()
    {
        var distances = _distances.AsSpan(0, _input.Points.Rows);
        ReadOnlySpan<double> weights = _input.Weighted.PaddedWeights;
        for (int i = 0; i < distances.Length && !weights.IsEmpty; i++)
        {
            distances[i] *= weights[i];
        }

        return FixedOrderSum.Of(distances);
    }

    /// <summary>Counts the clusters, and gives each empty one the row farthest from its centre among clusters that can spare one.</summary>
    private bool FillEmptyClusters()
    {
        var labels = _labels.AsSpan(0, _input.Points.Rows);
        Count();
        bool moved = false;
        for (int c = 0; c < _counts.Length; c++)
        {
            if (_counts[c] > 0)
            {
                continue;
            }

            int farthest = -1;
            double distance = 0;
            for (int i = 0; i < labels.Length; i++)
            {
                if (_distances[i] > distance && _counts[labels[i]] > 1)
                {
                    farthest = i;
                    distance = _distances[i];
                }
            }

            if (farthest < 0)
            {
                break;
            }

            _counts[labels[farthest]]--;
            _counts[c] = 1;
            labels[farthest] = c;
            _distances[farthest] = 0;
            moved = true;
        }

        return moved;
    }

    /// <summary>Makes each centre the mean of its rows and returns the sum of the squared shifts.</summary>
    private double MoveCentroids()
    {
        Sum();
        int width = _input.RowWidth;
        int columns = _input.Points.Columns;
        int set = _counts.Length * width;
        double shift = 0;
        bool weighted = _input.Weighted.IsWeighted;
        for (int c = 0; c < _counts.Length; c++)
        {
            if (_counts[c] == 0)
            {
                continue;
            }

            double size = weighted ? SumOfSets(set, (c * width) + columns) : _counts[c];
            for (int j = 0; j < columns; j++)
            {
                double mean = SumOfSets(set, (c * width) + j) / size;
                double t = mean - _centroids[(c * columns) + j];
                shift += t * t;
                _centroids[(c * columns) + j] = mean;
            }
        }

        return shift;
    }

    private double SumOfSets(int set, int at) => (_sums[at] + _sums[set + at]) + (_sums[(2 * set) + at] + _sums[(3 * set) + at]);

    /// <summary>The rows of each cluster, counted in sets and then together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count()
    {
        Array.Clear(_setCounts);
        int k = _counts.Length;
        var labels = _labels.AsSpan(0, _input.Points.Rows);
        var first = _setCounts.AsSpan(0, k);
        var second = _setCounts.AsSpan(k, k);
        var third = _setCounts.AsSpan(2 * k, k);
        var fourth = _setCounts.AsSpan(3 * k, k);
        int i = 0;
        for (; i <= labels.Length - Sets; i += Sets)
        {
            first[labels[i]]++;
            second[labels[i + 1]]++;
            third[labels[i + 2]]++;
            fourth[labels[i + 3]]++;
        }

        for (; i < labels.Length; i++)
        {
            first[labels[i]]++;
        }

        for (int c = 0; c < k; c++)
        {
            _counts[c] = first[c] + second[c] + third[c] + fourth[c];
        }
    }

    /// <summary>Sums the rows of each cluster: row i in set i mod 4, each set in order, four features at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum()
    {
        Array.Clear(_sums);
        int width = _input.RowWidth;
        int rows = _input.Points.Rows;
        int set = _counts.Length * width;
        ref int label = ref MemoryMarshal.GetArrayDataReference(_labels);
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        ref double row = ref MemoryMarshal.GetArrayDataReference(_input.RowMajor);
        int i = 0;
        for (; i <= rows - Sets; i += Sets)
        {
            for (int s = 0; s < Sets; s++)
            {
                Add(ref row, ref Unsafe.Add(ref sums, (s * set) + (Unsafe.Add(ref label, i + s) * width)), width);
                row = ref Unsafe.Add(ref row, width);
            }
        }

        for (int s = 0; i + s < rows; s++)
        {
            Add(ref row, ref Unsafe.Add(ref sums, (s * set) + (Unsafe.Add(ref label, i + s) * width)), width);
            row = ref Unsafe.Add(ref row, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double row, ref double sum, int width)
    {
        for (nuint j = 0; j < (nuint)width; j += 4)
        {
            (Vector256.LoadUnsafe(ref sum, j) + Vector256.LoadUnsafe(ref row, j)).StoreUnsafe(ref sum, j);
        }
    }
}
