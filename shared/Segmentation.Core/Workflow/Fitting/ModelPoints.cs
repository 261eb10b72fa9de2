using Segmentation.Numerics;
using Segmentation.Numerics.Summaries;

namespace Segmentation.Core.Workflow.Fitting;

/// <summary>What models are fitted on: the customers, or weighted points that stand for them where they are many.</summary>
/// <remarks>
/// Up to <see cref="MostTreeCustomers" /> everything is done with the customers themselves. Beyond, trees are built of, and bootstrap samples
/// drawn from, at most <see cref="MostTreePoints" /> weighted points. Beyond <see cref="MostCustomers" /> models are fitted on weighted
/// points too (at most <see cref="WeightedSummary.DefaultMaxCells" />), so that fitting costs the same for any number of customers.
/// </remarks>
internal sealed class ModelPoints
{
    /// <summary>The most customers that models are fitted on themselves.</summary>
    public const int MostCustomers = 200_000;

    /// <summary>The most customers that a tree is built of, and that bootstrap samples are drawn from, themselves.</summary>
    public const int MostTreeCustomers = 10_000;

    /// <summary>The most weighted points that stand for more.</summary>
    public const int MostTreePoints = 8_192;

    private readonly bool _areAll;

    private ModelPoints(
        StandardScaler scaler, WeightedPoints points, double withinPoints, WeightedPoints treePoints, bool isSummary, bool areAll)
    {
        _areAll = areAll;
        Scaler = scaler;
        Points = points;
        WithinPoints = withinPoints;
        TreePoints = treePoints;
        IsSummary = isSummary;
    }

    /// <summary>How features are standardised.</summary>
    public StandardScaler Scaler { get; }

    /// <summary>What models are fitted on and measured by, standardised.</summary>
    public WeightedPoints Points { get; }

    /// <summary>The squared distances of the customers to the points that stand for them.</summary>
    public double WithinPoints { get; }

    /// <summary>What trees are built of and samples drawn from; the same object as <see cref="Points" /> for few customers.</summary>
    public WeightedPoints TreePoints { get; }

    /// <summary>Whether <see cref="Points" /> are not the customers themselves.</summary>
    public bool IsSummary { get; }

    /// <summary>Whether <see cref="TreePoints" /> are all customers themselves, so that the tree's own clusters can be theirs.</summary>
    public bool HasTreeOfCustomers => _areAll && ReferenceEquals(Points, TreePoints);

    /// <summary>The points of customers whose features are given one by one.</summary>
    /// <param name="features">A row a customer.</param>
    /// <param name="areAll">Whether these are all customers, as they are.</param>
    public static ModelPoints OfCustomers(FeatureMatrix features, bool areAll = true)
    {
        StandardScaler scaler = StandardScaler.Fit(features);
        WeightedPoints points = scaler.Transform(features);
        WeightedPoints treePoints = features.Rows <= MostTreeCustomers ? points : Summarise(features, MostTreePoints).ToPoints(scaler);
        return new ModelPoints(scaler, points, 0, treePoints, isSummary: false, areAll);
    }

    /// <summary>The points of customers who are known by a summary.</summary>
    public static ModelPoints OfSummary(WeightedSummary summary)
    {
        StandardScaler scaler = summary.Scaler();
        return new ModelPoints(
            scaler, summary.ToPoints(scaler), summary.WithinSquares(scaler), summary.Coarsened(MostTreePoints).ToPoints(scaler), isSummary: true, areAll: false);
    }

    /// <summary>Summarises features, one row a customer.</summary>
    public static WeightedSummary Summarise(FeatureMatrix features, int maxCells)
    {
        var summary = new WeightedSummary(features.Columns, maxCells);
        double[] row = new double[features.Columns];
        for (int i = 0; i < features.Rows; i++)
        {
            features.CopyRow(i, row);
            summary.Add(row);
        }

        return summary;
    }
}
