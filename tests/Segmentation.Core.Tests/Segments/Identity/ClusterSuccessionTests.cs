using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Identity;

/// <summary>What a cluster continues where centres alone do not tell.</summary>
public sealed class ClusterSuccessionTests
{
    private static readonly ScoreEdges Edges = new([10, 20, 30, 40], [1, 2, 3, 4], [10, 20, 30, 40]);

    [Fact]
    public void Most_of_the_customers_carry_an_id_beyond_the_limit_of_centres()
    {
        // 49 of 61 customers are there again, and the centre is 1.06 away.
        ClusterIdentity identity = Follow([[1.06, 0, 0], [5, 0, 0]], Model([[0, 0, 0], [5, 0, 0]], [1, 2], 5), new long[,] { { 49, 3 }, { 12, 190 } });
        Assert.Equal([1, 2], identity.Ids);
        Assert.Equal(5, identity.NextId);
        Assert.Equal([ClusterMatch.ByCustomers, ClusterMatch.ByCustomers], identity.Origins.Select(origin => origin!.Basis), StringComparer.Ordinal);
        Assert.Equal(1.06, identity.Distances[0]!.Value, 1e-12);
    }

    [Theory]
    [InlineData(49, 50, 0)]
    [InlineData(49, 0, 50)]
    [InlineData(30, 30, 0)]
    public void Half_of_the_one_or_of_the_other_is_not_most_of_both(int common, int elsewhereNow, int elsewhereBefore)
    {
        var overlap = new ClusterOverlap(new long[,] { { common, elsewhereBefore }, { elsewhereNow, 500 } });
        Assert.False(overlap.IsMostOfBoth(0, 0));
        Assert.True(overlap.IsMostOfBoth(1, 1));
    }

    [Fact]
    public void Customers_who_became_something_else_together_take_no_id_along()
    {
        // Those who were new have grown old: their cluster of now is called otherwise, and the centre says where the new ones are.
        ClusterIdentity identity = Follow(
            [[0, 0, 0], [3, 0, 0]], Model([[0.2, 0, 0]], [1], 2), new long[,] { { 1 }, { 200 } }, (cluster, _) => cluster == 0);
        Assert.Equal([1, 2], identity.Ids);
        Assert.Equal([ClusterMatch.ByCentre, null], identity.Origins.Select(origin => origin?.Basis), StringComparer.Ordinal);
    }

    [Fact]
    public void Amounts_a_hundred_times_too_large_put_a_centre_where_another_was_and_ids_follow_the_customers()
    {
        // ln 100 = 4.6: those who spent least are now where the best were.
        double[][] before = [[0, 2, 9.2], [0, 0, 4.6]];
        double[][] now = [[0, 2, 13.8], [0, 0, 9.2]];
        long[,] customers = { { 310, 2 }, { 75, 900 } };
        Assert.Equal([1, 2], Follow(now, Model(before, [1, 2], 3), customers).Ids);
        Assert.Equal([1, 2], Follow(before, Model(now, [1, 2], 3), customers).Ids);
    }

    [Fact]
    public void Of_two_that_a_cluster_split_into_the_one_that_is_called_as_it_was_has_its_id()
    {
        // 0.69 away and called otherwise, or 1.1 away and called the same; nobody is most of anything.
        SegmentModel previous = Model([[0, 0, 0]], [1], 7);
        long[,] customers = { { 46 }, { 46 } };
        Assert.Equal([7, 1], Follow([[0.69, 0, 0], [-1.1, 0, 0]], previous, customers, (cluster, _) => cluster == 1).Ids);
        Assert.Equal([1, 7], Follow([[0.69, 0, 0], [-1.1, 0, 0]], previous, customers, (_, _) => false).Ids);
        Assert.Equal([1, 7], Follow([[0.69, 0, 0], [-1.5, 0, 0]], previous, new long[2, 1], (cluster, _) => cluster == 1).Ids);
    }

