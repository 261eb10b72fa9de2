using Segmentation.Core.Rfm;
using Segmentation.Numerics;
using Segmentation.Numerics.Classification;

namespace Segmentation.Core.Segments;

/// <summary>Finds what sets segments apart: for a cluster by a small tree, for a named segment by its definition.</summary>
internal sealed class SegmentRules(CustomerMeasures measures, Language language)
{
    /// <summary>A tree that is read by people needs no more customers than these; the figures of its rule are those of all.</summary>
    public const int MostTreeCustomers = 50_000;

    // A decimal holds no more; such amounts are no money that anybody filters by.
    private const double MostRounded = 1e15;

    // Money has no smaller one.
    private const decimal LeastUnit = 0.000001m;

    private const int Recency = 0;
    private const int Frequency = 1;
    private const int Monetary = 2;

    private readonly int _step = Math.Max(1, (measures.Count + MostTreeCustomers - 1) / MostTreeCustomers);
    private PresortedColumns? _columns;

    /// <summary>The rule of a cluster: the one leaf of its tree, of depth 3, that tells it best from all others; null where nothing does.</summary>
    /// <remarks>
    /// Best by F1, the harmonic mean of precision and coverage. Whole days and orders; amounts to three digits, as nobody filters by more.
    /// </remarks>
    public SegmentRule? OfCluster(int[] labels, int label)
    {
        _columns ??= new PresortedColumns(Sample());
        int[] inside = [.. Enumerable.Range(0, _columns.Matrix.Rows).Select(row => labels[row * _step] == label ? 1 : 0)];
        DecisionTree tree = DecisionTree.Fit(_columns, inside, 2, new DecisionTreeOptions());
        Leaf? best = null;
        foreach (Leaf leaf in Leaves(tree.Root, [null, null, null], [null, null, null]))
        {
            // Exact for counts: the larger F1 = 2·hits ÷ (rows of the leaf + rows of the cluster).
            if (leaf.Hits > 0 && (best is null || leaf.Score(tree.Root.Counts[1]) > best.Score(tree.Root.Counts[1])))
            {
                best = leaf;
            }
        }

        return best is null || best.Conditions.Count == 0
            ? null
            : SegmentRule.Measure(best.Conditions, measures, row => labels[row] == label, language);
    }

    /// <summary>The rule of a named segment: the edges of its scores, which place every customer rightly; null where there are no edges.</summary>
    public SegmentRule? OfNamed(NamedSegment segment, ScoreEdges edges, Func<int, bool> isInside)
    {
        (int r, int f)[] cells =
        [
            .. Enumerable.Range(1, NamedSegment.HighestScore)
                .SelectMany(r => Enumerable.Range(1, NamedSegment.HighestScore).Select(f => (r, f)))
                .Where(cell => ReferenceEquals(NamedSegment.Of(cell.r, cell.f), segment)),
        ];
        (int Low, int High) recency = (cells.Min(cell => cell.r), cells.Max(cell => cell.r));
        (int Low, int High) frequency = (cells.Min(cell => cell.f), cells.Max(cell => cell.f));
        if (edges.Recency.Count < NamedSegment.HighestScore - 1 || edges.Frequency.Count < NamedSegment.HighestScore - 1)
        {
            return null;
        }

        // A recent customer has a high score: the highest has no lower end in days. Edges belong to the lower side.
        RuleCondition?[] conditions =
        [
            Whole(
                Recency,
                recency.High == NamedSegment.HighestScore ? null : Math.Floor(edges.Recency[NamedSegment.HighestScore - 1 - recency.High]) + 1,
                recency.Low == 1 ? null : Math.Floor(edges.Recency[NamedSegment.HighestScore - recency.Low])),
            Whole(
                Frequency,
                frequency.Low == 1 ? null : Math.Floor(edges.Frequency[frequency.Low - 2]) + 1,
                frequency.High == NamedSegment.HighestScore ? null : Math.Floor(edges.Frequency[frequency.High - 1])),
        ];
        return conditions.Any(condition => condition is { AtLeast: { } least, AtMost: { } most } && least > most)
            ? null
            : SegmentRule.Measure([.. conditions.OfType<RuleCondition>()], measures, isInside, language);
    }

    private static RuleCondition? Whole(int measure, double? atLeast, double? atMost) =>
        atLeast is null && atMost is null ? null : new RuleCondition(CustomerMeasures.Names[measure], atLeast, atMost);

    private FeatureMatrix Sample() => FeatureMatrix.FromColumns(Every(measures.Recency), Every(measures.Frequency), Every(measures.Monetary));

    // Customers come in the order of their ids, which has nothing to do with what they buy.
    private double[] Every(double[] values) => [.. Enumerable.Range(0, (values.Length + _step - 1) / _step).Select(row => values[row * _step])];

    private static IEnumerable<Leaf> Leaves(DecisionTreeNode node, double?[] above, double?[] atMost)
    {
        if (node.Split is not { } split)
        {
            return [new Leaf(node.Counts[1], node.Rows, Conditions(above, atMost))];
        }

        return Leaves(split.AtMost, above, With(atMost, split)).Concat(Leaves(split.Above, With(above, split), atMost));
    }

    private static double?[] With(double?[] ends, DecisionTreeSplit split)
    {
        double?[] with = [.. ends];
        with[split.Feature] = split.Threshold;
        return with;
    }

    private static List<RuleCondition> Conditions(double?[] above, double?[] atMost)
    {
        var conditions = new List<RuleCondition>();
        for (int measure = Recency; measure <= Monetary; measure++)
        {
            double? least = above[measure] is { } over ? (measure == Monetary ? Digits(over) : Math.Floor(over) + 1) : null;
            double? most = atMost[measure] is { } end ? (measure == Monetary ? Digits(end) : Math.Floor(end)) : null;
            if (Whole(measure, least, most) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return conditions;
    }

    // Three digits of an amount, by decimal arithmetic: the same on every machine.
    private static double Digits(double amount)
    {
        if (Math.Abs(amount) > MostRounded)
        {
            return amount;
        }

        decimal unit = 0.01m;
        decimal exact = (decimal)amount;
        while (exact != 0 && Math.Abs(exact) < unit * 10 && unit > LeastUnit)
        {
            unit /= 10;
        }

        while (Math.Abs(exact) >= unit * 1000)
        {
            unit *= 10;
        }

        return (double)(Math.Round(exact / unit, MidpointRounding.ToEven) * unit);
    }

    private sealed record Leaf(int Hits, int Rows, IReadOnlyList<RuleCondition> Conditions)
    {
        public double Score(int cluster) => 2.0 * Hits / (Rows + cluster);
    }
}
