using Segmentation.Numerics.Clustering;

namespace Segmentation.Numerics.Tests.Clustering;

public sealed class SphericalKMeansTests
{
    [Fact]
    public void Rows_go_to_the_centre_of_the_largest_cosine()
    {
        SparseMatrix points = SparseMatrix.FromRows(3, [[(0, 1)], [(0, 3), (1, 1)], [(2, 2)], [(1, 1), (2, 5)], []]);
        SphericalKMeansModel model = SphericalKMeans.Fit(points, [[0], [2]], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([0, 0, 1, 1, -1], model.Labels);

        // (1 + 3, 1, 0) and (0, 1, 2 + 5), each of length 1.
        Assert.Equal([4 / Math.Sqrt(17), 1 / Math.Sqrt(17), 0], model.Centroids[0]);
        Assert.Equal([0, 1 / Math.Sqrt(50), 7 / Math.Sqrt(50)], model.Centroids[1]);
    }

    [Fact]
    public void No_row_is_nearer_to_another_centre_than_to_its_own()
    {
        const ulong seed = 9;
        var random = new Xoshiro256StarStar(seed);
        for (int i = 0; i < 50; i++)
        {
            int columns = 2 + random.NextInt32(8);
            var rows = Enumerable.Range(0, 5 + random.NextInt32(40))
                .Select(_ => (IReadOnlyList<(int, double)>)[.. Enumerable.Range(0, columns).Where(_ => random.NextInt32(3) == 0).Select(column => (column, 0.1 + random.NextDouble()))])
                .ToList();
            SparseMatrix points = SparseMatrix.FromRows(columns, rows);
            SphericalKMeansModel model = SphericalKMeans.Fit(points, [[0], [1], [2]], 1_000, TestContext.Current.CancellationToken);
            for (int row = 0; row < points.Rows; row++)
            {
                double[] cosines = [.. model.Centroids.Select(centroid => points.Dot(row, centroid))];
                double own = model.Labels[row] < 0 ? 0 : cosines[model.Labels[row]];
                Assert.True(own >= cosines.Max(), $"Seed {seed}, case {i}, row {row}");
            }
        }
    }

    [Fact]
    public void Columns_out_of_order_are_refused() =>
        Assert.Throws<ArgumentException>(() => SparseMatrix.FromRows(3, [[(1, 1), (0, 1)]]));

    [Fact]
    public void Entries_that_are_no_numbers_are_refused() =>
        Assert.Throws<ArgumentException>(() => SparseMatrix.FromRows(3, [[(1, double.NaN)]]));
}
