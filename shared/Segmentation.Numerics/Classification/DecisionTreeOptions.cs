namespace Segmentation.Numerics.Classification;

/// <summary>How a tree is grown.</summary>
public sealed record DecisionTreeOptions
{
    /// <summary>Default of <see cref="MaxDepth" />: three questions are the most that a person keeps in mind.</summary>
    public const int DefaultMaxDepth = 3;

    /// <summary>Default of <see cref="MinLeaf" />.</summary>
    public const int DefaultMinLeaf = 1;

    /// <summary>Questions on the longest way from the root to a leaf; 0 for a leaf alone.</summary>
    public int MaxDepth { get; init; } = DefaultMaxDepth;

    /// <summary>Least rows of a leaf.</summary>
    public int MinLeaf { get; init; } = DefaultMinLeaf;
}
