using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Clustering;

public class AgglomerativeClusteringTests
{
    [Fact]
    public void Four_points_merge_as_computed_by_hand()
    {
        // 0 and 1 lose ½; 10 and 13 lose 4½; the pairs, means ½ and 11½, lose 2·2/4·11² = 121.
        WardTree tree = AgglomerativeClustering.Fit(FeatureMatrix.FromColumns([0, 13, 1, 10]));
        Assert.Equal(4, tree.Leaves);
        Assert.Equal([0, 1, 0, 1], tree.Cut(2).Labels);
        Assert.Equal([0, 1, 0, 2], tree.Cut(3).Labels);
        Assert.Equal([0.5, 13, 10], tree.Cut(3).Centroids.Column(0).ToArray());
        Assert.Equal([126, 5, 0.5, 0], Enumerable.Range(1, 4).Select(k => tree.Cut(k).Inertia));
        Assert.Equal(tree.Cut(4).Labels, tree.Cut(9).Labels);
    }

    [Fact]
    public void Weights_decide_which_clusters_merge()
    {
        // Middle point at 4: to the left |A||B|/(|A|+|B|)·d² = ½·16 = 8, to the right ½·25 = 12½; with 10 rows on the left 10/11·16 = 14½.
        var points = FeatureMatrix.FromColumns([0, 4, 9]);
        Assert.Equal([0, 0, 1], AgglomerativeClustering.Fit(points).Cut(2).Labels);
        Assert.Equal([0, 1, 1], AgglomerativeClustering.Fit(new WeightedPoints(points, [10, 1, 1])).Cut(2).Labels);
    }

    [Theory]
    [InlineData(1, 40, 2)]
    [InlineData(2, 57, 3)]
    [InlineData(3, 33, 1)]
    [InlineData(4, 90, 5)]
    public void Every_cut_is_that_of_a_plain_tree(ulong seed, int rows, int columns)
    {
        FeatureMatrix points = RandomMatrix.Blobs(seed, rows, columns, 4, noise: 2);
        WardTree tree = AgglomerativeClustering.Fit(points);
        foreach ((int k, int[] labels) in PlainCuts(points))
        {
            Assert.Equal(1, AdjustedRandIndex.Score(labels, tree.Cut(k).Labels));
        }
    }

    [Fact]
    public void The_order_of_the_rows_does_not_matter_even_where_distances_tie()
    {
        FeatureMatrix points = RandomMatrix.Grid(5, 200, 2, 6);
        int[] order = RandomMatrix.Permutation(5, 200);
        WardTree tree = AgglomerativeClustering.Fit(points);
        WardTree permuted = AgglomerativeClustering.Fit(points.SelectRows(order));
        for (int k = 2; k <= 12; k++)
        {
            int[] labels = tree.Cut(k).Labels;
            Assert.Equal(1, AdjustedRandIndex.Score([.. order.Select(i => labels[i])], permuted.Cut(k).Labels));
        }
    }

    [Fact]
    public void Equal_rows_share_every_cluster_and_fewer_points_than_k_give_fewer_clusters()
    {
        WardTree tree = AgglomerativeClustering.Fit(FeatureMatrix.FromRows([[1, 1], [2, 2], [1, 1], [2, 2], [1, 1]]));
        Assert.Equal(2, tree.Leaves);
        Assert.Equal([0, 1, 0, 1, 0], tree.Cut(7).Labels);
        Assert.Equal(2, tree.Cut(7).Centroids.Rows);
        Assert.Equal(0, tree.Cut(7).Inertia);
        Assert.Equal([0, 0, 0, 0, 0], tree.Cut(1).Labels);
        Assert.Equal([0], AgglomerativeClustering.Fit(FeatureMatrix.FromColumns([4.0])).Cut(3).Labels);
    }

    [Fact]
    public void Cuts_are_nested_and_their_inertia_falls()
    {
        FeatureMatrix points = RandomMatrix.Blobs(8, 300, 3, 5, noise: 3);
        WardTree tree = AgglomerativeClustering.Fit(points);
        for (int k = 2; k < 40; k++)
        {
            WardCut coarse = tree.Cut(k);
            WardCut fine = tree.Cut(k + 1);
            Assert.True(fine.Inertia < coarse.Inertia);
            Assert.All(fine.Labels.Zip(coarse.Labels).GroupBy(pair => pair.First), group => Assert.Single(group.Select(pair => pair.Second).Distinct()));
        }
    }

    [Fact]
    public void No_point_and_no_cluster_are_refused()
    {
        Assert.Throws<ArgumentException>(() => AgglomerativeClustering.Fit(FeatureMatrix.FromColumns([])));
        Assert.Throws<ArgumentOutOfRangeException>(() => AgglomerativeClustering.Fit(FeatureMatrix.FromColumns([1, 2])).Cut(0));
    }

    /// <summary>Merges, at each step, the pair of least loss among all pairs: O(n³).</summary>
    private static List<(int K, int[] Labels)> PlainCuts(FeatureMatrix points)
    {
        var cuts = new List<(int, int[])>();
        List<List<int>> clusters = [.. Enumerable.Range(0, points.Rows).Select(i => new List<int> { i })];
        while (clusters.Count > 1)
        {
            (int A, int B, double Loss) least = (0, 0, double.PositiveInfinity);
            for (int a = 0; a < clusters.Count; a++)
            {
                for (int b = a + 1; b < clusters.Count; b++)
                {
                    double loss = Loss(points, clusters[a], clusters[b]);
                    least = loss < least.Loss ? (a, b, loss) : least;
                }
            }

            clusters[least.A].AddRange(clusters[least.B]);
            clusters.RemoveAt(least.B);
            int[] labels = new int[points.Rows];
            for (int c = 0; c < clusters.Count; c++)
            {
                clusters[c].ForEach(i => labels[i] = c);
            }

            cuts.Add((clusters.Count, labels));
        }

        return cuts;
    }

    private static double Loss(FeatureMatrix points, List<int> a, List<int> b)
    {
        double squares = 0;
        for (int j = 0; j < points.Columns; j++)
        {
            double t = a.Average(i => points[i, j]) - b.Average(i => points[i, j]);
            squares += t * t;
        }

        return squares * a.Count * b.Count / (a.Count + b.Count);
    }
}
