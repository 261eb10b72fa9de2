using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Identity;

public sealed class ClusterIdentityTests
{
    private static readonly ScoreEdges Edges = new([10, 20, 30, 40], [1, 2, 3, 4], [10, 20, 30, 40]);

    [Fact]
    public void The_first_run_numbers_its_clusters_from_one()
    {
        ClusterIdentity first = ClusterIdentity.First(3);
        Assert.Equal([1, 2, 3], first.Ids);
        Assert.Equal(4, first.NextId);
    }

    [Fact]
    public void Ids_follow_the_centres_whatever_their_order()
    {
        SegmentModel previous = Model([[3, 0, 0], [0, 3, 0], [0, 0, 3]], [7, 2, 5], 9);
        ClusterIdentity identity = Follow([[0, 0.2, 3], [3.1, 0, 0], [0, 2.7, 0]], Features(0, 1), previous);
        Assert.Equal([5, 7, 2], identity.Ids);
        Assert.Equal(9, identity.NextId);
        Assert.Equal(0.2, identity.Distances[0]!.Value, 1e-12);
    }

    [Fact]
    public void A_centre_that_is_too_far_is_a_new_cluster_and_no_id_is_used_again()
    {
        SegmentModel previous = Model([[0, 0, 0], [5, 0, 0]], [4, 6], 8);
        ClusterIdentity identity = Follow([[9, 0, 0], [0.5, 0, 0], [0, 7, 0]], Features(0, 1), previous);
        Assert.Equal([8, 4, 9], identity.Ids);
        Assert.Equal(10, identity.NextId);
        Assert.Equal([null, 0.5, null], identity.Distances);
    }

    [Fact]
    public void The_sum_of_distances_decides_and_not_the_nearest_alone()
    {
        // 0.4 is nearest to both; giving it to the second costs 0.4 + 0.5, to the first 0.1 + 1.
        SegmentModel previous = Model([[0.4, 0, 0], [-0.1, 0, 0]], [1, 2], 3);
        Assert.Equal([2, 1], Follow([[0.3, 0, 0], [0.9, 0, 0]], Features(0, 1), previous).Ids);
    }

    [Fact]
    public void Centres_are_compared_in_one_space_though_the_standardisation_moved()
    {
        // The same logarithms in other units: (2 + 4·z) now, (z) before.
        SegmentModel previous = Model([[6, 2, 2], [2, 6, 2]], [3, 1], 4);
        ClusterIdentity identity = Follow([[0, 1, 0], [1, 0, 0]], Features(2, 4), previous);
        Assert.Equal([1, 3], identity.Ids);
        Assert.All(identity.Distances, distance => Assert.Equal(0, distance!.Value, 1e-12));
    }

    [Fact]
    public void A_model_that_was_stored_before_ids_were_has_the_ids_of_its_order()
    {
        var previous = new SegmentModel(Edges, Features(0, 1), [[0, 0, 0], [5, 0, 0]]);
        Assert.Equal([2, 1, 3], Follow([[5, 0, 0], [0, 0, 0], [0, 9, 0]], Features(0, 1), previous).Ids);
        Assert.Equal([1, 2], Follow([[5, 0, 0], [0, 0, 0]], Features(0, 1), previous with { Centroids = null }).Ids);
    }

    [Fact]
    public void The_pairing_is_the_best_of_all_pairings()
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            double[][] before = Points(random, 1 + random.NextInt32(5));
            double[][] now = Points(random, 1 + random.NextInt32(5));
            ClusterIdentity identity = Follow(
                now, Features(0, 1), Model(before, [.. Enumerable.Range(1, before.Length)], before.Length + 1));
            double cost = identity.Distances.Sum(distance => distance ?? ClusterIdentity.MostDistance);
            Assert.Equal(Best(now, before, 0, new bool[before.Length]), cost, 1e-9);
        }
    }

    private static double Best(double[][] now, double[][] before, int at, bool[] taken)
    {
        if (at == now.Length)
        {
            return 0;
        }

        double best = ClusterIdentity.MostDistance + Best(now, before, at + 1, taken);
        for (int other = 0; other < before.Length; other++)
        {
            double distance = Math.Sqrt(now[at].Zip(before[other], (a, b) => (a - b) * (a - b)).Sum());
            if (!taken[other] && distance <= ClusterIdentity.MostDistance)
            {
                taken[other] = true;
                best = Math.Min(best, distance + Best(now, before, at + 1, taken));
                taken[other] = false;
            }
        }

        return best;
    }

    private static double[][] Points(Xoshiro256StarStar random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new[] { random.NextDouble(), random.NextDouble() * 2, random.NextDouble() })];

    private static ClusterIdentity Follow(double[][] now, ModelFeatures features, SegmentModel previous) => ClusterIdentity.Follow(
        now, features, previous, new ClusterOverlap(new long[now.Length, previous.Centroids?.Count ?? 0]), (_, _) => false);

    private static ModelFeatures Features(double mean, double deviation) =>
        new(CustomerMeasures.Names, ModelFeatures.LogTransform, [mean, mean, mean], [deviation, deviation, deviation]);

    private static SegmentModel Model(double[][] centroids, int[] ids, int next) =>
        new(Edges, Features(0, 1), centroids) { ClusterIds = ids, NextClusterId = next };
}
