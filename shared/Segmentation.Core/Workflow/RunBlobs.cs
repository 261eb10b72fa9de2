using System.Globalization;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow;

/// <summary>Where a run keeps what its steps hand to each other, its history and its results, in container <c>runs</c>.</summary>
public static class RunBlobs
{
    /// <summary>What was asked for.</summary>
    public static string Request(string runId) => $"{runId}/request.json";

    /// <summary>The recorded result of one activity.</summary>
    public static string History(string runId, int sequence) => $"{runId}/history/{Number(sequence)}.json";

    /// <summary>One of the results.</summary>
    public static string Result(string runId, string name) => $"{runId}/results/{name}";

    /// <summary>The model and the profiles: with the run's rows in the segment store, all that lookups need.</summary>
    public static string Model(string runId) => $"{runId}/model.json";

    /// <summary>The folder of what steps hand to each other, of no use once the run has ended.</summary>
    public static string Steps(string runId) => $"{runId}/steps/";

    /// <summary>The folder of the recorded results of activities, of no use once the run has ended.</summary>
    public static string Histories(string runId) => $"{runId}/history/";

    internal static string Plan(string runId) => $"{runId}/steps/plan.json";

    internal static string Previous(string runId) => $"{runId}/steps/previous.json";

    internal static string ShardTransitions(string runId, int shard) => $"{runId}/steps/shard-{Number(shard)}.transitions.json";

    internal static string Inputs(string runId) => $"{runId}/steps/inputs.json";

    internal static string ShardCustomers(string runId, int shard) => $"{runId}/steps/shard-{Number(shard)}.customers";

    internal static string ShardSummary(string runId, int shard) => $"{runId}/steps/shard-{Number(shard)}.summary.json";

    internal static string ShardRejects(string runId, int shard) => $"{runId}/steps/shard-{Number(shard)}.rejects";

    /// <summary>What the products of a shard sold.</summary>
    internal static string ShardProducts(string runId, int shard) => $"{runId}/steps/shard-{Number(shard)}.products";

    /// <summary>What each customer of a shard spent on each product, in no order.</summary>
    internal static string ShardPurchases(string runId, int shard) => $"{runId}/steps/shard-{Number(shard)}.purchases";

    /// <summary>What part of each customer's purchases lies in each category, in ordinal order of the ids.</summary>
    internal static string ShardInterests(string runId, int shard) => $"{runId}/steps/shard-{Number(shard)}.interests";

    /// <summary>The category of every product, and what is worth knowing about products.</summary>
    internal static string Categories(string runId) => $"{runId}/steps/categories.json";

    /// <summary>The hash and the category's number of every product, a record each.</summary>
    internal static string ProductCategories(string runId) => $"{runId}/steps/categories.products";

    internal static string ShardAssignments(string runId, int shard) => $"{runId}/steps/shard-{Number(shard)}.assignments";

    internal static string Merged(string runId) => $"{runId}/steps/merged.json";

    internal static string Measures(string runId) => $"{runId}/steps/measures";

    /// <summary>What an item cost each customer of the measures.</summary>
    internal static string ItemPrices(string runId) => $"{runId}/steps/item-prices";

    /// <summary>
    /// The id of the cluster that each measured customer was in in the previous run: 32 bits, little-endian, 0 for none, in the order of
    /// the measures.
    /// </summary>
    internal static string FormerClusters(string runId) => $"{runId}/steps/former-clusters";

    /// <summary>Weighted points that stand for the customers where these are too many to fit models on.</summary>
    internal static string FeatureSummary(string runId) => $"{runId}/steps/features";

    internal static string Candidate(string runId, int index) => $"{runId}/steps/candidate-{Number(index)}.json";

    /// <summary>The folder of the results.</summary>
    internal static string Results(string runId) => $"{runId}/results/";

    internal static string Rejects(string runId) => $"{runId}/steps/rejects.json";

    private static string Number(int value) => value.ToString("D5", CultureInfo.InvariantCulture);
}

/// <summary>Where the uploads' records and cleaned rows lie in container <c>clean</c>.</summary>
public static class CleanBlobs
{
    private const string ReasonExtension = ".error.json";

    // Of a blob, by the service.
    private const int MostNameCharacters = 1_024;

    /// <summary>The folder of the records.</summary>
    public const string Records = "uploads/";

    /// <summary>The record of an upload.</summary>
    public static string Record(string uploadId) => $"{Records}{uploadId}.json";

    /// <summary>The folder of cleaned and rejected rows.</summary>
    public const string RowsFolder = "rows/";

    /// <summary>In a key, before the name of the set of erased customers whose rows are left out.</summary>
    internal const string ErasedMark = "-erased-";

    /// <summary>What the names of all rows of an upload start with, however they were cleaned.</summary>
    internal static string RowsOf(string uploadId) => $"{RowsFolder}{uploadId}-";

    /// <summary>In container <c>quarantine</c>: why a file cannot be used. Named by the upload's id where the name leaves no room.</summary>
    internal static string QuarantineReason(string uploadName) =>
        (uploadName.Length + ReasonExtension.Length <= MostNameCharacters ? uploadName : UploadRecord.IdOf(uploadName)) + ReasonExtension;

    /// <summary>Its cleaned rows.</summary>
    public static string Rows(string key) => $"{RowsFolder}{key}.rows";

    /// <summary>Its rows that were rejected by themselves.</summary>
    public static string Rejects(string key) => $"{RowsFolder}{key}.rejects";
}
