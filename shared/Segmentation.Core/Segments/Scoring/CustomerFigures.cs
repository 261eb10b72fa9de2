using Segmentation.Core.Transactions;

namespace Segmentation.Core.Segments.Scoring;

/// <summary>The measures of a customer to be scored, checked by whoever read them.</summary>
/// <param name="RecencyDays">Whole days from the last purchase to the as-of date, 0 to <see cref="MostRecencyDays" />.</param>
/// <param name="Frequency">Orders, at least 1 and fewer than 10¹⁵.</param>
/// <param name="Monetary">Spend; zero or less means that nothing is left after returns. Less than 10¹⁵.</param>
public sealed record CustomerFigures(int RecencyDays, long Frequency, Money Monetary)
{
    /// <summary>Fewer than 10¹⁵: whole numbers of that size are exact as doubles.</summary>
    public const long MostOrders = 999_999_999_999_999;

    /// <summary>The days of the calendar.</summary>
    public static readonly int MostRecencyDays = DateOnly.MaxValue.DayNumber;
}

/// <summary>One line of a purchase, as given; it is judged by the rules of uploads.</summary>
public sealed record ScoringTransaction
{
    /// <summary>The invoice (order) number, or null.</summary>
    public string? Invoice { get; init; }

    /// <summary>An ISO date with or without a time: <c>2024-05-31</c>, <c>2024-05-31T10:00:00</c>.</summary>
    public required string Date { get; init; }

    /// <summary>How many, as written; null stands for one.</summary>
    public string? Quantity { get; init; }

    /// <summary>The price of one, as written, or null.</summary>
    public string? Price { get; init; }

    /// <summary>The line total, as written, or null. Either every line of a customer has one, or none has.</summary>
    public string? Amount { get; init; }

    /// <summary>The product code, or null.</summary>
    public string? Product { get; init; }
}

/// <summary>A transaction that does not count.</summary>
/// <param name="Index">Its place in what was given, from 0.</param>
/// <param name="Reason">The reason's name, as in ledgers: <c>non-product</c>.</param>
/// <param name="Detail">What was found and expected.</param>
public sealed record RejectedTransaction(int Index, string Reason, string Detail);
