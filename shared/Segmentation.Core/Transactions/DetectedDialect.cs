namespace Segmentation.Core.Transactions;

/// <summary>All that must be known to read the rows of one table.</summary>
internal sealed record DetectedDialect
{
    /// <summary>The field separator; a blank stands for any number of them.</summary>
    public required byte Delimiter { get; init; }

    /// <summary>Physical lines before the first row.</summary>
    public required int Skip { get; init; }

    /// <summary>Whether the first row is a header.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>The header as written, or null.</summary>
    public required string? Header { get; init; }

    /// <summary>The roles of the columns.</summary>
    public required ColumnMapping Columns { get; init; }

    /// <summary>The roles that the header's names alone give; null where there is no header.</summary>
    public ColumnMapping? ByName { get; init; }

    /// <summary>The decimal separator.</summary>
    public required byte DecimalSeparator { get; init; }

    /// <summary>The form of the dates.</summary>
    public required DateFormat Dates { get; init; }

    /// <summary>The form of the dates as a .NET pattern.</summary>
    public required string DatePattern { get; init; }

    /// <summary>Whether cells may be dates by type, which are read whatever the form of the dates that are text.</summary>
    public bool IsSheet { get; init; }

    /// <summary>Whether fields of the order stand on the first of its lines only, as shop systems export line items.</summary>
    public bool CarriesOrders { get; init; }

    /// <summary>The upload that the rows complete, as the file announces; else null.</summary>
    public Correction? Corrects { get; init; }

    /// <summary>How sure each part is, by its name in the ledger.</summary>
    public required IReadOnlyDictionary<string, Confidence> Confidence { get; init; }

    /// <summary>The dialect as the ledger shows it.</summary>
    public Dialect Describe(string encoding, Confidence encodingConfidence) => new()
    {
        Encoding = encoding,
        Delimiter = ((char)Delimiter).ToString(),
        DecimalSeparator = ((char)DecimalSeparator).ToString(),
        DateFormat = DatePattern,
        Header = HasHeader,
        Columns = Columns.Names,
        Confidence = Confidence.Append(new("encoding", encodingConfidence)).OrderBy(static part => part.Key, StringComparer.Ordinal)
            .ToDictionary(static part => part.Key, static part => part.Value.ToString().ToLowerInvariant(), StringComparer.Ordinal),
    };
}
