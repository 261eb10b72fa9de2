using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;

namespace Segmentation.Core.Tests.Segments.Words;

public sealed class SegmentRulesTests
{
    [Fact]
    public async Task The_rule_of_a_cluster_is_what_a_hand_would_draw()
    {
        // Big spenders of three orders and more, and the others.
        CustomerMeasures measures = await Shops.OfAsync([(10, 3, 1_000), (12, 4, 1_200), (11, 1, 90), (90, 5, 40), (80, 1, 30)]);
        SegmentRule rule = new SegmentRules(measures, Language.English).OfCluster([1, 1, 2, 2, 2], 1)!;
        Assert.Equal([new RuleCondition("monetary", 545, null)], rule.Conditions);
        Assert.Equal(("At least 545 spent in total.", 1, 1, 1), (rule.Text, rule.Precision, rule.Coverage, rule.Fidelity));
    }

    [Fact]
    public async Task The_figures_of_a_rule_are_counted_over_all_customers()
    {
        CustomerMeasures measures = await Shops.OfAsync([(1, 1, 10), (2, 1, 10), (3, 1, 10), (9, 1, 10)]);
        RuleCondition[] conditions = [new("recency", null, 3)];
        SegmentRule rule = SegmentRule.Measure(conditions, measures, row => row is 0 or 1 or 3, Language.English);
        Assert.Equal((2.0 / 3, 2.0 / 3, 0.5), (rule.Precision, rule.Coverage, rule.Fidelity));
        Assert.Equal("Last order at most 3 days ago.", rule.Text);
    }

    [Fact]
    public async Task The_rule_of_a_named_segment_is_its_definition()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            CustomerMeasures measures = await Shops.RandomAsync(seed, 300);
            ScoreEdges edges = ScoreEdges.Quintiles([.. measures.Recency], [.. measures.Frequency], [.. measures.Monetary]);
            var rules = new SegmentRules(measures, Language.English);
            foreach (NamedSegment segment in NamedSegment.All)
            {
                bool IsInside(int row)
                {
                    RfmScores scores = edges.Score(measures.Recency[row], measures.Frequency[row], measures.Monetary[row]);
                    return ReferenceEquals(NamedSegment.Of(scores.R, scores.F), segment);
                }

                if (rules.OfNamed(segment, edges, IsInside) is { } rule)
                {
                    Assert.Equal(1, rule.Fidelity);
                    Assert.InRange(rule.Conditions.Count, 1, 2);
                }
                else
                {
                    // Edges coincide, so that no whole number lies in its cells.
                    Assert.DoesNotContain(Enumerable.Range(0, measures.Count), IsInside);
                }
            }
        }
    }

    [Fact]
    public async Task What_nothing_sets_apart_has_no_rule()
    {
        CustomerMeasures alike = await Shops.OfAsync([(5, 1, 10), (5, 1, 10), (5, 1, 10)]);
        Assert.Null(new SegmentRules(alike, Language.English).OfCluster([1, 2, 2], 1));
        Assert.Null(new SegmentRules(alike, Language.English).OfNamed(NamedSegment.New, new ScoreEdges([], [], []), _ => true));
    }

    [Theory]
    [InlineData(null, 1, 1, null, "Last order at most 1 day ago, at least 1 order.", "Последний заказ не более 1 дня назад, не меньше 1 заказа.")]
    [InlineData(22, null, null, 4, "Last order at least 22 days ago, at most 4 orders.", "Последний заказ не менее 22 дней назад, не больше 4 заказов.")]
    [InlineData(5, 21, 2, 2, "Last order 5 to 21 days ago, exactly 2 orders.", "Последний заказ от 5 до 21 дня назад, ровно 2 заказа.")]
    [InlineData(7, 7, 3, 21, "Last order 7 days ago, 3 to 21 orders.", "Последний заказ 7 дней назад, от 3 до 21 заказа.")]
    public void Conditions_are_said_in_both_languages(int? fromDay, int? toDay, int? fromOrders, int? toOrders, string english, string russian)
    {
        RuleCondition[] conditions = [new("recency", fromDay, toDay), new("frequency", fromOrders, toOrders)];
        Assert.Equal(english, RuleWords.Text(conditions, Language.English));
        Assert.Equal(russian, RuleWords.Text(conditions, Language.Russian));
    }

    [Fact]
    public void Amounts_are_said_in_both_languages()
    {
        RuleCondition[] conditions = [new("monetary", 545, 1_350)];
        Assert.Equal("545 to 1,350 spent in total.", RuleWords.Text(conditions, Language.English));
        Assert.Equal("Сумма покупок от 545 до 1\u202F350.", RuleWords.Text(conditions, Language.Russian));
    }

    [Fact]
    public async Task The_price_band_is_the_middle_half_of_average_orders()
    {
        CustomerMeasures measures = await Shops.OfAsync([(1, 2, 20), (1, 1, 20), (1, 1, 30), (1, 10, 400), (1, 1, 50)]);
        Assert.Equal(new PriceBand(20, 30, 40), PriceBand.Of(measures, [0, 1, 2, 3, 4]));
        Assert.Null(PriceBand.Of(measures, []));
        Assert.Equal("Half of them spend 20.00 to 40.00 on an order.", new PriceBand(20, 30, 40).Describe(Language.English));
        Assert.Equal("Обычный заказ — 20,00.", new PriceBand(20, 20, 20).Describe(Language.Russian));
    }

    [Fact]
    public void The_price_band_of_items_is_the_middle_half_of_those_whose_price_is_known()
    {
        double[] prices = [2.5, 0, 1, 9];
        Assert.Equal(new PriceBand(1.375, 1.75, 2.125), PriceBand.OfItems(prices, [0, 1, 2]));
        Assert.Null(PriceBand.OfItems(prices, [1]));
        Assert.Null(PriceBand.OfItems(prices, []));
        Assert.Equal("Per item, half of them pay 1.25 to 3.75 on average.", new PriceBand(1.25, 2, 3.75).DescribeItems(Language.English));
        Assert.Equal("За один товар половина платит в среднем от 1,25 до 3,75.", new PriceBand(1.25, 2, 3.75).DescribeItems(Language.Russian));
        Assert.Equal("A typical item costs them 2.00.", new PriceBand(2, 2, 2).DescribeItems(Language.English));
        Assert.Equal("Обычная цена одного товара — 2,00.", new PriceBand(2, 2, 2).DescribeItems(Language.Russian));
        Assert.Null(new PriceBand(0.001, 0.002, 0.004).DescribeItems(Language.English));
    }
}
