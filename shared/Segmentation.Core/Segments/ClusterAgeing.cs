namespace Segmentation.Core.Segments;

/// <summary>What becomes of a customer's cluster when nothing is bought: recency grows by a day a day, all else stays.</summary>
/// <remarks>
/// Exact: the answer is the first day of a scan day by day with the assigner of the run. Where customers go to the nearest centre, only one
/// feature moves, and along a line the points nearest to one centre are one piece: then a binary search finds the same day. A model whose
/// borders are curved, one with a tree (what the tree knows and the nearest centre need not agree), or in which two centres differ so little along recency that rounding could decide, is scanned.
/// </remarks>
public sealed class ClusterAgeing
{
    /// <summary>How far ahead is looked: ten years.</summary>
    public const int MostDays = 3_650;

    // Along recency, in standardised units; a step of a day within the calendar moves the difference of two distances by far more than
    // rounding does when centres are farther apart than this.
    private const double LeastGap = 1e-6;

    private readonly SegmentModel _model;
    private readonly SegmentAssigner _assigner;
    private readonly bool _canSearch;

    /// <summary>Asks a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="assigner">Its assigner.</param>
    public ClusterAgeing(SegmentModel model, SegmentAssigner assigner)
    {
        _model = model;
        _assigner = assigner;
        double[] along = [.. (model.Centroids ?? []).Select(centroid => centroid[0]).Order()];
        _canSearch = model.HasStraightBorders && along.Zip(along.Skip(1), (a, b) => b - a).All(gap => gap > LeastGap);
    }

    /// <summary>The first day after some day on which the cluster is another than on that day.</summary>
    /// <param name="recency">Recency on that day.</param>
    /// <param name="frequency">Orders.</param>
    /// <param name="monetary">Spend.</param>
    /// <param name="mostDays">How far ahead may be looked; at most <see cref="MostDays" /> are.</param>
    /// <returns>Days from that day, and the cluster from then on; null where there is no cluster, or none follows.</returns>
    public (int Days, int Cluster)? NextChange(long recency, long frequency, double monetary, int mostDays)
    {
        int last = Math.Min(mostDays, MostDays);
        if (_model.Centroids is null || last < 1)
        {
            return null;
        }

        int now = At(0);
        int? first = _canSearch ? Search() : Enumerable.Range(1, last).Cast<int?>().FirstOrDefault(day => At(day!.Value) != now);
        return first is { } found ? (found, At(found)) : null;

        int At(int days) => _assigner.Place(recency + days, frequency, monetary).Cluster!.Value;

        int? Search()
        {
            if (At(last) == now)
            {
                return null;
            }

            // The cluster of today holds up to here, and no longer from there on.
            int here = 0;
            int there = last;
            while (there - here > 1)
            {
                int middle = here + ((there - here) / 2);
                (here, there) = At(middle) == now ? (middle, there) : (here, middle);
            }

            return there;
        }
    }
}
