using System.Globalization;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Ageing;

public sealed class NextBetterTests
{
    private static readonly ScoreEdges Edges = new([10, 20, 30, 40], [1, 2, 4, 8], [10, 20, 30, 40]);
    private static readonly HashSet<int> NoneReached = [];

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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cluster_offers_are_those_of_trying_every_cent_and_every_number_of_orders(bool isMixture)
    {
        int found = 0;
        for (ulong seed = 1; seed <= 150; seed++)
        {
            var random = new Xoshiro256StarStar(seed, 3);
            SegmentModel model = isMixture ? RandomModels.MixtureOf(random) : RandomModels.Of(random);
            var assigner = new SegmentAssigner(model);

            // Small, so that every cent can be tried.
            Dictionary<int, ClusterRank> ranks =
                model.ClusterIds!.ToDictionary(id => id, _ => new ClusterRank(random.NextInt32(4) == 0, Math.Round(random.NextDouble() * 60, 2)));
            HashSet<int> reached = [.. model.ClusterIds!.Where(_ => random.NextInt32(6) == 0)];
            long orders = 1 + random.NextInt32(5);
            Money spend = Money.Parse($"{1 + random.NextInt32(80)}.{random.NextInt32(90) + 10}");
            int cluster = assigner.Place(random.NextInt32(300), orders, spend.ToDouble()).Cluster!.Value;
            OrderOffer? offer = new NextBetterCluster(model, assigner, ranks).Find(cluster, orders, spend, reached);
            OrderOffer? tried = Try(assigner, ranks, cluster, reached, orders, spend);
            Assert.True(Equals(tried, offer), $"seed {seed}: expected {tried}, found {offer}");
            found += offer is null ? 0 : 1;
        }

        Assert.InRange(found, 30, 149);
    }

    [Fact]
    public void An_amount_of_a_mixture_is_the_least_also_where_it_is_large()
    {
        int found = 0;
        for (ulong seed = 1; seed <= 300; seed++)
        {
            var random = new Xoshiro256StarStar(seed, 4);
            SegmentModel model = RandomModels.MixtureOf(random);
            model = model with { Features = model.Features with { Means = [3, 1, 9] } };
            var assigner = new SegmentAssigner(model);
            Dictionary<int, double> means = model.ClusterIds!.ToDictionary(id => id, _ => random.NextDouble() * 1e6);
            Money spend = Money.Parse($"{1 + random.NextInt32(20_000)}.50");
            int cluster = assigner.Place(random.NextInt32(300), 1, spend.ToDouble()).Cluster!.Value;
            OrderOffer? offer = new NextBetterCluster(model, assigner, Ranks(means)).Find(cluster, 1, spend, NoneReached);
            long most = offer is null ? (long)(means.Values.Max() * 100) : (long)(offer.Amount!.Value.Micros / 10_000) - 1;
            long usual = (long)(spend.Micros / 10_000);
            for (int orders = 1; orders <= NextBetterCluster.MostOrders; orders++)
            {
                // The last cents before the offer, and places all over the range below it.
                long least = orders * usual;
                IEnumerable<long> places = Enumerable.Range(0, 60).Select(back => most - back)
                    .Concat(Enumerable.Range(0, 600).Select(_ => least + (long)(random.NextDouble() * (most - least))))
                    .Where(cents => cents >= least && cents <= most);
                Assert.All(places, cents => Assert.True(means[ClusterAfter(orders, cents)] <= means[cluster], $"seed {seed}: {orders} orders of {cents} cents"));
            }

            if (offer is not null)
            {
                found++;
                Assert.Equal(offer.Id, $"{ClusterAfter((int)offer.Orders, most + 1)}");
                Assert.True(means[ClusterAfter((int)offer.Orders, most + 1)] > means[cluster]);
            }

            int ClusterAfter(int orders, long cents) =>
                assigner.Place(1, 1 + orders, (spend + new Money((Int128)cents * 10_000)).ToDouble()).Cluster!.Value;
        }

        Assert.InRange(found, 60, 290);
    }

