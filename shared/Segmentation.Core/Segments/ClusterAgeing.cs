namespace Segmentation.Core.Segments;

/// <summary>What becomes of a customer's cluster when nothing is bought: recency grows by a day a day, all else stays.</summary>
/// <remarks>
/// Exact: the days are those of a scan day by day with the assigner that is given. Where customers go to the nearest centre, only one
/// feature moves, and along a line the points nearest to one centre are one piece: then binary searches find the same days. A model whose
/// borders are curved, one with a tree (what the tree knows and the nearest centre need not agree), or in which two centres differ so little
/// along recency that rounding could decide, is scanned.
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

    /// <summary>The days after some day on which the cluster is another than on the day before, in their order; looked for as they are asked for.</summary>
    /// <param name="recency">Recency on that day.</param>
    /// <param name="frequency">Orders.</param>
    /// <param name="monetary">Spend.</param>
    /// <param name="mostDays">How far ahead may be looked; at most <see cref="MostDays" /> are.</param>
    /// <returns>Days from that day, and the cluster from then on; nothing where there are no clusters.</returns>
    public IEnumerable<(int Days, int Cluster)> Changes(long recency, long frequency, double monetary, int mostDays)
    {
        int last = Math.Min(mostDays, MostDays);
        if (_model.Centroids is null || last < 1)
        {
            yield break;
        }

        int day = 0;
        int now = At(0);
        while ((_canSearch ? Search(day, now) : Scan(day, now)) is { } next)
        {
            day = next;
            now = At(day);
            yield return (day, now);
        }

        int At(int days) => _assigner.Place(recency + days, frequency, monetary).Cluster!.Value;

        int? Scan(int after, int cluster)
        {
            for (int one = after + 1; one <= last; one++)
            {
                if (At(one) != cluster)
                {
                    return one;
                }
            }

            return null;
        }

        int? Search(int after, int cluster)
        {
            if (At(last) == cluster)
            {
                return null;
            }

            // The cluster holds up to here, and no longer from there on.
            int here = after;
            int there = last;
            while (there - here > 1)
            {
                int middle = here + ((there - here) / 2);
                (here, there) = At(middle) == cluster ? (middle, there) : (here, middle);
            }

            return there;
        }
    }
}
