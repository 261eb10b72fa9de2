using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Ageing;

public sealed class SegmentAgeingTests
{
    private static readonly DateOnly AsOf = new(2024, 6, 1);

    [Theory]
    [InlineData(-400)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(40)]
    [InlineData(1_000_000)]
    public void The_next_change_is_that_of_living_day_by_day(int daysAfterAsOf)
    {
        const ulong seed = 61;
        var random = new Xoshiro256StarStar(seed);
        for (int i = 0; i < 3_000; i++)
        {
            // Whole edges, fractional ones, equal ones, negative ones that thresholds may hold, huge ones, and fewer than four.
            double[] recency = [.. Enumerable.Range(0, random.NextInt32(5)).Select(_ => RandomEdge(random)).Order()];
            var edges = new ScoreEdges(recency, [], []);
            int days = random.NextInt32(40);
            var scores = new RfmScores(edges.RecencyScore(days), 1 + random.NextInt32(5), 1);
            DateOnly today = AsOf.AddDays(daysAfterAsOf);

            (DateOnly, NamedSegment)? expected = DayByDay(edges, days, scores.F, AsOf, today, AsOf.AddDays(200));
            (DateOnly, NamedSegment)? found = SegmentAgeing.NextChange(edges, days, scores, AsOf, today);
            Assert.True(
                expected == found, $"Seed {seed}, case {i}: edges {string.Join(' ', recency)}, recency {days}, {scores}, {today:O}: {found}, expected {expected}");
        }
    }

    [Fact]
    public void Near_the_end_of_the_calendar_the_last_day_still_counts()
    {
        const ulong seed = 62;
        var random = new Xoshiro256StarStar(seed);
        for (int i = 0; i < 3_000; i++)
        {
            double[] recency = [.. Enumerable.Range(0, 4).Select(_ => RandomEdge(random)).Order()];
            var edges = new ScoreEdges(recency, [], []);
            int days = random.NextInt32(40);
            DateOnly asOf = DateOnly.MaxValue.AddDays(-random.NextInt32(20));
            DateOnly today = DateOnly.MaxValue.AddDays(-random.NextInt32(25));
            var scores = new RfmScores(edges.RecencyScore(days), 1 + random.NextInt32(5), 1);
            Assert.Equal(
                DayByDay(edges, days, scores.F, asOf, today, DateOnly.MaxValue), SegmentAgeing.NextChange(edges, days, scores, asOf, today));
        }
    }

    [Fact]
    public void A_change_is_told_until_the_day_before_it_and_then_the_one_after_it()
    {
        var edges = new ScoreEdges([10, 20, 30, 40], [], []);
        var scores = new RfmScores(5, 5, 5);
        (DateOnly, NamedSegment)? first = (new DateOnly(2024, 6, 7), NamedSegment.Loyal);
        (DateOnly, NamedSegment)? second = (new DateOnly(2024, 6, 27), NamedSegment.CantLoseThem);
        Assert.Equal(first, SegmentAgeing.NextChange(edges, 5, scores, AsOf, new DateOnly(2020, 1, 1)));
        Assert.Equal(first, SegmentAgeing.NextChange(edges, 5, scores, AsOf, new DateOnly(2024, 6, 6)));
        Assert.Equal(second, SegmentAgeing.NextChange(edges, 5, scores, AsOf, new DateOnly(2024, 6, 7)));
        Assert.Equal(second, SegmentAgeing.NextChange(edges, 5, scores, AsOf, new DateOnly(2024, 6, 26)));
        Assert.Null(SegmentAgeing.NextChange(edges, 5, scores, AsOf, new DateOnly(2024, 6, 27)));
        Assert.Null(SegmentAgeing.NextChange(edges, 5, scores, AsOf, DateOnly.MaxValue));
    }

    [Theory]
    [InlineData(4_000_000)]
    [InlineData(2_147_483_647)]
    [InlineData(1e18)]
    [InlineData(double.MaxValue)]
    [InlineData(double.PositiveInfinity)]
    public void An_edge_beyond_the_calendar_stands_for_never(double never)
    {
        var edges = new ScoreEdges([10, never, never, never], [], []);
        Assert.Null(SegmentAgeing.NextChange(edges, 11, new RfmScores(4, 5, 1), AsOf, AsOf));
        Assert.Equal((AsOf.AddDays(6), NamedSegment.Loyal), SegmentAgeing.NextChange(edges, 5, new RfmScores(5, 5, 1), AsOf, AsOf));
    }

    private static double RandomEdge(Xoshiro256StarStar random) => random.NextInt32(12) switch
    {
        0 => 1e9 * (1 + random.NextInt32(1_000)),
        < 5 => random.NextInt32(60) - 4,
        _ => (random.NextInt32(300) - 20) / 5.0,
    };

    // The definition, word by word; nothing changes after the last small edge, which is before the day given.
    private static (DateOnly, NamedSegment)? DayByDay(ScoreEdges edges, int recency, int f, DateOnly asOf, DateOnly today, DateOnly until)
    {
        NamedSegment On(DateOnly date) => NamedSegment.Of(edges.RecencyScore(recency + (date.DayNumber - asOf.DayNumber)), f);
        for (DateOnly date = today > asOf ? today : asOf; date < until; date = date.AddDays(1))
        {
            if (On(date.AddDays(1)) != On(date))
            {
                return (date.AddDays(1), On(date.AddDays(1)));
            }
        }

        return null;
    }
}
