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
    public void A_customer_whom_the_tree_placed_against_the_nearest_centre_changes_the_day_after()
    {
        // At 5 days the nearest centre is the second one, 7; the tree says 9.
        SegmentModel model = Plain([[4, 0, 0], [2, 0, 0]], [9, 7]) with { Tree = new TreeLabels([5], [1], [10], [0]) };
        Assert.Equal((AsOf.AddDays(1), 7), Outlook(model).NextClusterChange(Customer(5, 9), AsOf, AsOf));
        Assert.Equal((AsOf.AddDays(15), 9), Outlook(model).NextClusterChange(Customer(5, 9), AsOf, AsOf.AddDays(1)));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_change_is_that_of_scoring_every_day_and_comparing_it_with_the_day_before(string algorithm)
    {
        int found = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var random = new Xoshiro256StarStar(seed, 9);
            SegmentModel model = algorithm == "gaussian-mixture" ? RandomModels.MixtureOf(random) : RandomModels.Of(random);
            model = algorithm == "ward" ? model with { Tree = RandomTree(random, model) } : model;
            var assigner = new SegmentAssigner(model);
            CustomerOutlook outlook = Outlook(model);
            for (int i = 0; i < 4; i++)
            {
                int recency = 1 + random.NextInt32(40);
                int published = assigner.Place(recency, 1, 10).Cluster!.Value;
                DateOnly today = AsOf.AddDays(random.NextInt32(120) - 20);
                (DateOnly, int)? change = outlook.NextClusterChange(Customer(recency, published), AsOf, today);
                Assert.Equal(DayByDay(assigner, recency, today > AsOf ? today : AsOf), change);
                found += change is null ? 0 : 1;
            }
        }

        Assert.InRange(found, 20, 160);
    }

    // Every day, and whatever comes between.
    private static (DateOnly, int)? DayByDay(SegmentAssigner assigner, int recency, DateOnly from)
    {
        for (int day = 1; day <= ClusterAgeing.MostDays; day++)
        {
            DateOnly date = from.AddDays(day);
            int then = At(date);
            if (then != At(date.AddDays(-1)))
            {
                return (date, then);
            }
        }

        return null;

        int At(DateOnly date) => assigner.Place(recency + (date.DayNumber - AsOf.DayNumber), 1, 10).Cluster!.Value;
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

    private static CustomerOutlook Outlook(SegmentModel model) => new(
        model,
        [.. model.ClusterIds!.Select(id => new SegmentProfile(SegmentProfile.ClusterKind, $"{id}", "", "", "", 1, 1, 1, new RfmTriple(1, 1, id), null))]);

    private static SegmentModel Plain(double[][] centroids, int[] ids) => new(
        new ScoreEdges([10, 20, 30, 40], [1, 2, 3, 4], [10, 20, 30, 40]),
        new ModelFeatures(CustomerMeasures.Names, ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]),
        centroids)
    { ClusterIds = ids };
}
