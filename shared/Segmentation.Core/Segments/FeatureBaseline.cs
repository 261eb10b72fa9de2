using Segmentation.Core.Rfm;
using Segmentation.Numerics;
using Segmentation.Numerics.Drift;

namespace Segmentation.Core.Segments;

/// <summary>How a measure was distributed over the customers of a run: what later runs are compared with.</summary>
/// <param name="Measure"><c>recency</c>, <c>frequency</c>, <c>monetary</c>, or <c>orderValue</c> (monetary ÷ frequency).</param>
/// <param name="Edges">The deciles, ascending; fewer than nine where they coincide. An edge belongs to the bin below it.</param>
/// <param name="Shares">The part of the customers in each bin; one more than edges.</param>
public sealed record FeatureBaseline(string Measure, IReadOnlyList<double> Edges, IReadOnlyList<double> Shares)
{
    private const int Bins = 10;

    /// <summary>The name of what a customer spends on an average order.</summary>
    public const string OrderValue = "orderValue";

    /// <summary>The baselines of a run; none where nobody takes part.</summary>
    internal static IReadOnlyList<FeatureBaseline> Of(CustomerMeasures measures) => measures.Count == 0
        ? []
        : [.. Columns(measures).Select(column => Of(column.Name, column.Values))];

    /// <summary>The population stability index of each measure against earlier baselines; of those that both have.</summary>
    internal static IReadOnlyList<FeatureDrift> Drift(IReadOnlyList<FeatureBaseline> earlier, CustomerMeasures measures) => measures.Count == 0
        ? []
        :
        [
            .. Columns(measures).Join(
                earlier, column => column.Name, baseline => baseline.Measure,
                (column, baseline) => new FeatureDrift(
                    column.Name, PopulationStability.Index(baseline.Shares, SharesOf(baseline.Edges, column.Values))),
                StringComparer.Ordinal),
        ];

    private static FeatureBaseline Of(string name, double[] values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        double[] edges = [.. Enumerable.Range(1, Bins - 1).Select(tenth => Quantiles.Interpolated(sorted, tenth, Bins)).Distinct()];

        // Nothing is above the largest value: such an edge would make a bin that is always empty.
        edges = [.. edges.Where(edge => edge < sorted[^1])];
        return new FeatureBaseline(name, edges, SharesOf(edges, values));
    }

    private static double[] SharesOf(IReadOnlyList<double> edges, double[] values)
    {
        double[] ends = [.. edges];
        long[] counts = new long[ends.Length + 1];
        foreach (double value in values)
        {
            int at = Array.BinarySearch(ends, value);
            counts[at < 0 ? ~at : at]++;
        }

        return [.. counts.Select(count => (double)count / values.Length)];
    }

    private static (string Name, double[] Values)[] Columns(CustomerMeasures measures) =>
    [
        (CustomerMeasures.Names[0], measures.Recency),
        (CustomerMeasures.Names[1], measures.Frequency),
        (CustomerMeasures.Names[2], measures.Monetary),
        (OrderValue, [.. measures.Monetary.Zip(measures.Frequency, (spend, orders) => spend / orders)]),
    ];
}

/// <summary>How far the distribution of a measure moved since the previous run.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Psi">The population stability index over the deciles of the previous run; 0 where nothing moved.</param>
public sealed record FeatureDrift(string Measure, double Psi);
