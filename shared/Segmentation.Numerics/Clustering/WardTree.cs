namespace Segmentation.Numerics.Clustering;

/// <summary>A partition that a tree was cut into.</summary>
/// <param name="Labels">The cluster of each point, 0…k − 1, numbered in the order of their first points.</param>
/// <param name="Centroids">The mean of each cluster, k × d; a new point goes to the nearest.</param>
/// <param name="Inertia">The sum over all rows of the squared distance to the mean of their cluster.</param>
public sealed record WardCut(int[] Labels, FeatureMatrix Centroids, double Inertia);

/// <summary>The tree of <see cref="AgglomerativeClustering" />, which can be cut at every k. Immutable and thread-safe.</summary>
public sealed class WardTree
{
    private readonly WeightedPoints _points;
    private readonly int[] _places;
    private readonly WardMerger[] _mergers;

    internal WardTree(WeightedPoints points, int[] places, int leaves, WardMerger[] mergers)
    {
        _points = points;
        _places = places;
        _mergers = mergers;
        Leaves = leaves;
    }

    /// <summary>The points that differ: the most clusters of a cut.</summary>
    public int Leaves { get; }

    /// <summary>The clusters that are left when the cheapest mergers have been made. O(n·d).</summary>
    /// <param name="clusterCount">k, at least 1; where fewer points differ, there are fewer clusters, none of them empty.</param>
    public WardCut Cut(int clusterCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clusterCount);
        int[] parent = [.. Enumerable.Range(0, Leaves)];
        for (int i = 0; i < Leaves - clusterCount; i++)
        {
            parent[Root(parent, _mergers[i].Second)] = Root(parent, _mergers[i].First);
        }

        int[] number = new int[Leaves];
        int clusters = 0;
        int[] labels = new int[_places.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            int root = Root(parent, _places[i]);
            if (number[root] == 0)
            {
                number[root] = ++clusters;
            }

            labels[i] = number[root] - 1;
        }

        var partition = new Selection.Partition(_points, labels, clusters);
        int d = _points.Points.Columns;
        return new WardCut(labels, FeatureMatrix.FromRowMajor(partition.Means(), d), partition.WithinSquares());
    }

    private static int Root(int[] parent, int leaf)
    {
        while (parent[leaf] != leaf)
        {
            leaf = parent[leaf] = parent[parent[leaf]];
        }

        return leaf;
    }
}
