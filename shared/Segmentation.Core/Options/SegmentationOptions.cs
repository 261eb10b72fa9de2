using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Options;

/// <summary>All options of a run, checked once, when they are read; immutable.</summary>
public sealed record SegmentationOptions
{
    /// <summary>How files are read.</summary>
    public ImportOptions Import { get; init; } = new();

    /// <summary>Which rows count.</summary>
    public CleaningOptions Cleaning { get; init; } = new();

    /// <summary>How customers are measured and scored.</summary>
    public RfmOptions Rfm { get; init; } = new();

    /// <summary>Which models are tried and which is chosen.</summary>
    public SelectionOptions Selection { get; init; } = new();

    /// <summary>How products are put into categories.</summary>
    public ProductOptions Products { get; init; } = new();

    /// <summary>How the work is spread; changes nothing but speed.</summary>
    public WorkflowOptions Workflow { get; init; } = new();
}

/// <summary>How files are read. What is null is detected.</summary>
public sealed record ImportOptions
{
    /// <summary>Default of <see cref="MaxBytes" />: 64 GiB.</summary>
    public const long DefaultMaxBytes = 64L << 30;

    /// <summary>Default of <see cref="MaxFieldBytes" />: 64 KiB.</summary>
    public const int DefaultMaxFieldBytes = 64 << 10;

    /// <summary>Default of <see cref="MaxColumns" />.</summary>
    public const int DefaultMaxColumns = 1_000;

    /// <summary>Default of <see cref="Skip" />.</summary>
    public const int DefaultSkip = 0;

    /// <summary>Field → column name, 1-based number, or <c>none</c>.</summary>
    public IReadOnlyDictionary<TransactionField, string> Columns { get; init; } = new Dictionary<TransactionField, string>();

    /// <summary>Whether the first row is a header.</summary>
    public bool? Header { get; init; }

    /// <summary>Physical lines to skip before the header.</summary>
    public int Skip { get; init; } = DefaultSkip;

    /// <summary>Web name of the encoding.</summary>
    public string? Encoding { get; init; }

    /// <summary>The field separator.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The decimal separator, <c>.</c> or <c>,</c>.</summary>
    public char? DecimalSeparator { get; init; }

    /// <summary>A .NET date pattern, <c>excel</c> or <c>unix</c>.</summary>
    public string? DateFormat { get; init; }

    /// <summary>Most decompressed bytes of one upload.</summary>
    public long MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>Most bytes of one field.</summary>
    public int MaxFieldBytes { get; init; } = DefaultMaxFieldBytes;

    /// <summary>Most columns.</summary>
    public int MaxColumns { get; init; } = DefaultMaxColumns;
}

/// <summary>What returned lines do to a customer's monetary value.</summary>
public enum ReturnsPolicy
{
    /// <summary>Monetary = kept sales + returned lines.</summary>
    Net,

    /// <summary>Returned lines count for nothing.</summary>
    Ignore,
}

/// <summary>Which rows count.</summary>
public sealed record CleaningOptions
{
    /// <summary>Codes, or prefixes ended by <c>*</c>, that are no products; compared trimmed and in upper case.</summary>
    public static readonly IReadOnlyList<string> DefaultNonProductCodes =
        ["POST", "DOT", "M", "D", "S", "B", "C2", "CRUK", "PADS", "BANK CHARGES", "AMAZONFEE", "GIFT_*"];

    /// <summary>Default of <see cref="DropDuplicates" />.</summary>
    public const bool DefaultDropDuplicates = true;

    /// <summary>Default of <see cref="DropNonProducts" />.</summary>
    public const bool DefaultDropNonProducts = true;

    /// <summary>Default of <see cref="Returns" />.</summary>
    public const ReturnsPolicy DefaultReturns = ReturnsPolicy.Net;

    /// <summary>Whether a row equal to an earlier one of the same upload is merged into it.</summary>
    public bool DropDuplicates { get; init; } = DefaultDropDuplicates;

    /// <summary>Whether rows of codes that are no products are rejected.</summary>
    public bool DropNonProducts { get; init; } = DefaultDropNonProducts;

    /// <summary>The codes that are no products.</summary>
    public IReadOnlyList<string> NonProductCodes { get; init; } = DefaultNonProductCodes;

    /// <summary>What returned lines do.</summary>
    public ReturnsPolicy Returns { get; init; } = DefaultReturns;
}

/// <summary>How products are put into categories.</summary>
public sealed record ProductOptions
{
    /// <summary>Default of <see cref="Categories" />.</summary>
    public const int DefaultCategories = 12;

    /// <summary>The most categories that are formed from descriptions where the files name none; null for no categories at all.</summary>
    public int? Categories { get; init; } = DefaultCategories;
}

/// <summary>Where the as-of date of a run comes from.</summary>
public enum AsOfKind
{
    /// <summary>The day after the last kept purchase.</summary>
    Data,

    /// <summary>The day of the run (UTC).</summary>
    Today,

    /// <summary>A given date.</summary>
    Date,
}

/// <summary>How scores are formed.</summary>
public enum ScoreKind
{
    /// <summary>By the 20th, 40th, 60th and 80th percentile of the customers.</summary>
    Quintiles,

    /// <summary>By four given values a measure.</summary>
    Thresholds,
}

/// <summary>How customers are measured and scored.</summary>
public sealed record RfmOptions
{
    /// <summary>Default of <see cref="AsOf" />.</summary>
    public const AsOfKind DefaultAsOf = AsOfKind.Data;

    /// <summary>Default of <see cref="Scores" />.</summary>
    public const ScoreKind DefaultScores = ScoreKind.Quintiles;

