using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Rfm;

public sealed class ScoreEdgesTests
{
    [Fact]
    public void Edges_are_the_20th_40th_60th_and_80th_percentile_between_neighbours()
    {
        // Places 0.2·5 = 1, 2, 3 and 4 of six values; of four values the places are 0.6, 1.2, 1.8 and 2.4.
        ScoreEdges edges = ScoreEdges.Quintiles([6, 1, 5, 2, 4, 3], [10, 20, 30, 40], [7, 7, 7]);
        Assert.Equal([2.0, 3, 4, 5], edges.Recency);
        Assert.Equal([16.0, 22, 28, 34], edges.Frequency);
        Assert.Equal([7.0, 7, 7, 7], edges.Monetary);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5)]
    [InlineData(2.5, 4)]
    [InlineData(3, 4)]
    [InlineData(5, 2)]
    [InlineData(5.1, 1)]
    public void A_recency_on_an_edge_has_the_better_score(double recency, int score) =>
        Assert.Equal(score, new ScoreEdges([2, 3, 4, 5], [], []).RecencyScore(recency));

    [Fact]
    public void A_frequency_or_a_monetary_on_an_edge_has_the_lower_score()
    {
        var edges = new ScoreEdges([1, 2, 3, 4], [1, 1, 2, 5], [0.5, 10, 10, 99.5]);
        Assert.Equal(new RfmScores(5, 1, 1), edges.Score(1, 1, 0.5));
        Assert.Equal(new RfmScores(1, 3, 2), edges.Score(4.5, 2, 10));
        Assert.Equal(new RfmScores(1, 5, 5), edges.Score(99, 6, 100));
    }

    [Fact]
    public void Equal_values_share_a_score_and_larger_ones_never_score_worse()
    {
        const ulong seed = 41;
        var random = new Xoshiro256StarStar(seed);
        for (int round = 0; round < 200; round++)
        {
            double[] values = [.. Enumerable.Range(0, 1 + random.NextInt32(60)).Select(_ => (double)random.NextInt32(8))];
            ScoreEdges edges = ScoreEdges.Quintiles([.. values], [.. values], [.. values]);
            foreach (double value in values)
            {
                RfmScores scores = edges.Score(value, value, value);
                Assert.True(scores.F == scores.M && scores.R == 6 - scores.F && scores.R is >= 1 and <= 5, $"Seed {seed}, round {round}: {value} {scores}");
                Assert.True(edges.Score(value + 1, value + 1, 0) is var next && next.F >= scores.F && next.R <= scores.R, $"Seed {seed}, round {round}");
            }
        }
    }

    [Fact]
    public void Given_thresholds_are_the_edges()
    {
        ScoreEdges edges = ScoreEdges.Thresholds(new RfmOptions
        {
            Scores = ScoreKind.Thresholds,
            RecencyThresholds = [10, 20, 30, 40],
            FrequencyThresholds = [1, 2, 3, 4],
            MonetaryThresholds = [5, 6, 7, 8],
        });
        Assert.Equal(new RfmScores(4, 2, 3), edges.Score(20, 2, 7));
    }

    [Fact]
    public void Sales_summaries_merge_in_any_order()
    {
        const ulong seed = 42;
        var random = new Xoshiro256StarStar(seed);
        for (int round = 0; round < 30; round++)
        {
            // In a third of the rounds there are more countries than a summary keeps.
            int countries = round % 3 == 0 ? 1_300 : 30;
            SalesSummary[] parts = [.. Enumerable.Range(0, 5).Select(_ => RandomSales(random, countries))];
            Assert.Equal(Describe(parts), Describe([.. parts.Reverse()]));
            Assert.Equal(Describe(parts), Describe([parts[3], parts[0], parts[4], parts[2], parts[1]]));
        }
    }

    [Fact]
    public void A_column_of_too_many_countries_is_left_out_wherever_the_limit_is_crossed()
    {
        var whole = new SalesSummary();
        var halves = new SalesSummary();
        for (int half = 0; half < 2; half++)
        {
            var part = new SalesSummary();
            for (int i = 0; i < 600; i++)
            {
                whole.AddCountry($"{half} {i}", new RowTally(1, Money.Zero));
                part.AddCountry($"{half} {i}", new RowTally(1, Money.Zero));
            }

            Assert.NotNull(part.ByCountry);
            halves.Add(part);
        }

        Assert.Null(whole.ByCountry);
        Assert.Null(halves.ByCountry);
        halves.AddCountry("again", default);
        Assert.Null(halves.ByCountry);
    }

    private static SalesSummary RandomSales(Xoshiro256StarStar random, int countries)
    {
        var sales = new SalesSummary();
        for (int i = 0; i < countries; i++)
        {
            sales.AddCountry($"{random.NextInt32(countries)}", new RowTally(1, new Money(random.NextInt32(1_000))));
            sales.AddDay(DateOnly.FromDayNumber(random.NextInt32(20)), new RowTally(2, new Money(-random.NextInt32(1_000))));
        }

        return sales;
    }

    private static string Describe(SalesSummary[] parts)
    {
        var sum = new SalesSummary();
        foreach (SalesSummary part in parts)
        {
            sum.Add(part);
        }

        return string.Join(' ', sum.ByDay) + (sum.ByCountry is null ? "none" : string.Join(' ', sum.ByCountry));
    }
}
