using System.Globalization;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Ageing;

public sealed class NextBetterTests
{
    private static readonly ScoreEdges Edges = new([10, 20, 30, 40], [1, 2, 4, 8], [10, 20, 30, 40]);

    [Theory]
    [InlineData(50, 1, "potential-loyalists", 1)]
    [InlineData(5, 1, "potential-loyalists", 1)]
    [InlineData(5, 3, "champions", 2)]
    [InlineData(25, 5, "champions", 1)]
    [InlineData(50, 20, "champions", 1)]
    public void So_many_orders_lead_to_a_better_named_segment(int recency, long orders, string segment, long needed) => Assert.Equal(
        new OrderOffer(segment, needed, null), NextBetterNamed.Find(Edges, Edges.Score(recency, orders, 25), orders, Money.Parse("25")));

    [Fact]
    public void There_is_nothing_better_than_the_best() =>
        Assert.Null(NextBetterNamed.Find(Edges, Edges.Score(5, 9, 25), 9, Money.Parse("25")));

    [Theory]
    [InlineData("0", "0.01")]
    [InlineData("-50", "50.01")]
    [InlineData("-50.005", "50.01")]
    public void An_excluded_customer_has_to_make_up_for_its_returns(string monetary, string amount) => Assert.Equal(
        new OrderOffer("potential-loyalists", 1, Money.Parse(amount)), NextBetterNamed.Find(Edges, null, 1, Money.Parse(monetary)));

    [Fact]
    public void Named_offers_are_those_of_trying_every_number_of_orders()
    {
        for (ulong seed = 1; seed <= 300; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            var edges = new ScoreEdges(Sorted(random, 60), Sorted(random, 12), [1, 2, 3, 4]);
            long orders = 1 + random.NextInt32(15);
            RfmScores scores = edges.Score(random.NextInt32(80), orders, 5);
            long least = Enumerable.Range(1, 100).FirstOrDefault(more => SegmentAfter(edges, orders + more).Rank < NamedSegment.Of(scores.R, scores.F).Rank);
            OrderOffer? expected = least == 0 ? null : new OrderOffer(SegmentAfter(edges, orders + least).Id, least, null);
            Assert.Equal(expected, NextBetterNamed.Find(edges, scores, orders, Money.Parse("5")));
        }
    }

    [Fact]
    public void Cluster_offers_are_those_of_trying_every_cent_and_every_number_of_orders()
    {
        int found = 0;
        for (ulong seed = 1; seed <= 150; seed++)
        {
            var random = new Xoshiro256StarStar(seed, 3);
            SegmentModel model = RandomModels.Of(random);
            var assigner = new SegmentAssigner(model);

            // Small, so that every cent can be tried.
            Dictionary<int, double> means = model.ClusterIds!.ToDictionary(id => id, _ => Math.Round(random.NextDouble() * 60, 2));
            long orders = 1 + random.NextInt32(5);
            Money spend = Money.Parse($"{1 + random.NextInt32(80)}.{random.NextInt32(90) + 10}");
            int cluster = assigner.Place(random.NextInt32(300), orders, spend.ToDouble()).Cluster!.Value;
            OrderOffer? offer = new NextBetterCluster(model, assigner, means).Find(cluster, orders, spend);
            OrderOffer? tried = Try(assigner, means, cluster, orders, spend);
            Assert.True(Equals(tried, offer), $"seed {seed}: expected {tried}, found {offer}");
            found += offer is null ? 0 : 1;
        }

        Assert.InRange(found, 30, 149);
    }

    [Fact]
    public void An_order_of_an_offer_is_worth_at_least_the_customers_usual_order()
    {
        // Any order at all leads to the better cluster, but this customer spends 20 on one.
        var model = new SegmentModel(
            Edges, new ModelFeatures(CustomerMeasures.Names, ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]), [[6, 1, 3], [0, 1, 3]])
        { ClusterIds = [1, 2] };
        var next = new NextBetterCluster(model, new SegmentAssigner(model), new Dictionary<int, double> { [1] = 30, [2] = 90 });
        Assert.Equal(new OrderOffer("2", 1, Money.Parse("20")), next.Find(1, 2, Money.Parse("40")));
        Assert.Null(next.Find(1, 1, Money.Parse("91")));
    }

    private static OrderOffer? Try(SegmentAssigner assigner, Dictionary<int, double> means, int cluster, long orders, Money spend)
    {
        decimal usual = decimal.Ceiling(decimal.Parse(spend.ToString(), CultureInfo.InvariantCulture) * 100 / orders);
        for (long cents = 1; cents <= means.Values.Max() * 100; cents++)
        {
            for (int more = 1; more <= NextBetterCluster.MostOrders && more * usual <= cents; more++)
            {
                var amount = new Money(cents * 10_000);
                int then = assigner.Place(1, orders + more, (spend + amount).ToDouble()).Cluster!.Value;
                if (means[then] > means[cluster])
                {
                    return new OrderOffer($"{then}", more, amount);
                }
            }
        }

        return null;
    }

    private static NamedSegment SegmentAfter(ScoreEdges edges, long orders)
    {
        RfmScores scores = edges.Score(NextBetterNamed.RecencyAfterOrder, orders, 5);
        return NamedSegment.Of(scores.R, scores.F);
    }

    private static double[] Sorted(Xoshiro256StarStar random, int most) =>
        [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() * most).Order()];
}
