namespace Segmentation.Core.Segments;

/// <summary>How many customers of both runs are in which cluster now and were in which before: exact counts. Immutable.</summary>
/// <remarks>New, gone and excluded customers, and those of a run without clusters, count nowhere.</remarks>
internal sealed class ClusterOverlap
{
    private readonly long[,] _customers;
    private readonly long[] _now;
    private readonly long[] _before;

    /// <summary>A table of counts.</summary>
    /// <param name="customers">Clusters now × clusters before, in the orders of their models.</param>
    public ClusterOverlap(long[,] customers)
    {
        _customers = customers;
        _now = new long[customers.GetLength(0)];
        _before = new long[customers.GetLength(1)];
        for (int now = 0; now < _now.Length; now++)
        {
            for (int before = 0; before < _before.Length; before++)
            {
                _now[now] += customers[now, before];
                _before[before] += customers[now, before];
            }
        }
    }

    /// <summary>Counts customers. O(n).</summary>
    /// <param name="labels">The place of each customer's cluster in the model now.</param>
    /// <param name="clusters">Number of clusters now.</param>
    /// <param name="former">The id of the cluster that each was in, 0 for none; empty where nobody was in any.</param>
    /// <param name="previous">The model of those ids.</param>
    public static ClusterOverlap Of(IReadOnlyList<int> labels, int clusters, IReadOnlyList<int> former, SegmentModel previous)
    {
        long[,] customers = new long[clusters, previous.Centroids?.Count ?? 0];
        Dictionary<int, int> places = Enumerable.Range(0, customers.GetLength(1)).ToDictionary(previous.ClusterId);
        for (int customer = 0; customer < former.Count; customer++)
        {
            if (places.TryGetValue(former[customer], out int place))
            {
                customers[labels[customer], place]++;
            }
        }

        return new ClusterOverlap(customers);
    }

    /// <summary>Whether more than half of those who were in a cluster are in one now, and more than half of those in it come from there.</summary>
    /// <remarks>No cluster is in two such pairs.</remarks>
    public bool IsMostOfBoth(int now, int before) =>
        2 * _customers[now, before] > _now[now] && 2 * _customers[now, before] > _before[before];

    /// <summary>The Jaccard coefficient of two clusters among the customers of both runs, 0…1; 0 where there are none.</summary>
    public double Jaccard(int now, int before)
    {
        long common = _customers[now, before];
        return common == 0 ? 0 : (double)common / (_now[now] + _before[before] - common);
    }
}
