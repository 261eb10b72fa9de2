using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Segments.Identity;

public sealed class CustomerMovesTests
{
    private static readonly ModelFeatures Features = new(CustomerMeasures.Names, ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]);
    private static readonly ScoreEdges Edges = new([10, 20, 30, 40], [1, 2, 3, 4], [10, 20, 30, 40]);

    // Cluster 1 spends a lot, cluster 2 little; the new model draws the border elsewhere.
    private static readonly SegmentModel Earlier = new(Edges, Features, [[0, 0, 6], [0, 0, 2]]) { ClusterIds = [1, 2] };
    private static readonly SegmentModel Now = new(Edges with { Frequency = [2, 3, 4, 5] }, Features, [[0, 0, 8], [0, 0, 2]]) { ClusterIds = [1, 3] };

    [Fact]
    public void Each_mover_has_one_cause()
    {
        var moves = new CustomerMoves(Earlier, Now);

        // Spends 90 as before: by the earlier border, e⁴ − 1 = 53.6, it would have stayed; the new one is e⁵ − 1 = 147.4.
        moves.Add(Customer(Earlier, "a", 5, 3, 90), Customer(Now, "a", 5, 3, 90));

        // Spends more now: also the earlier model would have moved it.
        moves.Add(Customer(Earlier, "b", 5, 3, 40), Customer(Now, "b", 5, 4, 400));
        moves.Add(Customer(Earlier, "c", 5, 3, 400), Customer(Now, "c", 5, 3, 400));
        moves.Add(null, Customer(Now, "d", 5, 3, 400));
        moves.Add(Customer(Earlier, "e", 5, 3, 400), null);
        moves.Add(Customer(Earlier, "f", 5, 3, 400), Customer(Now, "f", 5, 3, -1));
        Assert.Equal(
            [
                new(null, "1", 1, 0, 0),
                new("1", null, 1, 0, 0),
                new("1", "1", 1, 0, 0),
                new("1", "3", 1, 0, 1),
                new("1", "excluded", 1, 1, 0),
                new("2", "1", 1, 1, 0),
            ],
            moves.Clusters.Cells);
        Assert.Equal(6, moves.Named.Cells.Sum(cell => cell.Customers));
    }

    [Fact]
    public void Named_segments_move_by_their_edges()
    {
        var moves = new CustomerMoves(Earlier, Now);
        moves.Add(Customer(Earlier, "a", 5, 4, 90), Customer(Now, "a", 5, 4, 90));
        Assert.Equal([new("champions", "potential-loyalists", 1, 0, 1)], moves.Named.Cells);
    }

    [Fact]
    public void Without_clusters_in_both_runs_only_named_segments_are_counted()
    {
        var moves = new CustomerMoves(Earlier, Now with { Centroids = null });
        moves.Add(Customer(Earlier, "a", 5, 3, 90), Customer(Now with { Centroids = null }, "a", 5, 3, 90));
        Assert.Empty(moves.Clusters.Cells);
        Assert.Single(moves.Named.Cells);
    }

    [Fact]
    public void Counts_of_shards_add_up_in_any_order()
    {
        var one = new SegmentTransitions();
        one.Add("1", "2", "1");
        one.Add("1", "2", "2");
        one.Add(null, "2", null);
        var both = new SegmentTransitions();
        foreach (TransitionCell cell in one.Cells.Reverse().Concat(one.Cells))
        {
            both.Add(cell);
        }

        Assert.Equal([new(null, "2", 2, 0, 0), new("1", "2", 4, 2, 2)], both.Cells);
    }

    private static SegmentAssignment Customer(SegmentModel model, string id, int recency, long orders, int spend) => new SegmentAssigner(model).Assign(
        new RfmRecord(id, DateOnly.MinValue, DateOnly.MinValue, orders, orders, Money.Parse($"{spend}"), Money.Zero), DateOnly.FromDayNumber(recency));
}
