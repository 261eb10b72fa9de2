using Segmentation.Numerics.Classification;

namespace Segmentation.Numerics.Tests.Classification;

public sealed class DecisionTreeTests
{
    private static readonly DecisionTreeOptions Deep = new() { MaxDepth = 30 };

    [Fact]
    public void One_question_separates_two_classes_half_way_between_them()
    {
        DecisionTree tree = Fit([[1], [2], [6], [9]], [0, 0, 1, 1], new DecisionTreeOptions());
        DecisionTreeSplit split = tree.Root.Split!;
        Assert.Equal((0, 4), (split.Feature, split.Threshold));
        Assert.Equal([2, 0], split.AtMost.Counts);
        Assert.Equal([0, 2], split.Above.Counts);
        Assert.Null(split.AtMost.Split);
        Assert.Equal([0, 1], new[] { 4.0, 4.5 }.Select(value => tree.PredictRow([value])));
    }

    [Fact]
    public void The_feature_that_separates_better_is_asked_and_the_first_of_two_that_separate_alike()
    {
        Assert.Equal(1, Fit([[1, 5], [2, 6], [1, 9], [2, 9]], [0, 0, 1, 1], new DecisionTreeOptions()).Root.Split!.Feature);
        Assert.Equal(0, Fit([[1, 5], [2, 9]], [0, 1], new DecisionTreeOptions()).Root.Split!.Feature);
    }

    [Fact]
    public void Rows_of_one_class_and_rows_that_are_all_alike_make_a_leaf()
    {
        Assert.Null(Fit([[1], [2]], [1, 1], Deep).Root.Split);
        DecisionTreeNode alike = Fit([[3], [3], [3]], [2, 1, 2], Deep, classes: 3).Root;
        Assert.Null(alike.Split);
        Assert.Equal((2, 3), (alike.Label, alike.Rows));
    }

    [Fact]
    public void Depth_and_least_leaf_are_kept()
    {
        var random = new Xoshiro256StarStar(5);
        double[][] rows = [.. Enumerable.Range(0, 200).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];
        int[] labels = [.. rows.Select(_ => random.NextInt32(3))];
        DecisionTree tree = Fit(rows, labels, new DecisionTreeOptions { MaxDepth = 3, MinLeaf = 9 }, classes: 3);
        DecisionTreeNode[] leaves = Leaves(tree.Root, 0, out int depth);
        Assert.InRange(depth, 1, 3);
        Assert.All(leaves, leaf => Assert.InRange(leaf.Rows, 9, 200));
        Assert.Equal(200, leaves.Sum(leaf => leaf.Rows));
    }

    [Fact]
    public void A_deep_tree_knows_every_row_that_differs_and_the_order_of_the_rows_changes_nothing()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            double[][] rows = [.. Enumerable.Range(0, 60).Select(_ => new[] { (double)random.NextInt32(9), random.NextInt32(9) })];
            int[] labels = [.. rows.Select(row => (((int)row[0] * 7) + ((int)row[1] * 3)) % 4)];
            DecisionTree tree = Fit(rows, labels, Deep, classes: 4);
            Assert.Equal(labels, rows.Select(row => tree.PredictRow(row)));

            int[] shuffled = [.. Enumerable.Range(0, rows.Length).OrderBy(row => (row * 37) % 61)];
            DecisionTree other = Fit([.. shuffled.Select(row => rows[row])], [.. shuffled.Select(row => labels[row])], Deep, classes: 4);
            Assert.Equal(Describe(tree.Root), Describe(other.Root));
        }
    }

    [Fact]
    public void The_first_question_is_the_best_of_all_by_gini()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            double[][] rows = [.. Enumerable.Range(0, 25).Select(_ => new[] { (double)random.NextInt32(6), random.NextInt32(6) })];
            int[] labels = [.. rows.Select(_ => random.NextInt32(2))];
            if (Fit(rows, labels, new DecisionTreeOptions { MaxDepth = 1 }).Root.Split is not { } split)
            {
                continue;
            }

            double best = Enumerable.Range(0, 2).SelectMany(feature => Enumerable.Range(0, 5).Select(value => Gini(rows, labels, feature, value + 0.5))).Min();
            Assert.Equal(best, Gini(rows, labels, split.Feature, split.Threshold), 1e-9);
        }
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Fit([[1], [2]], [0], Deep));
        Assert.Throws<ArgumentException>(() => Fit([[1], [2]], [0, 2], Deep));
        Assert.Throws<ArgumentException>(() => Fit([[1]], [0], Deep).PredictRow([1, 2]));
        Assert.Throws<ArgumentException>(() => Fit([[1]], [0], new DecisionTreeOptions { MinLeaf = 0 }));
    }

    private static DecisionTree Fit(double[][] rows, int[] labels, DecisionTreeOptions options, int classes = 2) =>
        DecisionTree.Fit(new PresortedColumns(FeatureMatrix.FromRows(rows)), labels, classes, options);

    private static double Gini(double[][] rows, int[] labels, int feature, double threshold)
    {
        double sum = 0;
        foreach (bool side in (bool[])[true, false])
        {
            int[] there = [.. rows.Select((row, i) => (row, i)).Where(one => one.row[feature] <= threshold == side).Select(one => labels[one.i])];
            double share = there.Length == 0 ? 0 : there.Average();
            sum += there.Length * 2 * share * (1 - share);
        }

        return sum;
    }

    private static DecisionTreeNode[] Leaves(DecisionTreeNode node, int above, out int depth)
    {
        if (node.Split is not { } split)
        {
            depth = above;
            return [node];
        }

        DecisionTreeNode[] leaves = [.. Leaves(split.AtMost, above + 1, out int left), .. Leaves(split.Above, above + 1, out int right)];
        depth = Math.Max(left, right);
        return leaves;
    }

    private static string Describe(DecisionTreeNode node) => node.Split is { } split
        ? FormattableString.Invariant($"({split.Feature} {split.Threshold:R} {Describe(split.AtMost)} {Describe(split.Above)})")
        : string.Join('/', node.Counts);
}
