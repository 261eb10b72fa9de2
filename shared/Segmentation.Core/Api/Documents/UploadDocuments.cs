using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Api.Documents;

/// <summary>What became of an upload.</summary>
public enum UploadState
{
    /// <summary>It was read.</summary>
    Cleaned,

    /// <summary>It cannot be used; its error says why.</summary>
    Unusable,

    /// <summary>It was taken back: runs pass it over.</summary>
    Withdrawn,
}

/// <summary>One upload.</summary>
public record UploadDocument
{
    /// <summary>Its id, which follows from the name.</summary>
    public required string Id { get; init; }

    /// <summary>Its relative name.</summary>
    public required string Name { get; init; }

    /// <summary>What became of it.</summary>
    public required UploadState Status { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of its bytes; empty where they could not be read.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When this content was first seen under this name, UTC.</summary>
    public required DateTime FirstSeen { get; init; }

    /// <summary>Its rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows rejected by themselves, by reason; reasons that did not occur are left out.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    /// <summary>Why it cannot be used, or null.</summary>
    public required UploadError? Error { get; init; }
}

/// <summary>One upload with all that is known of it.</summary>
public sealed record UploadDetailDocument : UploadDocument
{
    /// <summary>How it was read, or null.</summary>
    public required Dialect? Dialect { get; init; }

    /// <summary>What a person should know about it.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Where its rows went in the current run; null where it took no part.</summary>
    public required LedgerEntry? Ledger { get; init; }
}

/// <summary>The uploads.</summary>
/// <param name="Uploads">In order of precedence: the time first seen, then the name.</param>
public sealed record UploadsDocument(IReadOnlyList<UploadDocument> Uploads);
