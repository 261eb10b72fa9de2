namespace Segmentation.Numerics.Selection;

/// <summary>The sum over all rows of the squared distance to the mean of their cluster.</summary>
public static class Inertia
{
    /// <summary>The inertia of a partition of n points of d features, a point of weight w counting like w rows. O(n·d).</summary>
    /// <exception cref="ArgumentException">The labels do not fit the points or the number of clusters.</exception>
    public static double Score(WeightedPoints points, ReadOnlySpan<int> labels, int clusterCount) =>
        new Partition(points, labels, clusterCount).WithinSquares();
}
