using Segmentation.Core.Rfm;

namespace Segmentation.Core.Segments;

/// <summary>What becomes of a customer's named segment when nothing is bought: recency grows by a day a day, all else stays.</summary>
public static class SegmentAgeing
{
    /// <summary>The next date on which the named segment is another than the day before, by the edges of the run.</summary>
    /// <param name="edges">The edges of the scores.</param>
    /// <param name="recencyDays">Recency at the as-of date.</param>
    /// <param name="scores">The scores at the as-of date.</param>
    /// <param name="asOf">The as-of date.</param>
    /// <param name="today">The date of the question: what changed up to it is past.</param>
    /// <returns>The first such date after both the as-of date and today, and the segment from then on; null when there is none.</returns>
    public static (DateOnly Date, NamedSegment Segment)? NextChange(
        ScoreEdges edges, int recencyDays, RfmScores scores, DateOnly asOf, DateOnly today)
    {
        // In days of recency; an edge beyond the calendar stands for never.
        long now = recencyDays + (long)Math.Max(0, today.DayNumber - asOf.DayNumber);
        long last = recencyDays + (long)(DateOnly.MaxValue.DayNumber - asOf.DayNumber);

        // The score falls on the first whole day above an edge, and on no other day.
        foreach (double edge in edges.Recency.Where(edge => edge >= now && edge < last))
        {
            long day = (long)Math.Floor(edge) + 1;
            NamedSegment then = NamedSegment.Of(edges.RecencyScore(day), scores.F);
            if (then != NamedSegment.Of(edges.RecencyScore(day - 1), scores.F))
            {
                return (asOf.AddDays((int)(day - recencyDays)), then);
            }
        }

        return null;
    }
}
