namespace Segmentation.Numerics.Clustering;

/// <summary>A clustering of sparse rows by the cosine to the centres of the clusters.</summary>
/// <param name="Centroids">k centres of unit length (or all zero, where a cluster has no rows), d numbers each.</param>
/// <param name="Labels">The cluster of each row, or −1 for a row that has nothing in common with any centre.</param>
/// <param name="Iterations">How often the rows were assigned.</param>
public sealed record SphericalKMeansModel(IReadOnlyList<double[]> Centroids, int[] Labels, int Iterations);

/// <summary>
/// Spherical k-means (Dhillon and Modha, 2001) from given groups of rows: each row goes to the centre of the largest cosine, each centre
/// becomes the direction of the sum of its rows, until no row moves.
/// </summary>
/// <remarks>
/// Made for texts: rows of term weights. Given first groups there is nothing random in it, and every sum has a fixed order, so the bits
/// are the same on every machine. Cost: iterations × k × entries. Not for data whose length means something: use <see cref="KMeans" />.
/// </remarks>
public static class SphericalKMeans
{
    /// <summary>Rows seldom move after so many iterations.</summary>
    public const int DefaultMaxIterations = 50;

    /// <summary>Fits from first groups.</summary>
    /// <param name="points">The rows; their lengths do not matter to the labels, but a longer row pulls its centre more.</param>
    /// <param name="groups">The rows of each first group, at least one group; a row may be in several.</param>
    /// <param name="maxIterations">The most iterations.</param>
    /// <param name="cancellationToken">Looked at once an iteration.</param>
    public static SphericalKMeansModel Fit(
        SparseMatrix points,
        IReadOnlyList<IReadOnlyList<int>> groups,
        int maxIterations = DefaultMaxIterations,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(groups.Count, nameof(groups));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxIterations);
        double[][] centroids = [.. groups.Select(group => Direction(points, group))];
        int[] labels = new int[points.Rows];
        Array.Fill(labels, -1);
        int iterations = 0;
        bool moved = true;
        while (moved && iterations < maxIterations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            iterations++;
            moved = Assign(points, centroids, labels);
            if (moved)
            {
                var members = centroids.Select(_ => new List<int>()).ToArray();
                for (int row = 0; row < labels.Length; row++)
                {
                    if (labels[row] >= 0)
                    {
                        members[labels[row]].Add(row);
                    }
                }

                centroids = [.. members.Select(rows => Direction(points, rows))];
            }
        }

        return new SphericalKMeansModel(centroids, labels, iterations);
    }

    // The earlier cluster wins at equal cosines.
    private static bool Assign(SparseMatrix points, double[][] centroids, int[] labels)
    {
        bool moved = false;
        for (int row = 0; row < labels.Length; row++)
        {
            int nearest = -1;
            double best = 0;
            for (int cluster = 0; cluster < centroids.Length; cluster++)
            {
                double cosine = points.Dot(row, centroids[cluster]);
                if (cosine > best)
                {
                    (nearest, best) = (cluster, cosine);
                }
            }

            moved |= labels[row] != nearest;
            labels[row] = nearest;
        }

        return moved;
    }

    private static double[] Direction(SparseMatrix points, IReadOnlyList<int> rows)
    {
        double[] sum = new double[points.Columns];
        foreach (int row in rows)
        {
            points.AddTo(row, 1, sum);
        }

        double squares = 0;
        foreach (double value in sum)
        {
            squares += value * value;
        }

        if (squares > 0)
        {
            double length = Math.Sqrt(squares);
            foreach (ref double value in sum.AsSpan())
            {
                value /= length;
            }
        }

        return sum;
    }
}
