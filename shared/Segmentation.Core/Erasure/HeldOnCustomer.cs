using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <summary>All that is held on one customer.</summary>
/// <param name="CustomerId">The id as it is stored.</param>
/// <param name="Lines">Rows of uploads, in the order of the uploads' precedence and of their lines.</param>
/// <param name="Rejected">Rows that do not count and hold the id in a field, in the same order.</param>
/// <param name="Runs">What each kept run says of the customer, newest first.</param>
public sealed record HeldOnCustomer(
    string CustomerId, IReadOnlyList<HeldLine> Lines, IReadOnlyList<HeldReject> Rejected, IReadOnlyList<HeldAssignment> Runs);

/// <summary>A cleaned row. Text is empty where the file has none.</summary>
public sealed record HeldLine
{
    /// <summary>The name of the upload.</summary>
    public required string Upload { get; init; }

    /// <summary>The physical line, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Sale, return, or void.</summary>
    public required LineKind Kind { get; init; }

    /// <summary>The wall time as written.</summary>
    public required DateTime Time { get; init; }

    /// <summary>The invoice number.</summary>
    public required string Invoice { get; init; }

    /// <summary>The product code.</summary>
    public required string Product { get; init; }

    /// <summary>The product's name.</summary>
    public required string Description { get; init; }

    /// <summary>The product's category.</summary>
    public required string Category { get; init; }

    /// <summary>The country.</summary>
    public required string Country { get; init; }

    /// <summary>The status of the order.</summary>
    public required string Status { get; init; }

    /// <summary>The type of the document.</summary>
    public required string DocumentType { get; init; }

    /// <summary>The quantity, a decimal number.</summary>
    public required string Quantity { get; init; }

    /// <summary>The unit price, a decimal number; 0 where the file has only a line total.</summary>
    public required string Price { get; init; }

    /// <summary>The line's money, a decimal number.</summary>
    public required string Amount { get; init; }

    /// <summary>The row as written, where it was kept; else null.</summary>
    public string? Raw { get; init; }
}

/// <summary>A row that was rejected by itself.</summary>
/// <param name="Upload">The name of the upload.</param>
/// <param name="Line">The physical line, from 1.</param>
/// <param name="Reason">The name of the reason.</param>
/// <param name="Raw">The row as written.</param>
public sealed record HeldReject(string Upload, long Line, string Reason, string Raw);

/// <summary>What a run says of the customer.</summary>
/// <param name="RunId">The run.</param>
/// <param name="AsOf">Its as-of date.</param>
/// <param name="RecencyDays">Whole days since the last purchase.</param>
/// <param name="Frequency">Distinct invoices.</param>
/// <param name="Monetary">Money, a decimal number.</param>
/// <param name="R">Score of recency, or null.</param>
/// <param name="F">Score of frequency, or null.</param>
/// <param name="M">Score of monetary, or null.</param>
/// <param name="Cluster">The number of the cluster, or null.</param>
/// <param name="Excluded">Why the customer is in no segment, or null.</param>
public sealed record HeldAssignment(
    string RunId, DateOnly? AsOf, int RecencyDays, long Frequency, string Monetary, int? R, int? F, int? M, int? Cluster, string? Excluded);
