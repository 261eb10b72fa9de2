namespace Segmentation.Numerics.Selection;

/// <summary>Points in single precision for <see cref="DistanceTile" />: centred, scaled, and padded to whole vectors by points of weight 0.</summary>
/// <remarks>
/// The mean is subtracted in double precision and the largest coordinate brought into 0.5…1 by a power of two before rounding, so that
/// nothing overflows, and a coordinate is off by no more than 2⁻²⁴ of itself. Points that are equal stay equal.
/// </remarks>
internal sealed class SinglePoints
{
    /// <summary>The least exponent that is scaled by: its power of two, and the reciprocal of that, are normal numbers.</summary>
    private const int LeastExponent = -1000;

    private SinglePoints(int columns, int stride, bool isWeighted)
    {
        Columns = columns;
        Stride = stride;
        IsWeighted = isWeighted;
        Values = new float[checked(columns * stride)];
        Weights = new float[stride];
    }

    /// <summary>d.</summary>
    internal int Columns { get; }

    /// <summary>The places of a column, padding included.</summary>
    internal int Stride { get; }

    /// <summary>Whether points count for more than one row.</summary>
    internal bool IsWeighted { get; }

    /// <summary>The coordinates by column; 0 in the padding.</summary>
    internal float[] Values { get; }

    /// <summary>The rows that each point stands for (exact below 2²⁴, else to a 2²⁴th part); 0 in the padding.</summary>
    internal float[] Weights { get; }

    /// <summary>The points of a partition, each cluster padded to whole vectors.</summary>
    /// <param name="partition">Checked labels and points.</param>
    /// <param name="starts">The place where each cluster starts here.</param>
    /// <param name="stride">The places of all clusters.</param>
    internal static SinglePoints Of(Partition partition, ReadOnlySpan<int> starts, int stride)
    {
        FeatureMatrix sorted = partition.Sorted;
        var points = new SinglePoints(sorted.Columns, stride, !partition.Weights.IsEmpty);
        double[] means = new double[sorted.Columns];
        double largest = 0;
        for (int j = 0; j < means.Length; j++)
        {
            means[j] = StandardScaler.Moments(sorted.Column(j)).Mean;
            foreach (double value in sorted.Column(j))
            {
                largest = Math.Max(largest, Math.Abs(value - means[j]));
            }
        }

        double scale = largest == 0 ? 1 : Math.ScaleB(1, -Math.Max(Math.ILogB(largest) + 1, LeastExponent));
        for (int c = 0; c < partition.ClusterCount; c++)
        {
            int from = partition.Starts[c];
            for (int i = 0; i < partition.Size(c); i++)
            {
                points.Weights[starts[c] + i] = points.IsWeighted ? (float)partition.Weights[from + i] : 1;
            }

            for (int j = 0; j < means.Length; j++)
            {
                ReadOnlySpan<double> column = sorted.Column(j);
                for (int i = 0; i < partition.Size(c); i++)
                {
                    points.Values[(j * stride) + starts[c] + i] = (float)((column[from + i] - means[j]) * scale);
                }
            }
        }

        return points;
    }

    /// <summary>Some of the points, to be taken as rows of a tile.</summary>
    internal SinglePoints Select(ReadOnlySpan<int> places)
    {
        var selected = new SinglePoints(Columns, DistanceTile.WholeVectors(places.Length), IsWeighted);
        for (int i = 0; i < places.Length; i++)
        {
            selected.Weights[i] = Weights[places[i]];
            for (int j = 0; j < Columns; j++)
            {
                selected.Values[(j * selected.Stride) + i] = Values[(j * Stride) + places[i]];
            }
        }

        return selected;
    }

    /// <summary>The distance of a point to the centre.</summary>
    internal double Norm(int place)
    {
        double squares = 0;
        for (int j = 0; j < Columns; j++)
        {
            double value = Values[(j * Stride) + place];
            squares += value * value;
        }

        return Math.Sqrt(squares);
    }
}
