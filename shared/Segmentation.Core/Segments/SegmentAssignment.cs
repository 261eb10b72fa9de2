using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments;

/// <summary>What a run says of one customer.</summary>
public sealed record SegmentAssignment
{
    /// <summary><see cref="Excluded" /> of a customer whose returns are worth at least its kept purchases.</summary>
    public const string NonPositiveNet = "non-positive-net";

    /// <summary>The customer id.</summary>
    public required string CustomerId { get; init; }

    /// <summary>Whole days from the last kept purchase to the as-of date.</summary>
    public required int RecencyDays { get; init; }

    /// <summary>Distinct invoices.</summary>
    public required long Frequency { get; init; }

    /// <summary>Kept sales, net of returns where these count.</summary>
    public required Money Monetary { get; init; }

    /// <summary>Recency, frequency and monetary score 1…5, or null for an excluded customer.</summary>
    public RfmScores? Scores { get; init; }

    /// <summary>The number of the cluster, 1…k, or null where no model was chosen or the customer is excluded.</summary>
    public int? Cluster { get; init; }

    /// <summary>Why the customer is in no segment, or null.</summary>
    public string? Excluded { get; init; }
}

/// <summary>Scores 1 (worst) … 5 (best).</summary>
/// <param name="R">Of recency.</param>
/// <param name="F">Of frequency.</param>
/// <param name="M">Of monetary.</param>
public readonly record struct RfmScores(int R, int F, int M);
