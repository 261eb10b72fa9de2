using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Ageing;

public sealed class ClusterAgeingTests
{
    [Fact]
    public void The_day_is_where_two_centres_are_equally_far()
    {
        // Centres at ln(1 + r) = 2 and 4: half-way is 3, e³ − 1 = 19.09 days.
        SegmentModel model = Model([[4, 0, 0], [2, 0, 0]], [7, 9]);
        var ageing = new ClusterAgeing(model, new SegmentAssigner(model));
        Assert.Equal([(15, 7)], ageing.Changes(5, 1, 10, 1_000));
        Assert.Empty(ageing.Changes(5, 1, 10, 14));
        Assert.Equal([(15, 7)], ageing.Changes(5, 1, 10, 15));
        Assert.Empty(ageing.Changes(20, 1, 10, 1_000));
        Assert.Empty(ageing.Changes(5, 1, 10, 0));
    }

    [Fact]
    public void Where_there_are_no_clusters_none_follows()
    {
        SegmentModel model = Model([[0, 0, 0]], [1]) with { Centroids = null };
        Assert.Empty(new ClusterAgeing(model, new SegmentAssigner(model)).Changes(5, 1, 10, 1_000));
    }

    [Fact]
    public void They_are_those_of_a_scan_day_by_day()
    {
        int changes = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            SegmentModel model = RandomModels.Of(random);
            var assigner = new SegmentAssigner(model);
            var ageing = new ClusterAgeing(model, assigner);
            for (int customer = 0; customer < 5; customer++)
            {
                int recency = random.NextInt32(300);
                long orders = 1 + random.NextInt32(20);
                double spend = random.NextDouble() * 2_000;
                int At(int day) => assigner.Place(recency + day, orders, spend).Cluster!.Value;
                (int, int)[] expected = [.. Enumerable.Range(1, ClusterAgeing.MostDays).Where(day => At(day) != At(day - 1)).Select(day => (day, At(day)))];
                Assert.Equal(expected, ageing.Changes(recency, orders, spend, int.MaxValue));
                changes = Math.Max(changes, expected.Length);
            }
        }

        Assert.True(changes > 1, "No customer came past two borders.");
    }

    private static SegmentModel Model(double[][] centroids, int[] ids) => new(
        new ScoreEdges([10, 20, 30, 40], [1, 2, 3, 4], [10, 20, 30, 40]),
        new ModelFeatures(CustomerMeasures.Names, ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]),
        centroids)
    { ClusterIds = ids };
}
