using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments.Lookup;

/// <summary>The answer to a lookup, the same over HTTP and on the command line.</summary>
/// <param name="CustomerId">The customer id.</param>
/// <param name="RunId">The run that the whole answer comes from.</param>
/// <param name="AsOf">Its as-of date.</param>
/// <param name="Rfm">The customer's measures and scores.</param>
/// <param name="Segment">The named segment; null for an excluded customer.</param>
/// <param name="Cluster">The cluster; null where no model was chosen, and for an excluded customer.</param>
/// <param name="Strategy">What to do; null for an excluded customer.</param>
/// <param name="Changes">
/// The first date after the as-of date and after the day of the answer (UTC) on which the named segment changes if nothing is bought,
/// and to what; null if never.
/// </param>
/// <param name="Excluded">Why the customer is in no segment, or null.</param>
public sealed record SegmentAnswer(
    string CustomerId,
    string RunId,
    DateOnly AsOf,
    RfmAnswer Rfm,
    SegmentName? Segment,
    SegmentName? Cluster,
    string? Strategy,
    SegmentChange? Changes,
    string? Excluded)
{
    /// <summary>
    /// The next date, counted as for <see cref="Changes" />, on which the customer falls to another cluster, none that is better, if nothing is
    /// bought; null if not within the longest silence that the model has seen, or ten years.
    /// </summary>
    public ClusterChange? ClusterChanges { get; init; }

    /// <summary>The fewest orders that lead to a better named segment; null where none do.</summary>
    public BetterSegment? NextBetter { get; init; }

    /// <summary>The cheapest orders that lead to a better cluster; null where none do.</summary>
    public BetterSegment? NextBetterCluster { get; init; }
}

/// <summary>A customer's measures and scores; the scores are null for an excluded customer.</summary>
public sealed record RfmAnswer(int RecencyDays, long Frequency, [property: JsonConverter(typeof(MoneyNumberJsonConverter))] Money Monetary, int? R, int? F, int? M);

/// <summary>A segment or cluster by id and name.</summary>
public sealed record SegmentName(string Id, string Name);

/// <summary>A change of segment to come.</summary>
public sealed record SegmentChange(DateOnly Date, SegmentName Segment);

/// <summary>A change of cluster to come.</summary>
public sealed record ClusterChange(DateOnly Date, SegmentName Cluster);

/// <summary>What lifts a customer to a better segment.</summary>
/// <param name="Segment">The segment that the customer is in from the day after the last of the orders.</param>
/// <param name="Orders">How many orders it takes.</param>
/// <param name="Amount">What they come to in all, at least; null where any amount does.</param>
/// <param name="Before">The date on which the customer falls if nothing is bought, before which the orders should come; null if never.</param>
public sealed record BetterSegment(
    SegmentName Segment, long Orders, [property: JsonConverter(typeof(MoneyNumberJsonConverter))] Money? Amount, DateOnly? Before);

/// <summary>The JSON of answers: camelCase, made at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SegmentAnswer))]
[JsonSerializable(typeof(SegmentAnswers))]
public sealed partial class LookupJson : JsonSerializerContext
{
    /// <summary>Indented, with letters of every script as they are, for people.</summary>
    public static LookupJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