    [Fact]
    public void A_cluster_does_not_end_while_another_begins_under_its_name()
    {
        SegmentModel previous = Model([[0, 0, 0], [9, 0, 0]], [1, 2], 5);
        ClusterIdentity identity = Follow([[4, 0, 0], [-4, 0, 0]], previous, new long[,] { { 3, 5 }, { 4, 6 } }, (_, id) => id == 1);
        Assert.Equal([5, 1], identity.Ids);
        Assert.Equal(ClusterMatch.ByName, identity.Origins[1]!.Basis);

        // Nobody in common is no reason to end either.
        Assert.Equal([1, 5], Follow([[4, 0, 0], [-4, 0, 0]], previous, new long[2, 2], (cluster, id) => cluster == 0 && id == 1).Ids);
    }

    [Fact]
    public void A_cluster_that_ended_comes_back_with_its_id_where_it_is_near()
    {
        double[][] four = [[0, 0, 0], [3, 0, 0], [0, 3, 0], [0, 0, 3]];
        SegmentModel first = Model(four, [1, 2, 3, 4], 5);
        ClusterIdentity fewer = Follow([four[0], four[2], four[3]], first, new long[3, 4]);
        Assert.Equal([1, 3, 4], fewer.Ids);
        IReadOnlyList<RetiredCluster> retired = RetiredCluster.After(first, [.. fewer.Ids], id => $"name {id}", "en");
        RetiredCluster one = Assert.Single(retired);
        Assert.Equal((2, "name 2", "en", 1), (one.Id, one.Name, one.Language, one.Runs));
        Assert.Equal([3, 0, 0], one.Centre);

        SegmentModel second = Model([four[0], four[2], four[3]], [1, 3, 4], fewer.NextId) with { Retired = retired };
        ClusterIdentity again = Follow([four[0], [3, 0.4, 0], four[2], four[3]], second, new long[4, 3], (_, id) => id == 2);
        Assert.Equal([1, 2, 3, 4], again.Ids);
        Assert.Equal((ClusterMatch.Returned, 5), (again.Origins[1]!.Basis, again.NextId));
        Assert.Empty(RetiredCluster.After(second, [.. again.Ids], _ => "", "en"));

        // Beyond the limit it is a new one, and from half of it on where the name would be another.
        Assert.Equal(2, IdAt(0.9, isStillCalled: true));
        Assert.Equal(5, IdAt(1.1, isStillCalled: true));
        Assert.Equal(2, IdAt(0.4, isStillCalled: false));
        Assert.Equal(5, IdAt(0.6, isStillCalled: false));

        int IdAt(double distance, bool isStillCalled) =>
            Follow([four[0], [3, distance, 0], four[2], four[3]], second, new long[4, 3], (_, id) => isStillCalled && id == 2).Ids[1];
    }

    [Fact]
    public void Identities_are_remembered_for_a_year_of_runs_and_no_more_than_fifty()
    {
        SegmentModel model = Model([.. Enumerable.Range(0, 60).Select(i => new[] { i * 9.0, 0, 0 })], [.. Enumerable.Range(1, 60)], 61);
        IReadOnlyList<RetiredCluster> retired = RetiredCluster.After(model, [1, 2], id => $"{id}", "en");
        Assert.Equal(Enumerable.Range(3, RetiredCluster.MostRemembered), retired.Select(one => one.Id));

        // The one that ends later is the first; the others wait a run longer.
        SegmentModel later = Model([[0, 0, 0], [9, 0, 0]], [1, 2], 61) with { Retired = retired };
        retired = RetiredCluster.After(later, [1], id => $"{id}", "en");
        Assert.Equal(Enumerable.Range(2, RetiredCluster.MostRemembered), retired.Select(one => one.Id));
        for (int run = 2; run <= RetiredCluster.MostRuns; run++)
        {
            Assert.Equal(RetiredCluster.MostRemembered, retired.Count);
            retired = RetiredCluster.After(Model([[0, 0, 0]], [1], 61) with { Retired = retired }, [1], id => $"{id}", "en");
        }

        Assert.Equal((2, RetiredCluster.MostRuns), (Assert.Single(retired).Id, retired[0].Runs));
        Assert.Empty(RetiredCluster.After(Model([[0, 0, 0]], [1], 61) with { Retired = retired }, [1], id => $"{id}", "en"));
    }

