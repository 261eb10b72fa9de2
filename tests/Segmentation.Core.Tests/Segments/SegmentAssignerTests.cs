using System.Text.Json;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments;

public sealed class SegmentAssignerTests
{
    private static readonly DateOnly AsOf = new(2024, 6, 1);
    private static readonly ScoreEdges Edges = new([10, 20, 30, 40], [1, 2, 3, 4], [10, 20, 30, 40]);

    // Means 0 and deviations 1: a feature is ln(1 + x) itself. Recency and frequency do not tell these two centres apart.
    private static readonly ModelFeatures Features = new(["recency", "frequency", "monetary"], ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]);
    private static readonly SegmentModel Model = new(Edges, Features, [[0, 0, 6], [0, 0, 2]]);

    [Fact]
    public void A_customer_gets_measures_scores_and_the_nearest_cluster()
    {
        SegmentAssignment rich = new SegmentAssigner(Model).Assign(Customer(sales: 400, returns: 0), AsOf);
        Assert.Equal(
            new SegmentAssignment
            {
                CustomerId = "k",
                RecencyDays = 11,
                Frequency = 3,
                Monetary = Money.Parse("400"),
                Scores = new RfmScores(4, 3, 5),
                Cluster = 1,
            },
            rich);

        // ln 55 = 4.007 is nearer to 6 than to 2, and ln 54 = 3.989 is not.
        Assert.Equal(1, new SegmentAssigner(Model).Assign(Customer(sales: 54, returns: 0), AsOf).Cluster);
        Assert.Equal(2, new SegmentAssigner(Model).Assign(Customer(sales: 53, returns: 0), AsOf).Cluster);
    }

    [Fact]
    public void Returns_lessen_the_money_that_is_scored()
    {
        SegmentAssignment customer = new SegmentAssigner(Model).Assign(Customer(sales: 400, returns: -385), AsOf);
        Assert.Equal((Money.Parse("15"), 2), (customer.Monetary, customer.Scores!.Value.M));
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(-500)]
    public void A_customer_without_anything_left_is_excluded_and_in_no_segment(int returns)
    {
        SegmentAssignment customer = new SegmentAssigner(Model).Assign(Customer(sales: 400, returns), AsOf);
        Assert.Equal("non-positive-net", customer.Excluded);
        Assert.Null(customer.Scores);
        Assert.Null(customer.Cluster);
        Assert.Equal((11, 3L), (customer.RecencyDays, customer.Frequency));
    }

    [Fact]
    public void Without_a_model_there_is_no_cluster() =>
        Assert.Null(new SegmentAssigner(Model with { Centroids = null }).Assign(Customer(1, 0), AsOf).Cluster);

    [Fact]
    public void A_mixture_puts_a_customer_into_the_most_probable_component()
    {
        // One centre, so the nearest says nothing; the second component is narrow in recency, feature ln 12 = 2.48, and says 0.
        SegmentModel mixture = Model with
        {
            Centroids = [[0, 0, 4], [0, 0, 4]],
            Algorithm = ClusterAlgorithms.GaussianMixture,
            Mixture = [new MixtureComponent(0.5, [4, 0, 0, 0, 4, 0, 0, 0, 4]), new MixtureComponent(0.5, [0.1, 0, 0, 0, 4, 0, 0, 0, 4])],
        };
        var assigner = new SegmentAssigner(mixture);
        Assert.Equal(1, assigner.Place(11, 1, 50).Cluster);
        Assert.Equal(2, assigner.Place(0, 1, 50).Cluster);
        IReadOnlyList<double> probabilities = assigner.ProbabilitiesOf(11, 1, 50)!;
        Assert.True(probabilities[0] > 0.99);
        Assert.Equal(1, probabilities.Sum(), 1e-12);
        Assert.Null(new SegmentAssigner(Model).ProbabilitiesOf(11, 1, 50));
    }

    [Fact]
    public void A_tree_knows_its_own_customers_and_puts_others_to_the_nearest_centre()
    {
        SegmentModel tree = Model with { Algorithm = ClusterAlgorithms.Ward, Tree = new TreeLabels([11], [3], [400], [1]), ClusterIds = [7, 9] };
        var assigner = new SegmentAssigner(tree);
        Assert.Equal(9, assigner.Place(11, 3, 400).Cluster);
        Assert.Equal(7, assigner.Place(11, 3, 401).Cluster);
    }

    [Fact]
    public void A_model_of_format_1_is_read_as_one_of_nearest_centres()
    {
        const string Yesterday =
            """
            {"model":{"edges":{"recency":[10,20,30,40],"frequency":[1,2,3,4],"monetary":[10,20,30,40]},
            "features":{"names":["recency","frequency","monetary"],"transform":"ln(1+x)","means":[0,0,0],"deviations":[1,1,1]},
            "centroids":[[0,0,6],[0,0,2]],"format":1},
            "selection":{"candidates":[{"algorithm":"k-means","k":2,"inertia":1.5,"silhouette":0.5,"daviesBouldin":1,"calinskiHarabasz":7,"bic":null,
            "stability":0.9,"smallestShare":0.5,"admissible":true,"reason":"admissible"}],
            "chosen":{"algorithm":"k-means","k":2,"reason":"r"},
            "features":{"names":["recency","frequency","monetary"],"transform":"ln(1+x)","means":[0,0,0],"deviations":[1,1,1]}},
            "profiles":[{"kind":"cluster","id":"1","name":"n","description":"d","strategy":"s","size":1,"share":1,"revenueShare":1,"means":null,
            "medians":null,"priceBand":{"low":1,"typical":2,"high":3}}]}
            """;
        SelectedModel read = JsonSerializer.Deserialize(Yesterday, WorkflowJson.Default.SelectedModel)!;
        Assert.Equal((1, null, null, null), (read.Model.Format, read.Model.Algorithm, read.Model.Mixture, read.Model.Tree));
        Assert.Equal(1, new SegmentAssigner(read.Model).Place(11, 3, 400).Cluster);
        Assert.Equal(2, new SegmentAssigner(read.Model).Place(11, 3, 20).Cluster);
        Assert.Null(read.Selection.Candidates[0].Gap);
        Assert.Null(read.Selection.Chosen.ClusterStability);
        Assert.Equal(new PriceBand(1, 2, 3), read.Profiles[0].PriceBand);
        Assert.Null(read.Profiles[0].ItemPriceBand);
    }

    [Fact]
    public void An_assignment_comes_back_from_its_stored_form()
    {
        const ulong seed = 62;
        var random = new Xoshiro256StarStar(seed);
        var buffer = new RecordBuffer(1);
        for (int i = 0; i < 2_000; i++)
        {
            bool isExcluded = random.NextInt32(4) == 0;
            var assignment = new SegmentAssignment
            {
                CustomerId = new string("aж😀,"[random.NextInt32(2)], random.NextInt32(300)),
                RecencyDays = random.NextInt32(int.MaxValue),
                Frequency = (long)(random.NextUInt64() >> (1 + random.NextInt32(63))),
                Monetary = new Money((Int128)(long)random.NextUInt64() * random.NextInt32(int.MaxValue)),
                Scores = isExcluded ? null : new RfmScores(1 + random.NextInt32(5), 1 + random.NextInt32(5), 1 + random.NextInt32(5)),
                Cluster = isExcluded || random.NextInt32(2) == 0 ? null : 1 + random.NextInt32(50),
                Excluded = isExcluded ? SegmentAssignment.NonPositiveNet : null,
            };
            assignment.Write(buffer);
            Assert.True(assignment == SegmentAssignmentRecord.Read(buffer.Written), $"Seed {seed}, case {i}: {assignment}");
        }
    }

    private static RfmRecord Customer(int sales, int returns) => new(
        "k", new DateOnly(2024, 1, 1), new DateOnly(2024, 5, 21), 3, 7, Money.Parse($"{sales}"), Money.Parse($"{returns}"));
}
