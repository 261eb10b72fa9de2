namespace Segmentation.Core.Api.Documents;

/// <summary>The body of a scoring: either all three figures, or transactions.</summary>
public sealed record ScoreRequest
{
    /// <summary>Most transactions of one scoring.</summary>
    public const int MostTransactions = 100_000;

    /// <summary>Whole days from the last purchase to the as-of date of the current run.</summary>
    public int? RecencyDays { get; init; }

    /// <summary>Orders.</summary>
    public long? Frequency { get; init; }

    /// <summary>Spend.</summary>
    public decimal? Monetary { get; init; }

    /// <summary>All lines of one customer, in any order.</summary>
    public IReadOnlyList<TransactionDocument>? Transactions { get; init; }
}

/// <summary>One line of a purchase. Either every line has an amount, or every line has a price.</summary>
public sealed record TransactionDocument
{
    /// <summary>An ISO date with or without a time; an offset is passed over.</summary>
    public required string Date { get; init; }

    /// <summary>The invoice (order) number; lines without one count as one order a day.</summary>
    public string? Invoice { get; init; }

    /// <summary>How many; one where it is left out.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The price of one.</summary>
    public decimal? Price { get; init; }

    /// <summary>The line total; wins over quantity × price.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The product code.</summary>
    public string? Product { get; init; }
}
