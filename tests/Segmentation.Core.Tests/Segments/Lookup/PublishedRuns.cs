using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Storage;

namespace Segmentation.Core.Tests.Segments.Lookup;

/// <summary>Runs that are published without being computed: what a run says of a customer tells which run it was.</summary>
internal sealed class PublishedRuns
{
    public const int Shards = 4;

    public static readonly DateOnly AsOf = new(2024, 6, 1);

    private static readonly ModelFeatures Features = new(CustomerMeasures.Names, ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]);

    public PublishedRuns()
    {
        Store = new HookedSegmentStore(new MemorySegmentStore());
        Storage = new SegmentationStorage(new MemoryContainer(), new MemoryContainer(), Blobs, null, Store);
    }

    public MemoryContainer Blobs { get; } = new();

    public HookedSegmentStore Store { get; }

    public SegmentationStorage Storage { get; }

    public FixedClock Clock { get; } = new(new DateTimeOffset(2024, 6, 2, 23, 59, 59, TimeSpan.Zero));

    public MemoryErasedCustomers Erased { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public SegmentLookup Lookup(CurrentRun? current = null) =>
        new(current ?? new CurrentRun(Storage, Clock, TimeSpan.Zero), Store, Erased, Clock);

    /// <summary>Publishes customers under a run; their frequency and the names of their segments end with the mark.</summary>
    public async Task PublishAsync(string runId, int mark, params string[] customers)
    {
        foreach (IGrouping<int, string> shard in customers.Order(StringComparer.Ordinal).GroupBy(id => CustomerBuckets.ShardOf(id, Shards)))
        {
            await Store.PublishAsync(runId, shard.Key, [.. shard.Select(id => Customer(id, mark))], Token);
        }

        foreach (int shard in Enumerable.Range(0, Shards).Except(customers.Select(id => CustomerBuckets.ShardOf(id, Shards))))
        {
            await Store.PublishAsync(runId, shard, [], Token);
        }

        SegmentProfile[] profiles =
        [
            .. NamedSegment.All.Select(segment => Profile(SegmentProfile.NamedKind, segment.Id, $"{segment.Name} {mark}")),
            Profile(SegmentProfile.ClusterKind, "1", $"Cluster {mark}"),
        ];
        var model = new SegmentModel(new ScoreEdges([10, 20, 30, 40], [1, 2, 3, 4], [1, 2, 3, 4]), Features, [[0, 0, 0]]);
        await Blobs.WriteJsonAsync(
            RunBlobs.Model(runId),
            new SelectedModel(model, new ModelSelection([], new ChosenModel("k-means", 1, "the only one"), Features), profiles),
            WorkflowJson.Default.SelectedModel, Token);
        await Store.SaveRunAsync(
            new RunRecord { RunId = runId, Language = "en", AsOf = AsOf, Shards = Shards, Customers = customers.Length, Clusters = 1 }, Token);
    }

    public async Task DeleteAsync(string runId)
    {
        await Store.DeleteRunAsync(runId, Token);
        await Blobs.DeleteAsync(RunBlobs.Model(runId), Token);
    }

    private static SegmentAssignment Customer(string id, int mark) => id == "excluded"
        ? new() { CustomerId = id, RecencyDays = 5, Frequency = mark, Monetary = new Money(-1), Excluded = SegmentAssignment.NonPositiveNet }
        : new() { CustomerId = id, RecencyDays = 5, Frequency = mark, Monetary = Money.Parse("12.50"), Scores = new RfmScores(5, 5, 3), Cluster = 1 };

    private static SegmentProfile Profile(string kind, string id, string name) =>
        new(kind, id, name, "Who they are.", $"What to do with {name}.", 1, 1, 1, null, null);
}