    /// <summary>Where the as-of date comes from.</summary>
    public AsOfKind AsOf { get; init; } = DefaultAsOf;

    /// <summary>The given date, when <see cref="AsOf" /> is <see cref="AsOfKind.Date" />.</summary>
    public DateOnly? AsOfDate { get; init; }

    /// <summary>Look-back in days before the as-of date, or null for all.</summary>
    public int? WindowDays { get; init; }

    /// <summary>How scores are formed.</summary>
    public ScoreKind Scores { get; init; } = DefaultScores;

    /// <summary>Four ascending edges of recency in days, for <see cref="ScoreKind.Thresholds" />.</summary>
    public IReadOnlyList<double> RecencyThresholds { get; init; } = [];

    /// <summary>Four ascending edges of frequency, for <see cref="ScoreKind.Thresholds" />.</summary>
    public IReadOnlyList<double> FrequencyThresholds { get; init; } = [];

    /// <summary>Four ascending edges of monetary, for <see cref="ScoreKind.Thresholds" />.</summary>
    public IReadOnlyList<double> MonetaryThresholds { get; init; } = [];
}

/// <summary>Which models are tried and which is chosen.</summary>
public sealed record SelectionOptions
{
    /// <summary>Default of <see cref="Algorithms" />.</summary>
    public static readonly IReadOnlyList<string> DefaultAlgorithms = ClusterAlgorithms.All;

    /// <summary>Default of <see cref="MinClusters" />.</summary>
    public const int DefaultMinClusters = 3;

    /// <summary>Default of <see cref="MaxClusters" />.</summary>
    public const int DefaultMaxClusters = 10;

    /// <summary>Default of <see cref="MinShare" />.</summary>
    public const double DefaultMinShare = 0.02;

    /// <summary>Default of <see cref="MinStability" />.</summary>
    public const double DefaultMinStability = 0.80;

    /// <summary>Default of <see cref="MinCustomers" />.</summary>
    public const int DefaultMinCustomers = 50;

    /// <summary>Default of <see cref="Starts" />.</summary>
    public const int DefaultStarts = 20;

    /// <summary>Default of <see cref="Seed" />.</summary>
    public const ulong DefaultSeed = 1;

    /// <summary>Default of <see cref="Outliers" />.</summary>
    public const OutlierPolicy DefaultOutliers = OutlierPolicy.Keep;

    /// <summary>Default of <see cref="OutlierPercentile" />.</summary>
    public const int DefaultOutlierPercentile = 99;

    /// <summary>Algorithms in order of preference; empty: named RFM segments only.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = DefaultAlgorithms;

    /// <summary>Least k that may be chosen.</summary>
    public int MinClusters { get; init; } = DefaultMinClusters;

    /// <summary>Largest k that is tried.</summary>
    public int MaxClusters { get; init; } = DefaultMaxClusters;

    /// <summary>Least share of the customers in every cluster.</summary>
    public double MinShare { get; init; } = DefaultMinShare;

    /// <summary>Least bootstrap stability (mean adjusted Rand index).</summary>
    public double MinStability { get; init; } = DefaultMinStability;

    /// <summary>Least number of customers for a model of clusters.</summary>
    public int MinCustomers { get; init; } = DefaultMinCustomers;

    /// <summary>Starts of a fit.</summary>
    public int Starts { get; init; } = DefaultStarts;

    /// <summary>Seed of every random choice.</summary>
    public ulong Seed { get; init; } = DefaultSeed;

    /// <summary>What becomes of customers far above all others while models learn.</summary>
    public OutlierPolicy Outliers { get; init; } = DefaultOutliers;

    /// <summary>The percentile of frequency and of monetary above which a customer is an outlier.</summary>
    public int OutlierPercentile { get; init; } = DefaultOutlierPercentile;
}

/// <summary>What becomes of customers far above all others while models learn.</summary>
public enum OutlierPolicy
{
    /// <summary>They count as they are.</summary>
    Keep,

    /// <summary>What is above the percentile is lowered to it.</summary>
    Cap,

    /// <summary>Models learn without them.</summary>
    LeaveOut,
}

/// <summary>Whether a finished run becomes the current one by itself.</summary>
public enum ActivationPolicy
{
    /// <summary>When its model is sound.</summary>
    Gated,

    /// <summary>Always.</summary>
    Always,
}

/// <summary>How the work is spread; changes nothing but speed.</summary>
public sealed record WorkflowOptions
{
    /// <summary>Default of <see cref="Activate" />.</summary>
    public const ActivationPolicy DefaultActivate = ActivationPolicy.Gated;

    /// <summary>Default of <see cref="SettleSeconds" />.</summary>
    public const int DefaultSettleSeconds = 5;

    /// <summary>Default of <see cref="KeepRuns" />: a year of monthly runs.</summary>
    public const int DefaultKeepRuns = 12;

    /// <summary>Default of <see cref="Schedule" />: the first of each month at three.</summary>
    public const string DefaultSchedule = "0 0 3 1 * *";

    /// <summary>Number of shards, or null to choose by size.</summary>
    public int? Shards { get; init; }

    /// <summary>Most threads of this process, or null for one a processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether a finished run becomes current by itself.</summary>
    public ActivationPolicy Activate { get; init; } = DefaultActivate;

    /// <summary>Seconds that a watching host waits after the last file.</summary>
    public int SettleSeconds { get; init; } = DefaultSettleSeconds;

    /// <summary>How many earlier runs stay beside the current one, to go back to.</summary>
    public int KeepRuns { get; init; } = DefaultKeepRuns;

    /// <summary>When a host starts a run by itself: six NCrontab fields, UTC; null for never.</summary>
    public string? Schedule { get; init; } = DefaultSchedule;
}
