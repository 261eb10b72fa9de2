namespace Segmentation.Core.Transactions;

/// <summary>All that must be known to read the rows of one upload.</summary>
internal sealed record DetectedDialect
{
    /// <summary>The field separator.</summary>
    public required byte Delimiter { get; init; }

    /// <summary>Physical lines before the first row.</summary>
    public required int Skip { get; init; }

    /// <summary>Whether the first row is a header.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>The header as written, or null.</summary>
    public required string? Header { get; init; }

    /// <summary>The roles of the columns.</summary>
    public required ColumnMapping Columns { get; init; }

    /// <summary>The decimal separator.</summary>
    public required byte DecimalSeparator { get; init; }

    /// <summary>The form of the dates.</summary>
    public required DateFormat Dates { get; init; }

    /// <summary>The form of the dates as a .NET pattern.</summary>
    public required string DatePattern { get; init; }
}
