using Segmentation.Core.Storage.Records;
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

/// <summary>The stored form of assignments.</summary>
public static class SegmentAssignmentRecord
{
    /// <summary>Writes over what the buffer held.</summary>
    public static void Write(this SegmentAssignment assignment, RecordBuffer into)
    {
        into.Clear();
        into.WriteText(assignment.CustomerId);
        into.WriteUnsigned((ulong)assignment.RecencyDays);
        into.WriteUnsigned((ulong)assignment.Frequency);
        into.WriteMoney(assignment.Monetary);
        RfmScores scores = assignment.Scores ?? default;
        into.WriteByte((byte)scores.R);
        into.WriteByte((byte)scores.F);
        into.WriteByte((byte)scores.M);
        into.WriteUnsigned((ulong)(assignment.Cluster ?? 0));
        into.WriteText(assignment.Excluded ?? "");
    }

    /// <summary>Reads one.</summary>
    public static SegmentAssignment Read(ReadOnlySpan<byte> record)
    {
        var fields = new RecordFields(record);
        string id = fields.ReadText();
        int recency = fields.ReadLength();
        long frequency = (long)fields.ReadUnsigned();
        Money monetary = fields.ReadMoney();
        var scores = new RfmScores(fields.ReadByte(), fields.ReadByte(), fields.ReadByte());
        int cluster = fields.ReadLength();
        string excluded = fields.ReadText();
        return new SegmentAssignment
        {
            CustomerId = id,
            RecencyDays = recency,
            Frequency = frequency,
            Monetary = monetary,
            Scores = scores == default ? null : scores,
            Cluster = cluster == 0 ? null : cluster,
            Excluded = excluded.Length == 0 ? null : excluded,
        };
    }
}
