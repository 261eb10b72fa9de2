using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Workflow;

/// <summary>Renders the report of a run; the port to the project that knows pages.</summary>
public interface IRunReport
{
    /// <summary>The report as one HTML file that opens without a network.</summary>
    string Render(RunReport run);
}

/// <summary>All facts of a run that the report shows.</summary>
public sealed record RunReport
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The as-of date.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The language of the page.</summary>
    public required Language Language { get; init; }

    /// <summary>Customers with a row, the excluded ones included.</summary>
    public required long Customers { get; init; }

    /// <summary>Customers that are in no segment.</summary>
    public required long Excluded { get; init; }

    /// <summary>Spend of the customers that are in segments.</summary>
    public required Money Revenue { get; init; }

    /// <summary>Clusters and named segments.</summary>
    public required IReadOnlyList<SegmentProfile> Profiles { get; init; }

    /// <summary>The candidates and the choice.</summary>
    public required ModelSelection Selection { get; init; }

    /// <summary>Each upload, in order of precedence.</summary>
    public required IReadOnlyList<UploadLedger> Uploads { get; init; }

    /// <summary>Where all rows went.</summary>
    public required LedgerTally Total { get; init; }

    /// <summary>Kept sales by day and country.</summary>
    public required SalesSummary Sales { get; init; }

    /// <summary>The product categories and who buys them, or null where there are none.</summary>
    public CategoriesDocument? Categories { get; init; }

    /// <summary>What is suspicious in the data.</summary>
    public QualityDocument Quality { get; init; } = new([]);

    /// <summary>What changed since the previous run; null where there was none.</summary>
    public TransitionsDocument? Transitions { get; init; }

    /// <summary>Why the run does not replace the current one by itself; null where it does, or there is none.</summary>
    public string? HeldBack { get; init; }
}

/// <summary>What became of one upload.</summary>
/// <param name="Record">How it was read.</param>
/// <param name="Tally">Where its rows went.</param>
/// <param name="IsTwin">Whether a later upload with the same bytes supersedes it whole.</param>
public sealed record UploadLedger(UploadRecord Record, LedgerTally Tally, bool IsTwin);
