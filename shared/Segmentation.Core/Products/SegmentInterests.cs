using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Products;

/// <summary>What the customers of each segment spend on each category: exact sums. Not thread-safe.</summary>
/// <param name="categories">The number of categories.</param>
internal sealed class SegmentInterests(int categories)
{
    private readonly Dictionary<(string Kind, string Id), Money[]> _amounts = [];
    private readonly int[] _customers = new int[categories];

    /// <summary>How many customers spend something on each category.</summary>
    public IReadOnlyList<int> Customers => _customers;

    /// <summary>Adds a customer.</summary>
    public void Add(SegmentAssignment assignment, CustomerInterests interests)
    {
        for (int category = 0; category < interests.Amounts.Length; category++)
        {
            _customers[category] += interests.Amounts[category] > Money.Zero ? 1 : 0;
        }

        if (assignment.Cluster is { } cluster)
        {
            Add((SegmentProfile.ClusterKind, cluster.ToString(System.Globalization.CultureInfo.InvariantCulture)), interests);
        }

        if (assignment.Scores is { } scores)
        {
            Add((SegmentProfile.NamedKind, NamedSegment.Of(scores.R, scores.F).Id), interests);
        }
    }

    /// <summary>The part of a segment's spend in each category, 0…1; null where it spends nothing on products that are told apart.</summary>
    public IReadOnlyList<double>? SharesOf(string kind, string id)
    {
        if (!_amounts.TryGetValue((kind, id), out Money[]? amounts))
        {
            return null;
        }

        double total = amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount).ToDouble();
        return total > 0 ? [.. amounts.Select(amount => amount.ToDouble() / total)] : null;
    }

    private void Add((string Kind, string Id) segment, CustomerInterests interests)
    {
        if (!_amounts.TryGetValue(segment, out Money[]? amounts))
        {
            _amounts[segment] = amounts = new Money[categories];
        }

        for (int category = 0; category < amounts.Length; category++)
        {
            amounts[category] += interests.Amounts[category];
        }
    }
}
