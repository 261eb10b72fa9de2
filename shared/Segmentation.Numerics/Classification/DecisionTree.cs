namespace Segmentation.Numerics.Classification;

/// <summary>A classification tree: a few questions about single features that separate classes. Immutable; thread-safe.</summary>
/// <remarks>
/// CART (Breiman, Friedman, Olshen and Stone, 1984) with the Gini impurity, grown greedily and not pruned: made shallow, to be read by
/// people. Splits are compared by exact counts, ties go to the lowest feature, then to the lowest threshold: the same tree on every
/// machine. Not a model to predict with where accuracy matters.
/// </remarks>
public sealed class DecisionTree
{
    private DecisionTree(DecisionTreeNode root, int features)
    {
        Root = root;
        Features = features;
    }

    /// <summary>The first question.</summary>
    public DecisionTreeNode Root { get; }

    /// <summary>The number of features that a row has.</summary>
    public int Features { get; }

    /// <summary>Grows a tree. O(depth·d·n).</summary>
    /// <param name="columns">At least one row, sorted by each feature.</param>
    /// <param name="labels">The class of each row, 0…classes − 1.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="options">How deep, and how small a leaf may be.</param>
    /// <exception cref="ArgumentException">No rows, labels of another number, a label or an option out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    public static DecisionTree Fit(PresortedColumns columns, ReadOnlySpan<int> labels, int classes, DecisionTreeOptions options)
    {
        if (options.MaxDepth < 0 || options.MinLeaf < 1)
        {
            throw new ArgumentException(
                $"The depth is {options.MaxDepth} and the least leaf {options.MinLeaf}; expected at least 0 and at least 1.", nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        FeatureMatrix matrix = columns.Matrix;
        if (matrix.Rows == 0 || labels.Length != matrix.Rows)
        {
            throw new ArgumentException($"There are {matrix.Rows} rows and {labels.Length} labels; expected at least one row, and a label each.", nameof(labels));
        }

        foreach (int label in labels)
        {
            if ((uint)label >= (uint)classes)
            {
                throw new ArgumentException($"A label is {label}; expected 0 to {classes - 1}.", nameof(labels));
            }
        }

        int[][] orders = new int[matrix.Columns][];
        for (int feature = 0; feature < orders.Length; feature++)
        {
            orders[feature] = columns.Order(feature).ToArray();
        }

        var growth = new TreeGrowth(matrix, labels.ToArray(), classes, options);
        return new DecisionTree(growth.Grow(orders, 0), matrix.Columns);
    }

    /// <summary>The class of one row. O(depth).</summary>
    /// <exception cref="ArgumentException">The row has another number of features.</exception>
    public int PredictRow(ReadOnlySpan<double> row)
    {
        if (row.Length != Features)
        {
            throw new ArgumentException($"A row of {row.Length} features was given; expected {Features}.", nameof(row));
        }

        DecisionTreeNode node = Root;
        while (node.Split is { } split)
        {
            node = row[split.Feature] <= split.Threshold ? split.AtMost : split.Above;
        }

        return node.Label;
    }
}
