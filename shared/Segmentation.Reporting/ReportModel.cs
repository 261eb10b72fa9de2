using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Reporting;

/// <summary>All that the report shows, and nothing else; texts that depend on figures are in <see cref="Language" /> already.</summary>
/// <remarks>
/// Money is given as the exact decimal text of the ledger (<c>1234.50</c>), since the report must show the same amounts. Shares are
/// 0…1. Names of customers' files, products and countries are as supplied: the writer escapes them.
/// </remarks>
public sealed record ReportModel
{
    /// <summary>The heading, such as the name of the store.</summary>
    public required string Title { get; init; }

    /// <summary>The run that the report is about.</summary>
    public required string RunId { get; init; }

    /// <summary>The as-of date of the run.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The language of every text.</summary>
    public required Language Language { get; init; }

    /// <summary>Customers that are segmented.</summary>
    public required long Customers { get; init; }

    /// <summary>Customers left out because their returns are worth at least their purchases.</summary>
    public long Excluded { get; init; }

    /// <summary>Spend of the segmented customers, exact.</summary>
    public required string Revenue { get; init; }

    /// <summary>Clusters and named segments, in any order.</summary>
    public required IReadOnlyList<SegmentProfile> Profiles { get; init; }

    /// <summary>The models that were tried, in the order of <c>model-selection.json</c>.</summary>
    public IReadOnlyList<ReportCandidate> Candidates { get; init; } = [];

    /// <summary>The numbers of groups that single measures point to, by algorithm.</summary>
    public IReadOnlyList<SelectionCriteria> Criteria { get; init; } = [];

    /// <summary>Why the chosen model was chosen, or why there is none.</summary>
    public required string ChosenReason { get; init; }

    /// <summary>Rows and money of all uploads together.</summary>
    public required ReportLedger Ledger { get; init; }

    /// <summary>The uploads, in order of name.</summary>
    public IReadOnlyList<ReportUpload> Uploads { get; init; } = [];

    /// <summary>Kept sales by month, ascending.</summary>
    public IReadOnlyList<MonthlySales> Months { get; init; } = [];

    /// <summary>Kept sales of all months before the first of <see cref="Months" />, or null where there are none.</summary>
    public double? EarlierRevenue { get; init; }

    /// <summary>Kept sales of the largest countries, falling.</summary>
    public IReadOnlyList<CountrySales> Countries { get; init; } = [];

    /// <summary>The product categories and who buys them, or null where there are none.</summary>
    public CategoriesDocument? Categories { get; init; }

    /// <summary>What is suspicious in the data.</summary>
    public QualityDocument Quality { get; init; } = new([]);

    /// <summary>How well the model labels customers that it has not seen; null where that was not measured.</summary>
    public HeldOutResult? HeldOut { get; init; }

    /// <summary>What changed since the previous run; null where there was none.</summary>
    public TransitionsDocument? Transitions { get; init; }

    /// <summary>Why the run does not replace the current one by itself; null where it does, or there is none.</summary>
    public string? HeldBack { get; init; }

    /// <summary>What a reader must know before trusting the figures, in the language of the report.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A model that was tried; null where a figure is undefined.</summary>
/// <param name="Algorithm"><c>k-means</c>, <c>gaussian-mixture</c> or <c>ward</c>.</param>
/// <param name="K">Number of clusters.</param>
/// <param name="Silhouette">Mean silhouette, −1…1, higher is better.</param>
/// <param name="DaviesBouldin">Davies–Bouldin index, lower is better.</param>
/// <param name="CalinskiHarabasz">Calinski–Harabasz index, higher is better.</param>
/// <param name="Stability">Mean adjusted Rand index over bootstrap refits.</param>
/// <param name="SmallestShare">Share of the customers in the smallest cluster.</param>
/// <param name="Admissible">Whether it might have been chosen.</param>
/// <param name="Chosen">Whether it was chosen.</param>
/// <param name="Reason">Why it is admissible or not, in the language of the report.</param>
public sealed record ReportCandidate(
    string Algorithm,
    int K,
    double? Silhouette,
    double? DaviesBouldin,
    double? CalinskiHarabasz,
    double? Stability,
    double? SmallestShare,
    bool Admissible,
    bool Chosen,
    string Reason)
{
    /// <summary>The gap statistic, higher is better.</summary>
    public double? Gap { get; init; }

    /// <summary>Bayesian information criterion, lower is better.</summary>
    public double? Bic { get; init; }
}

/// <summary>Rows and their money.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Money">Their amount, exact.</param>
public sealed record LedgerLine(long Rows, string Money);

/// <summary>Where every row went: <paramref name="Rows" /> is the sum of the other five.</summary>
/// <param name="Rows">All rows read.</param>
/// <param name="Kept">Sales that count.</param>
/// <param name="Returned">Cancelled or returned lines.</param>
/// <param name="Merged">Exact repetitions.</param>
/// <param name="Superseded">Rows that a later upload replaced.</param>
/// <param name="Rejected">Rows that could not be used.</param>
/// <param name="Reasons">Rejected rows by reason; those without rows may be absent.</param>
public sealed record ReportLedger(
    LedgerLine Rows,
    LedgerLine Kept,
    LedgerLine Returned,
    LedgerLine Merged,
    LedgerLine Superseded,
    LedgerLine Rejected,
    IReadOnlyDictionary<RejectionReason, long> Reasons);

/// <summary>One upload in the ledger.</summary>
/// <param name="Name">Its name, as supplied.</param>
/// <param name="Rows">All rows read.</param>
/// <param name="Kept">Sales that count.</param>
/// <param name="Returned">Cancelled or returned lines.</param>
/// <param name="Merged">Exact repetitions.</param>
/// <param name="Superseded">Rows that a later upload replaced.</param>
/// <param name="Rejected">Rows that could not be used.</param>
/// <param name="Revenue">Money of the kept rows, exact.</param>
/// <param name="Error">Why it could not be used at all, or null.</param>
/// <param name="Warnings">What to know about it.</param>
public sealed record ReportUpload(
    string Name,
    long Rows,
    long Kept,
    long Returned,
    long Merged,
    long Superseded,
    long Rejected,
    string Revenue,
    string? Error,
    IReadOnlyList<string> Warnings);

/// <summary>Kept sales of a month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Revenue">The sales.</param>
/// <param name="Partial">Whether the data does not cover all of it, so that it must not be compared with others.</param>
public sealed record MonthlySales(DateOnly Month, double Revenue, bool Partial = false);

/// <summary>Kept sales of a country.</summary>
/// <param name="Name">The country, as supplied.</param>
/// <param name="Revenue">The sales.</param>
/// <param name="Share">Part of all kept sales, 0…1.</param>
public sealed record CountrySales(string Name, double Revenue, double Share);
