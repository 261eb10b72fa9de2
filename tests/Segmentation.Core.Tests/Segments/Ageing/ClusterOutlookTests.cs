using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Ageing;

public sealed class ClusterOutlookTests
{
    private static readonly DateOnly AsOf = new(2024, 6, 1);

    public static TheoryData<string> Algorithms => ["k-means", "ward", "gaussian-mixture"];

    [Fact]
    public void A_customer_whom_the_tree_placed_against_the_nearest_centre_falls_when_the_nearest_centre_does()
    {
        // At 5 days the nearest centre is the second one, 7, up to 19 days; the tree says 9, which is where silence leads.
        SegmentModel model = Plain([[4, 0, 0], [2, 0, 0], [6, 0, 0]], [9, 7, 4]) with { Tree = new TreeLabels([5], [1], [10], [0]) };
        (DateOnly, int) fall = (AsOf.AddDays(143), 4);
        Assert.Equal(fall, Outlook(model).Prospect(Customer(5, 9), AsOf, AsOf).Fall);
        Assert.Equal(fall, Outlook(model).Prospect(Customer(5, 9), AsOf, AsOf.AddDays(1)).Fall);
        Assert.Equal([9, 4], Outlook(model).Prospect(Customer(5, 9), AsOf, AsOf).Reached);
    }

    [Fact]
    public void Silence_that_leads_to_a_better_cluster_is_no_fall_and_an_order_is_not_offered_for_it()
    {
        // From 300, who spend so much on average, past 500 to 200. An order of 17 or so leads to 500 as well.
        SegmentModel model = Plain([[1, 0, 2], [2, 0, 3], [5, 0, 3]], [300, 500, 200]);
        CustomerOutlook outlook = Outlook(model);
        SegmentAssignment customer = Customer(2, 300);
        ClusterProspect prospect = outlook.Prospect(customer, AsOf, AsOf);
        Assert.Equal([500, 200], prospect.Reached);
        Assert.Equal(200, prospect.Fall!.Value.Cluster);
        Assert.Null(outlook.NextBetterCluster(customer, prospect));
        Assert.Equal("500", outlook.NextBetterCluster(customer, ClusterProspect.None)!.Id);
    }

    [Fact]
    public void No_order_leads_to_those_who_drift_away_and_from_there_any_who_are_there_are_better()
    {
        string away = ClusterName.PhrasesOf(ClusterCharacter.RegularsDriftingAway, Language.English).Name;
        string there = ClusterName.PhrasesOf(ClusterCharacter.NewCustomers, Language.English).Name;
        IReadOnlyDictionary<int, ClusterRank> ranks = ClusterRank.Of([Profile(1, away, 900), Profile(2, there, 20), Profile(3, "old words", 30)], Language.English);
        Assert.True(ranks[2].IsBetterThan(ranks[1]));
        Assert.False(ranks[1].IsBetterThan(ranks[2]));
        Assert.True(ranks[3].IsBetterThan(ranks[2]));
        Assert.False(ranks[2].IsBetterThan(ranks[2]));
    }

    [Fact]
    public void No_longer_silence_than_the_model_has_seen_is_told_of()
    {
        // Centres at ln(1 + r) = 2 and 4: the first day of the second is the 20th.
        SegmentModel model = Plain([[2, 0, 0], [4, 0, 0]], [7, 6]);
        Assert.Equal((AsOf.AddDays(15), 6), Outlook(model with { LongestRecency = 20 }).Prospect(Customer(5, 7), AsOf, AsOf).Fall);
        Assert.Null(Outlook(model with { LongestRecency = 19 }).Prospect(Customer(5, 7), AsOf, AsOf).Fall);
        Assert.Null(Outlook(model with { LongestRecency = 3 }).Prospect(Customer(5, 7), AsOf, AsOf).Fall);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_fall_is_that_of_scoring_every_day_and_comparing_it_with_the_day_before(string algorithm)
    {
        int found = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var random = new Xoshiro256StarStar(seed, 9);
            SegmentModel model = algorithm == "gaussian-mixture" ? RandomModels.MixtureOf(random) : RandomModels.Of(random);
            model = algorithm == "ward" ? model with { Tree = RandomTree(random, model) } : model;
            model = model with { LongestRecency = 50 + random.NextInt32(400) };
            CustomerOutlook outlook = Outlook(model);
            for (int i = 0; i < 4; i++)
            {
                int recency = 1 + random.NextInt32(40);
                int published = new SegmentAssigner(model).Place(recency, 1, 10).Cluster!.Value;
                DateOnly today = AsOf.AddDays(random.NextInt32(120) - 20);
                (DateOnly, int)? fall = outlook.Prospect(Customer(recency, published), AsOf, today).Fall;
                Assert.Equal(DayByDay(model, recency, published, today > AsOf ? today : AsOf), fall);
                found += fall is null ? 0 : 1;
            }
        }

        Assert.InRange(found, 15, 160);
    }

    // Every day, and whatever comes between; clusters of the tests spend what their ids say.
    private static (DateOnly, int)? DayByDay(SegmentModel model, int recency, int told, DateOnly from)
    {
        var assigner = new SegmentAssigner(model with { Tree = null });
        for (DateOnly date = from.AddDays(1); RecencyAt(date) <= model.LongestRecency; date = date.AddDays(1))
        {
            int then = At(date);
            if (then != At(date.AddDays(-1)) && then < told)
            {
                return (date, then);
            }
        }

        return null;

        int RecencyAt(DateOnly date) => recency + (date.DayNumber - AsOf.DayNumber);

        int At(DateOnly date) => assigner.Place(RecencyAt(date), 1, 10).Cluster!.Value;
    }

    private static TreeLabels RandomTree(Xoshiro256StarStar random, SegmentModel model)
    {
        double[] days = [.. Enumerable.Range(1, 160).Where(_ => random.NextInt32(4) == 0)];
        return new TreeLabels(
            days, [.. days.Select(_ => 1.0)], [.. days.Select(_ => 10.0)], [.. days.Select(_ => random.NextInt32(model.Centroids!.Count))]);
    }

    private static SegmentAssignment Customer(int recency, int cluster) => new()
    {
        CustomerId = "c",
        RecencyDays = recency,
        Frequency = 1,
        Monetary = Money.Parse("10"),
        Cluster = cluster,
    };

    private static CustomerOutlook Outlook(SegmentModel model) =>
        new(model, [.. model.ClusterIds!.Select(id => Profile(id, "", id))], Language.English);

    private static SegmentProfile Profile(int id, string name, double spend) =>
        new(SegmentProfile.ClusterKind, $"{id}", name, "", "", 1, 1, 1, new RfmTriple(1, 1, spend), null);

    private static SegmentModel Plain(double[][] centroids, int[] ids) => new(
        new ScoreEdges([10, 20, 30, 40], [1, 2, 3, 4], [10, 20, 30, 40]),
        new ModelFeatures(CustomerMeasures.Names, ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]),
        centroids)
    { ClusterIds = ids };
}
