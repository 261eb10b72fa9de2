using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow.Results;

/// <summary>The file <c>profiles.json</c>.</summary>
/// <param name="Segments">Clusters, then named segments.</param>
public sealed record ProfilesDocument(IReadOnlyList<SegmentProfile> Segments);

/// <summary>The file <c>ledger.json</c>.</summary>
/// <param name="Uploads">Each upload in order of precedence.</param>
/// <param name="Total">All uploads together.</param>
/// <param name="NonProducts">The rows of reason <c>non-product</c> by code in upper case; null where there are too many codes to list.</param>
public sealed record LedgerDocument(
    IReadOnlyList<UploadLedgerEntry> Uploads, LedgerEntry Total, IReadOnlyDictionary<string, long>? NonProducts);

/// <summary>Where rows went: each is in exactly one place.</summary>
public record LedgerEntry
{
    /// <summary>All rows read.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that count as sales.</summary>
    public required long Kept { get; init; }

    /// <summary>Rows equal to an earlier one of the same upload.</summary>
    public required long Merged { get; init; }

    /// <summary>Cancelled and returned rows.</summary>
    public required long Returned { get; init; }

    /// <summary>Rows that another upload supplies.</summary>
    public required long Superseded { get; init; }

    /// <summary>Rejected rows by reason; reasons that did not occur are left out.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    /// <summary>The money of the same places.</summary>
    public required LedgerRevenue Revenue { get; init; }
}

/// <summary>The ledger of one upload.</summary>
public sealed record UploadLedgerEntry : LedgerEntry
{
    /// <summary>The id of the upload.</summary>
    public required string Id { get; init; }

    /// <summary>Its relative name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of its bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Why it could not be used, or null.</summary>
    public required string? Error { get; init; }

    /// <summary>What a person should know about it.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>How it was read, or null.</summary>
    public required Dialect? Dialect { get; init; }
}

/// <summary>Money by place, in the store's currency.</summary>
/// <param name="Rows">Of all rows, as far as their amounts can be read.</param>
/// <param name="Kept">Of kept rows.</param>
/// <param name="Merged">Of merged rows.</param>
/// <param name="Returned">Of returned rows; as a rule negative.</param>
/// <param name="Superseded">Of superseded rows.</param>
/// <param name="Rejected">Of rejected rows.</param>
/// <param name="ReturnedCounted">The part of the returned money that counts in customers' monetary values.</param>
public sealed record LedgerRevenue(
    Money Rows, Money Kept, Money Merged, Money Returned, Money Superseded, Money Rejected, Money ReturnedCounted);

/// <summary>The file <c>manifest.json</c>.</summary>
public sealed record ManifestDocument
{
    /// <summary>Version of the formats of the results.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The run that was current when this one was planned, whose ids and names it follows; null where there was none.</summary>
    public string? PreviousRunId { get; init; }

    /// <summary>The as-of date.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The version of the product.</summary>
    public required string Version { get; init; }

    /// <summary>The language of names and texts.</summary>
    public required string Language { get; init; }

    /// <summary>Customers with a row.</summary>
    public required long Customers { get; init; }

    /// <summary>SHA-256 of every input by name.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>SHA-256 of every output by name, but for this file.</summary>
    public required IReadOnlyDictionary<string, string> Outputs { get; init; }

    /// <summary>The options in force.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Seconds of work by step, summed over the activities of the step; those of a step that ran on two threads count twice.</summary>
    public required IReadOnlyDictionary<string, double> Steps { get; init; }
}

/// <summary>The JSON of the results: camelCase, indented, LF, readable letters.</summary>
[JsonSerializable(typeof(CategoriesDocument))]
[JsonSerializable(typeof(QualityDocument))]
[JsonSerializable(typeof(ProfilesDocument))]
[JsonSerializable(typeof(LedgerDocument))]
[JsonSerializable(typeof(ManifestDocument))]
[JsonSerializable(typeof(ModelSelection))]
[JsonSerializable(typeof(TransitionsDocument))]
public sealed partial class ResultJson : JsonSerializerContext
{
    /// <summary>Letters of every script are written as they are: these files are for people too, and are no part of a page.</summary>
    public static ResultJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