    [Fact]
    public void A_component_that_takes_over_for_a_stretch_of_the_spend_is_found()
    {
        // One narrow in spend within a wide one: more probable for |ln(1 + spend) − 5| < √(ln 10 ÷ 49.5) alone, from 118.63 to 183.1 in all.
        SegmentModel model = OfSpends([1, 0.01]);
        var assigner = new SegmentAssigner(model);
        var next = new NextBetterCluster(model, assigner, Ranks(new() { [1] = 30, [2] = 900 }));
        OrderOffer offer = next.Find(1, 1, Money.Parse("50"), NoneReached)!;
        Assert.Equal(("2", 1L), (offer.Id, offer.Orders));
        Assert.Equal(1, At(offer.Amount!.Value + Money.Parse("49.99")));
        Assert.Equal(2, At(offer.Amount!.Value + Money.Parse("50")));
        Assert.Equal(Money.Parse("68.63"), offer.Amount);
        Assert.Null(next.Find(1, 1, Money.Parse("300"), NoneReached));

        int At(Money spend) => assigner.Place(1, 2, spend.ToDouble()).Cluster!.Value;
    }

    [Fact]
    public void Components_that_hardly_differ_end_the_search_in_time_and_make_no_offer()
    {
        // The first goes before the second where they tie, which is everywhere: no question but one at every cent could tell.
        SegmentModel model = OfSpends([1, 1]);
        var next = new NextBetterCluster(model, new SegmentAssigner(model), Ranks(new() { [1] = 30, [2] = 1e10 }));
        Assert.Null(next.Find(1, 1, Money.Parse("50"), NoneReached));
    }

    [Fact]
    public void An_order_of_an_offer_is_worth_at_least_the_customers_usual_order()
    {
        // Any order at all leads to the better cluster, but this customer spends 20 on one.
        var model = new SegmentModel(
            Edges, new ModelFeatures(CustomerMeasures.Names, ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]), [[6, 1, 3], [0, 1, 3]])
        { ClusterIds = [1, 2] };
        var next = new NextBetterCluster(model, new SegmentAssigner(model), Ranks(new() { [1] = 30, [2] = 90 }));
        Assert.Equal(new OrderOffer("2", 1, Money.Parse("20")), next.Find(1, 2, Money.Parse("40"), NoneReached));
        Assert.Null(next.Find(1, 1, Money.Parse("91"), NoneReached));
    }

    // Clusters 1, 2, … at the same place, as wide in spend as told.
    private static SegmentModel OfSpends(double[] variances) => new(
        Edges,
        new ModelFeatures(CustomerMeasures.Names, ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]),
        [.. variances.Select(_ => new[] { 1.0, 1, 5 })])
    {
        Mixture = [.. variances.Select(variance => new MixtureComponent(1.0 / variances.Length, [1, 0, 0, 0, 1, 0, 0, 0, variance]))],
    };

    private static Dictionary<int, ClusterRank> Ranks(Dictionary<int, double> means) => means.ToDictionary(one => one.Key, one => new ClusterRank(false, one.Value));

    private static OrderOffer? Try(
        SegmentAssigner assigner, Dictionary<int, ClusterRank> ranks, int cluster, HashSet<int> reached, long orders, Money spend)
    {
        decimal usual = decimal.Ceiling(decimal.Parse(spend.ToString(), CultureInfo.InvariantCulture) * 100 / orders);
        for (long cents = 1; cents <= ranks.Values.Max(rank => rank.MeanSpend) * 100; cents++)
        {
            for (int more = 1; more <= NextBetterCluster.MostOrders && more * usual <= cents; more++)
            {
                var amount = new Money(cents * 10_000);
                int then = assigner.Place(1, orders + more, (spend + amount).ToDouble()).Cluster!.Value;
                bool isBetter = ranks[cluster].IsAway || ranks[then].MeanSpend > ranks[cluster].MeanSpend;
                if (isBetter && !ranks[then].IsAway && !reached.Contains(then))
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
