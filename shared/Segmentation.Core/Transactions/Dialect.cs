namespace Segmentation.Core.Transactions;

/// <summary>A column's role in a file of transactions.</summary>
public enum TransactionField
{
    /// <summary>The customer id.</summary>
    Customer,

    /// <summary>The invoice or order number.</summary>
    Invoice,

    /// <summary>The date, with or without a time.</summary>
    Date,

    /// <summary>How many.</summary>
    Quantity,

    /// <summary>The price of one.</summary>
    Price,

    /// <summary>The total of the line; wins over quantity × price.</summary>
    Amount,

    /// <summary>The product code.</summary>
    Product,

    /// <summary>The product's name.</summary>
    Description,

    /// <summary>The product's category.</summary>
    Category,

    /// <summary>The customer's country.</summary>
    Country,

    /// <summary>The status of the order.</summary>
    Status,

    /// <summary>The type of the document.</summary>
    Type,
}

/// <summary>How a file was read: detected, or set by options.</summary>
public sealed record Dialect
{
    /// <summary>The web name of the encoding: <c>utf-8</c>.</summary>
    public required string Encoding { get; init; }

    /// <summary>The field separator: <c>,</c> <c>;</c> <c>|</c> or a tab.</summary>
    public required string Delimiter { get; init; }

    /// <summary><c>.</c> or <c>,</c>.</summary>
    public required string DecimalSeparator { get; init; }

    /// <summary>The date pattern in .NET notation (<c>yyyy-MM-dd HH:mm:ss</c>), or <c>excel</c> or <c>unix</c>.</summary>
    public required string DateFormat { get; init; }

    /// <summary>Whether the first row is a header.</summary>
    public required bool Header { get; init; }

    /// <summary>Field name (<c>customer</c>) → the column's name in the file, or its 1-based number where there is no header.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>How sure each of these is: <c>set</c>, <c>announced</c>, <c>certain</c>, <c>likely</c> or <c>guess</c>; empty in records from before it was stored.</summary>
    public IReadOnlyDictionary<string, string> Confidence { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>A file that cannot be used at all. The message says where, what was found and what was expected.</summary>
/// <param name="message">One or two sentences for the person who dropped the file.</param>
/// <param name="line">The physical line, where there is one.</param>
/// <param name="advice">What to do.</param>
public sealed class UnusableUploadException(string message, long? line = null, string? advice = null) : Exception(message)
{
    /// <summary>The physical line of the fault, from 1, where there is one.</summary>
    public long? Line { get; } = line;

    /// <summary>What to do.</summary>
    public string? Advice { get; } = advice;

    /// <summary>Whether all of an upload is unusable, as its container is damaged or dangerous; else only the one table of it that was read.</summary>
    public bool IsDamage { get; init; }
}
