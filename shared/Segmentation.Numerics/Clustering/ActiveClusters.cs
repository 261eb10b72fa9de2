using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Segmentation.Numerics.Clustering;

/// <summary>The clusters that are not merged yet, by centre and size, packed so that the search for a neighbour is one pass.</summary>
/// <remarks>
/// The distance is what Ward's criterion loses by a merger: |A||B| ÷ (|A| + |B|) × the squared distance of the centres. Each cluster has
/// a lane of its own: the width of the vector changes no bit, and at ties the first place wins.
/// </remarks>
internal sealed class ActiveClusters
{
    /// <summary>Rows beyond the last, at an infinite distance, so that no loop has a remainder at any width of vectors.</summary>
    private const int Padding = 64;

    private readonly int _columns;
    private readonly int _stride;
    private readonly double[] _centres;
    private readonly double[] _sizes;
    private readonly double[] _own;

    internal ActiveClusters(WeightedPoints points)
    {
        FeatureMatrix matrix = points.Points;
        Count = matrix.Rows;
        _columns = matrix.Columns;
        _stride = Count + Padding;
        _own = new double[_columns];
        _centres = new double[checked(_stride * _columns)];
        _sizes = new double[_stride];
        Names = new int[Count];
        Places = new int[Count];
        Array.Fill(_centres, double.PositiveInfinity);
        Array.Fill(_sizes, 1);
        for (int i = 0; i < Count; i++)
        {
            Names[i] = Places[i] = i;
            _sizes[i] = points.Weight(i);
        }

        for (int j = 0; j < _columns; j++)
        {
            matrix.Column(j).CopyTo(_centres.AsSpan(j * _stride));
        }
    }

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The name of the cluster at each place: the lowest number of a point in it.</summary>
    internal int[] Names { get; }

    /// <summary>The place of each cluster by name.</summary>
    internal int[] Places { get; }

    /// <summary>The loss of merging two clusters, by place; the same bits as in the search.</summary>
    internal double Loss(int a, int b)
    {
        double squares = 0;
        for (int j = 0; j < _columns; j++)
        {
            double t = _centres[(j * _stride) + b] - _centres[(j * _stride) + a];
            squares += t * t;
        }

        return squares * (_sizes[a] * _sizes[b] / (_sizes[a] + _sizes[b]));
    }

    /// <summary>The place of the nearest other cluster, the first at ties. O(n·d).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Nearest(int place)
    {
        if (!VectorMath.IsAccelerated)
        {
            return NearestPlain(place);
        }

        int width = Vector<double>.Count;
        ref double x = ref MemoryMarshal.GetArrayDataReference(_centres);
        ref double size = ref MemoryMarshal.GetArrayDataReference(_sizes);
        for (int j = 0; j < _columns; j++)
        {
            _own[j] = _centres[(j * _stride) + place];
        }

        var ownSize = new Vector<double>(_sizes[place]);
        var best = new Vector<double>(double.PositiveInfinity);
        var bestIndex = new Vector<long>(long.MaxValue);
        var index = Vector.CreateSequence<long>(0, 1);
        var self = new Vector<long>(place);
        var step = new Vector<long>(width);
        for (int i = 0; i < Count; i += width)
        {
            var squares = Vector<double>.Zero;
            nuint at = (nuint)i;
            for (int j = 0; j < _own.Length; j++)
            {
                var t = Vector.LoadUnsafe(ref x, at) - new Vector<double>(_own[j]);
                squares += t * t;
                at += (nuint)_stride;
            }

            var other = Vector.LoadUnsafe(ref size, (nuint)i);
            var loss = squares * (ownSize * other / (ownSize + other));
            var nearer = Vector.LessThan(loss, best) & ~Vector.Equals(index, self);
            best = Vector.ConditionalSelect(nearer, loss, best);
            bestIndex = Vector.ConditionalSelect(nearer, index, bestIndex);
            index += step;
        }

        int nearest = -1;
        double least = double.PositiveInfinity;
        for (int lane = 0; lane < width; lane++)
        {
            if (best[lane] < least || (best[lane] == least && bestIndex[lane] < nearest))
            {
                least = best[lane];
                nearest = (int)bestIndex[lane];
            }
        }

        return nearest;
    }

    /// <summary>The same, one cluster after the other.</summary>
    internal int NearestPlain(int place)
    {
        int nearest = -1;
        double least = double.PositiveInfinity;
        for (int i = 0; i < Count; i++)
        {
            double loss = i == place ? double.PositiveInfinity : Loss(place, i);
            (least, nearest) = loss < least ? (loss, i) : (least, nearest);
        }

        return nearest;
    }

    /// <summary>Makes two clusters one, at the place of the first and under the lower name.</summary>
    internal void Merge(int a, int b)
    {
        double total = _sizes[a] + _sizes[b];
        for (int j = 0; j < _columns; j++)
        {
            ref double centre = ref _centres[(j * _stride) + a];
            double other = _centres[(j * _stride) + b];
            centre = ((_sizes[a] * centre) + (_sizes[b] * other)) / total;
        }

        _sizes[a] = total;
        Names[a] = Math.Min(Names[a], Names[b]);
        Places[Names[a]] = a;
        Count--;
        for (int j = 0; j < _columns; j++)
        {
            _centres[(j * _stride) + b] = _centres[(j * _stride) + Count];
            _centres[(j * _stride) + Count] = double.PositiveInfinity;
        }

        _sizes[b] = _sizes[Count];
        _sizes[Count] = 1;
        Names[b] = Names[Count];
        if (b < Count)
        {
            Places[Names[b]] = b;
        }
    }
}
