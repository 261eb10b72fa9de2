using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments;

public sealed class SegmentAgeingTests
{
    [Fact]
    public void The_next_change_is_that_of_living_day_by_day()
    {
        const ulong seed = 61;
        var random = new Xoshiro256StarStar(seed);
        for (int i = 0; i < 5_000; i++)
        {
            // Whole edges, fractional ones, equal ones, and negative ones that thresholds may hold.
            double[] recency = [.. Enumerable.Range(0, 4).Select(_ => (random.NextInt32(60) - 4) / (random.NextInt32(2) == 0 ? 1.0 : 5.0)).Order()];
            var edges = new ScoreEdges(recency, [], []);
            int today = random.NextInt32(40);
            var scores = new RfmScores(edges.RecencyScore(today), 1 + random.NextInt32(5), 1);

            (int Days, NamedSegment Segment)? expected = null;
            for (int day = today + 1; day <= 70 && expected is null; day++)
            {
                NamedSegment then = NamedSegment.Of(edges.RecencyScore(day), scores.F);
                expected = then == NamedSegment.Of(scores.R, scores.F) ? null : (day - today, then);
            }

            (int, NamedSegment)? found = SegmentAgeing.NextChange(edges, today, scores);
            Assert.True(
                expected == found, $"Seed {seed}, case {i}: edges {string.Join(' ', recency)}, day {today}, {scores}: {found}, expected {expected}");
        }
    }

    [Theory]
    [InlineData(4_000_000)]
    [InlineData(2_147_483_647)]
    [InlineData(1e18)]
    [InlineData(double.MaxValue)]
    public void An_edge_beyond_the_calendar_stands_for_never(double never)
    {
        var edges = new ScoreEdges([10, never, never, never], [], []);
        Assert.Null(SegmentAgeing.NextChange(edges, 11, new RfmScores(4, 5, 1)));
        Assert.Equal((6, NamedSegment.Loyal), SegmentAgeing.NextChange(edges, 5, new RfmScores(5, 5, 1)));
    }
}
