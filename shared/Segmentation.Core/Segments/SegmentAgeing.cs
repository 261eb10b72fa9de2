using Segmentation.Core.Rfm;

namespace Segmentation.Core.Segments;

/// <summary>What becomes of a customer's named segment when nothing is bought: recency grows by a day a day, all else stays.</summary>
public static class SegmentAgeing
{
    // An edge beyond the calendar stands for never.
    private static readonly int LastDay = DateOnly.MaxValue.DayNumber;

    /// <summary>The next change of the named segment, by the edges of the run.</summary>
    /// <param name="edges">The edges of the scores.</param>
    /// <param name="recencyDays">Recency at the as-of date.</param>
    /// <param name="scores">The scores at the as-of date.</param>
    /// <returns>Days after the as-of date, and the segment from then on; null when it never changes.</returns>
    public static (int Days, NamedSegment Segment)? NextChange(ScoreEdges edges, int recencyDays, RfmScores scores)
    {
        NamedSegment now = NamedSegment.Of(scores.R, scores.F);

        // The score falls on the first whole day above an edge, and on no other day.
        foreach (double edge in edges.Recency.Where(edge => edge >= recencyDays && edge < LastDay))
        {
            int day = (int)Math.Floor(edge) + 1;
            NamedSegment then = NamedSegment.Of(edges.RecencyScore(day), scores.F);
            if (then != now)
            {
                return (day - recencyDays, then);
            }
        }

        return null;
    }
}
