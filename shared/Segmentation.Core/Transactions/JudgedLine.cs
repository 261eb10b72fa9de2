namespace Segmentation.Core.Transactions;

/// <summary>What a line is, judged by itself.</summary>
public enum LineKind : byte
{
    /// <summary>A sale with a positive amount.</summary>
    Sale,

    /// <summary>A returned line: its (usually negative) amount counts in a net monetary value.</summary>
    Return,

    /// <summary>A line of an order that was cancelled or refunded as a whole: it counts for nothing.</summary>
    Void,
}

/// <summary>A row that passed the judgement a row can pass alone. All text is normalised UTF-8; empty where not mapped.</summary>
/// <remarks>The spans point into the reader's buffer: they are valid only during the call that hands the line over.</remarks>
public readonly ref struct JudgedLine
{
    /// <summary>The physical line on which the row starts, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>What the line is.</summary>
    public required LineKind Kind { get; init; }

    /// <summary>The customer id: trimmed, NFC, without the fraction of <c>17850.0</c>. Never empty.</summary>
    public required ReadOnlySpan<byte> Customer { get; init; }

    /// <summary>The invoice (order) number, or empty.</summary>
    public ReadOnlySpan<byte> Invoice { get; init; }

    /// <summary>The product code, or empty.</summary>
    public ReadOnlySpan<byte> Product { get; init; }

    /// <summary>The product description, or empty.</summary>
    public ReadOnlySpan<byte> Description { get; init; }

    /// <summary>The product category, or empty.</summary>
    public ReadOnlySpan<byte> Category { get; init; }

    /// <summary>The country, or empty.</summary>
    public ReadOnlySpan<byte> Country { get; init; }

    /// <summary>The status of the order as written, or empty.</summary>
    public ReadOnlySpan<byte> Status { get; init; }

    /// <summary>The type of the document as written, or empty.</summary>
    public ReadOnlySpan<byte> DocumentType { get; init; }

    /// <summary>The wall time as written.</summary>
    public required DateTime Time { get; init; }

    /// <summary>The quantity; one where the file has none.</summary>
    public required DecimalNumber Quantity { get; init; }

    /// <summary>The unit price; zero where the file has only a line total.</summary>
    public required DecimalNumber Price { get; init; }

    /// <summary>The line's money: the line total, or quantity × price. For a <see cref="LineKind.Return" /> of a document type, minus its size.</summary>
    public required Money Amount { get; init; }

    /// <summary>Whether the product code is on the list of codes that are no products.</summary>
    public bool IsNonProduct { get; init; }

    /// <summary>The row as written (in UTF-8), without its line end.</summary>
    public ReadOnlySpan<byte> Raw { get; init; }

    /// <summary>The same with the fields that its order carried to it; empty where nothing was carried, or the sink keeps no such row.</summary>
    public ReadOnlySpan<byte> Filled { get; init; }
}

/// <summary>A row that is rejected by itself.</summary>
/// <remarks>The span is valid only during the call that hands the row over.</remarks>
public readonly ref struct RejectedLine
{
    /// <summary>The physical line on which the row starts, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Why.</summary>
    public required RejectionReason Reason { get; init; }

    /// <summary>What was found and what was expected, in a sentence without a full stop.</summary>
    public required string Detail { get; init; }

    /// <summary>The line's money as far as it could be read, else zero, so that the sums reconcile.</summary>
    public required Money Amount { get; init; }

    /// <summary>The row as written (in UTF-8), without its line end.</summary>
    public required ReadOnlySpan<byte> Raw { get; init; }

    /// <summary>The same with the fields that its order carried to it, to be read without the other lines; empty where nothing was carried.</summary>
    public ReadOnlySpan<byte> Filled { get; init; }
}

/// <summary>Takes the rows of one upload in the order of the file.</summary>
public interface IJudgedLineSink
{
    /// <summary>
    /// Whether rows that passed are kept as written too, so that <see cref="JudgedLine.Filled" /> of each is needed; else only that of
    /// rows that are no products.
    /// </summary>
    bool KeepsRaw => true;

    /// <summary>Takes a row that passed.</summary>
    void Accept(in JudgedLine line);

    /// <summary>Takes a row that did not.</summary>
    void Reject(in RejectedLine line);

    /// <summary>Called between blocks of rows, so that what was taken can be written.</summary>
    ValueTask DrainAsync(CancellationToken cancellationToken);
}
