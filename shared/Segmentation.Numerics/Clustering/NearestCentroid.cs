namespace Segmentation.Numerics.Clustering;

/// <summary>
/// Gives a row the label of the nearest centre by Euclidean distance, the lowest label at ties. Immutable and thread-safe.
/// </summary>
public sealed class NearestCentroid
{
    private readonly double[] _rowMajor;

    /// <summary>A rule of k centres (rows) in the space of d features (columns); at least one centre.</summary>
    /// <exception cref="ArgumentException">There is no centre.</exception>
    public NearestCentroid(FeatureMatrix centroids)
    {
        if (centroids.Rows == 0)
        {
            throw new ArgumentException("No centre was given; expected at least one.", nameof(centroids));
        }

        Centroids = centroids;
        _rowMajor = new double[checked(centroids.Rows * centroids.Columns)];
        for (int i = 0; i < centroids.Rows; i++)
        {
            centroids.CopyRow(i, _rowMajor.AsSpan(i * centroids.Columns, centroids.Columns));
        }
    }

    /// <summary>The centres, k × d.</summary>
    public FeatureMatrix Centroids { get; }

    /// <summary>The label, 0…k − 1, of each of n rows. O(n·k·d).</summary>
    /// <exception cref="ArgumentException">The rows have another number of features than the centres.</exception>
    public int[] Predict(FeatureMatrix rows)
    {
        Centroids.ThrowIfNotRow(rows.Columns, nameof(rows));
        int[] labels = new int[rows.Stride];
        CentroidDistances.Assign(rows, _rowMajor, labels, new double[rows.Stride]);
        return labels.AsSpan(0, rows.Rows).ToArray();
    }

    /// <summary>The label of one row: the same as that of <see cref="Predict" />, bit for bit.</summary>
    /// <exception cref="ArgumentException">The row has another number of features than the centres, or a value that is not
    /// finite.</exception>
    public int PredictRow(ReadOnlySpan<double> row)
    {
        Centroids.ThrowIfNotRow(row.Length, nameof(row));
        foreach (double value in row)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException(FormattableString.Invariant($"A value of the row is {value}; expected finite numbers."), nameof(row));
            }
        }

        int best = 0;
        double least = double.PositiveInfinity;
        for (int c = 0; c < Centroids.Rows; c++)
        {
            double distance = CentroidDistances.OfRow(row, _rowMajor.AsSpan(c * row.Length, row.Length));
            if (distance < least)
            {
                best = c;
                least = distance;
            }
        }

        return best;
    }
}
