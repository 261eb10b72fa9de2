namespace Segmentation.Numerics.Classification;

/// <summary>Grows one tree on rows that are sorted by every feature.</summary>
internal sealed class TreeGrowth(FeatureMatrix matrix, int[] labels, int classes, DecisionTreeOptions options)
{
    private readonly bool[] _goesLeft = new bool[matrix.Rows];

    /// <summary>The node of some rows, and all below it.</summary>
    /// <param name="orders">The same rows by each feature.</param>
    /// <param name="depth">Questions above.</param>
    public DecisionTreeNode Grow(int[][] orders, int depth)
    {
        int[] counts = new int[classes];
        foreach (int row in orders[0])
        {
            counts[labels[row]]++;
        }

        int label = Array.IndexOf(counts, counts.Max());
        if (depth == options.MaxDepth || counts[label] == orders[0].Length || BestSplit(orders, counts) is not { } best)
        {
            return new DecisionTreeNode(counts, label, null);
        }

        (int[][] left, int[][] right) = Divide(orders, best);
        double below = matrix[orders[best.Feature][best.At - 1], best.Feature];
        double above = matrix[orders[best.Feature][best.At], best.Feature];
        return new DecisionTreeNode(
            counts,
            label,
            new DecisionTreeSplit(best.Feature, Between(below, above), Grow(left, depth + 1), Grow(right, depth + 1)));
    }

    // Half-way, but never the upper one: the question is "at most".
    private static double Between(double below, double above)
    {
        double middle = below + ((above - below) / 2);
        return middle < above ? middle : below;
    }

    // The split with the largest sum over both sides of Σ count² ÷ rows, which is the one of the least Gini impurity.
    private (int Feature, int At)? BestSplit(int[][] orders, int[] counts)
    {
        int rows = orders[0].Length;
        double best = Purity(counts, rows);
        (int Feature, int At)? found = null;
        for (int feature = 0; feature < orders.Length; feature++)
        {
            ReadOnlySpan<double> values = matrix.Column(feature);
            int[] order = orders[feature];
            int[] left = new int[classes];
            int[] right = [.. counts];
            for (int at = 1; at < rows; at++)
            {
                int moved = labels[order[at - 1]];
                left[moved]++;
                right[moved]--;
                if (values[order[at]] == values[order[at - 1]] || at < options.MinLeaf || rows - at < options.MinLeaf)
                {
                    continue;
                }

                double purity = Purity(left, at) + Purity(right, rows - at);
                if (purity > best)
                {
                    best = purity;
                    found = (feature, at);
                }
            }
        }

        return found;
    }

    private static double Purity(int[] counts, int rows)
    {
        double squares = 0;
        foreach (int count in counts)
        {
            squares += (double)count * count;
        }

        return squares / rows;
    }

    private (int[][] Left, int[][] Right) Divide(int[][] orders, (int Feature, int At) split)
    {
        int[] order = orders[split.Feature];
        for (int i = 0; i < order.Length; i++)
        {
            _goesLeft[order[i]] = i < split.At;
        }

        int[][] left = new int[orders.Length][];
        int[][] right = new int[orders.Length][];
        for (int feature = 0; feature < orders.Length; feature++)
        {
            left[feature] = Array.FindAll(orders[feature], row => _goesLeft[row]);
            right[feature] = Array.FindAll(orders[feature], row => !_goesLeft[row]);
        }

        return (left, right);
    }
}