    [Fact]
    public void Customers_are_counted_where_they_have_a_cluster_in_both_runs()
    {
        SegmentModel previous = Model([[0, 0, 0], [1, 0, 0]], [7, 4], 9);
        ClusterOverlap overlap = ClusterOverlap.Of([0, 0, 0, 1, 1, 0], 2, [7, 7, 4, 4, 0, 99], previous);
        Assert.Equal(2.0 / 3, overlap.Jaccard(0, 0));
        Assert.Equal(1.0 / 4, overlap.Jaccard(0, 1));
        Assert.Equal(1.0 / 2, overlap.Jaccard(1, 1));
        Assert.Equal(0, overlap.Jaccard(1, 0));
        Assert.Equal(0, ClusterOverlap.Of([0, 1], 2, [], previous).Jaccard(0, 0));
    }

    [Fact]
    public void Whatever_the_evidence_ids_are_distinct_do_not_depend_on_the_order_and_no_name_ends_and_begins()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            (int now, int before) = (1 + random.NextInt32(5), 1 + random.NextInt32(5));
            double[][] centres = Points(random, now);
            SegmentModel previous = Model(Points(random, before), [.. Enumerable.Range(1, before)], before + 4) with
            {
                Retired = [.. Points(random, 2).Select((centre, i) => new RetiredCluster(before + 1 + i, "", "en", centre, 1 + i))],
            };
            long[,] customers = new long[now, before];
            bool[,] isCalled = new bool[now, before + 4];
            for (int cluster = 0; cluster < now; cluster++)
            {
                for (int id = 1; id < before + 4; id++)
                {
                    isCalled[cluster, id] = random.NextInt32(3) == 0;
                    if (id <= before)
                    {
                        customers[cluster, id - 1] = 1 + random.NextInt32(400);
                    }
                }
            }

            ClusterIdentity identity = Follow(centres, previous, customers, (cluster, id) => isCalled[cluster, id]);
            Assert.Equal(now, identity.Ids.Distinct().Count());
            Assert.All(Enumerable.Range(0, now).Where(cluster => identity.Origins[cluster] is null or { Basis: ClusterMatch.Returned }), cluster =>
                Assert.DoesNotContain(Enumerable.Range(1, before).Except(identity.Ids), id => isCalled[cluster, id]));

            int[] order = [.. Enumerable.Range(0, now).Reverse()];
            long[,] turned = new long[now, before];
            foreach ((int place, int cluster) in order.Index())
            {
                for (int other = 0; other < before; other++)
                {
                    turned[place, other] = customers[cluster, other];
                }
            }

            ClusterIdentity reversed = Follow(
                [.. order.Select(cluster => centres[cluster])], previous, turned, (place, id) => isCalled[order[place], id]);
            Assert.Equal(
                identity.Origins.Select(origin => origin?.Id), order.Select(place => reversed.Origins[place]?.Id));
        }
    }

    private static double[][] Points(Xoshiro256StarStar random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new[] { random.NextDouble() * 2, random.NextDouble() * 2, random.NextDouble() })];

    private static ClusterIdentity Follow(
        double[][] now, SegmentModel previous, long[,] customers, Func<int, int, bool>? isStillCalled = null) =>
        ClusterIdentity.Follow(now, previous.Features, previous, new ClusterOverlap(customers), isStillCalled ?? ((_, _) => true));

    private static SegmentModel Model(double[][] centroids, int[] ids, int next) =>
        new(Edges, new ModelFeatures(CustomerMeasures.Names, ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]), centroids)
        {
            ClusterIds = ids,
            NextClusterId = next,
        };
}
