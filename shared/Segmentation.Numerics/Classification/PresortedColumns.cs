namespace Segmentation.Numerics.Classification;

/// <summary>The rows of a matrix in the order of each feature: sorted once, used by many trees on the same rows. Immutable; thread-safe.</summary>
public sealed class PresortedColumns
{
    private readonly int[][] _orders;

    /// <summary>Sorts the rows by each feature; equal values by row. O(d·n·log n).</summary>
    public PresortedColumns(FeatureMatrix matrix)
    {
        Matrix = matrix;
        _orders = new int[matrix.Columns][];
        for (int feature = 0; feature < _orders.Length; feature++)
        {
            int[] rows = [.. Enumerable.Range(0, matrix.Rows)];
            double[] values = matrix.Column(feature).ToArray();

            // The row is the second key: how the platform sorts equal values must not show.
            Array.Sort(rows, (a, b) => values[a] != values[b] ? values[a].CompareTo(values[b]) : a.CompareTo(b));
            _orders[feature] = rows;
        }
    }

    /// <summary>The matrix.</summary>
    public FeatureMatrix Matrix { get; }

    /// <summary>The rows by ascending value of a feature.</summary>
    internal ReadOnlySpan<int> Order(int feature) => _orders[feature];
}
