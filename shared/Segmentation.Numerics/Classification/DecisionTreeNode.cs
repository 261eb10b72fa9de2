namespace Segmentation.Numerics.Classification;

/// <summary>A question or a leaf of a <see cref="DecisionTree" />.</summary>
/// <param name="Counts">Training rows of each class that came here.</param>
/// <param name="Label">The most frequent class; the lowest of several.</param>
/// <param name="Split">The question; null for a leaf.</param>
public sealed record DecisionTreeNode(IReadOnlyList<int> Counts, int Label, DecisionTreeSplit? Split)
{
    /// <summary>Training rows that came here.</summary>
    public int Rows => Counts.Sum();
}

/// <summary>A question: is the feature at most the threshold?</summary>
/// <param name="Feature">The column.</param>
/// <param name="Threshold">Half-way between two values that occurred.</param>
/// <param name="AtMost">Where rows with at most the threshold go.</param>
/// <param name="Above">Where the others go.</param>
public sealed record DecisionTreeSplit(int Feature, double Threshold, DecisionTreeNode AtMost, DecisionTreeNode Above);
