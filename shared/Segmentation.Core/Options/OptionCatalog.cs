using System.Collections.Immutable;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Options;

/// <summary>The one table of all options: what the reader, the schema, the documentation and the manifest know of them comes from here.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public static class OptionCatalog
{
    internal const string MinClustersKey = "selection.minClusters";
    internal const string MaxClustersKey = "selection.maxClusters";
    internal const string ScoresKey = "rfm.scores";
    internal const string RecencyThresholdsKey = "rfm.thresholds.recency";
    internal const string FrequencyThresholdsKey = "rfm.thresholds.frequency";
    internal const string MonetaryThresholdsKey = "rfm.thresholds.monetary";

    private const string Detected = "detected";
    private const string None = "none";
    private const string BySize = "by size";
    private const string OneAProcessor = "one a processor";
    private const int FewestClusters = 2;
    private const int MostClusters = 50;

    /// <summary>All options, in the order in which a person reads about them.</summary>
    public static IReadOnlyList<OptionDefinition> All { get; } =
        [.. Enum.GetValues<TransactionField>().Select(Column), .. Import(), .. Cleaning(), .. Products(), .. Rfm(), .. Selection(), .. Workflow()];

    private static readonly Dictionary<string, OptionDefinition> ByKey = All.ToDictionary(option => option.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The option of a key, whatever its case, or null.</summary>
    public static OptionDefinition? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>Reads a JSON file and assignments on top of the defaults; an assignment wins over the file.</summary>
    /// <param name="jsonText">
    /// The file's text, or null where there is none: nested objects and keys with dots, comments and trailing commas are allowed,
    /// <c>$schema</c> is ignored.
    /// </param>
    /// <param name="jsonName">The file's name, as faults show it.</param>
    /// <param name="assignments">Texts <c>KEY=VALUE</c>.</param>
    /// <param name="assignmentsName">Where the assignments come from, as faults show it.</param>
    /// <returns>The options, and every fault there is. With faults the options are not to be used.</returns>
    public static OptionReading Read(string? jsonText, string? jsonName, IEnumerable<string> assignments, string assignmentsName = "--set")
    {
        var reader = new OptionReader();
        if (jsonText is not null)
        {
            new OptionFile(jsonName ?? "the configuration", reader).Read(jsonText);
        }

        foreach (string assignment in assignments)
        {
            reader.Assign(assignmentsName, assignment);
        }

        return reader.Finish();
    }

    /// <summary>Every option in force: key → text. Read back as assignments, the texts give equal options.</summary>
    /// <returns>Sorted by key, ordinal.</returns>
    public static IReadOnlyDictionary<string, string> Describe(SegmentationOptions options) =>
        All.ToImmutableSortedDictionary(option => option.Key, option => option.Describe(options), StringComparer.Ordinal);

    /// <summary>The JSON Schema (draft 2020-12) of the configuration file, ended by a line feed.</summary>
    public static string JsonSchema() => OptionDocuments.JsonSchema();

    /// <summary>The page about all options, in Markdown.</summary>
    public static string Markdown() => OptionDocuments.Markdown();

    private static OptionDefinition Column(TransactionField field)
    {
#pragma warning disable CA1308 // Keys are lower case by contract; nothing is compared here.
        string name = field.ToString().ToLowerInvariant();
#pragma warning restore CA1308
        return OptionDefinition.Of(
            $"import.columns.{name}",
            new TextOrWord(Detected, new ColumnName()),
            o => o.Import.Columns.GetValueOrDefault(field),
            (o, v) => o with { Import = o.Import with { Columns = With(o.Import.Columns, field, v) } },
            $"The column of {Meaning(field)}.");
    }

    private static string Meaning(TransactionField field) => field switch
    {
        TransactionField.Customer => "the customer id",
        TransactionField.Invoice => "the invoice or order number; with none, a date is an invoice",
        TransactionField.Date => "the date, with or without a time",
        TransactionField.Quantity => "the quantity",
        TransactionField.Price => "the price of one",
        TransactionField.Amount => "the line total, which wins over quantity × price",
        TransactionField.Product => "the product code",
        TransactionField.Description => "the product's name",
        TransactionField.Category => "the product's category",
        TransactionField.Country => "the customer's country",
        TransactionField.Status => "the status of the order, which may say that it was cancelled or refunded",
        _ => "the type of the document, which may say that it is a return",
    };

    private static ImmutableSortedDictionary<TransactionField, string> With(
        IReadOnlyDictionary<TransactionField, string> columns, TransactionField field, string? column)
    {
        ImmutableSortedDictionary<TransactionField, string> others = columns.ToImmutableSortedDictionary().Remove(field);
        return column is null ? others : others.Add(field, column);
    }

    private static OptionDefinition[] Import() =>
    [
        OptionDefinition.Of(
            "import.header", new OrWord<bool>(Detected, new Flag()),
            o => o.Import.Header, (o, v) => o with { Import = o.Import with { Header = v } },
            "Whether the first row is a header."),
        OptionDefinition.Of(
            "import.skip", new WholeNumber<int>(0, 1_000_000),
            o => o.Import.Skip, (o, v) => o with { Import = o.Import with { Skip = v } },
            "How many physical lines come before the header or the first row."),
        OptionDefinition.Of(
            "import.encoding", new TextOrWord(Detected, new EncodingName()),
            o => o.Import.Encoding, (o, v) => o with { Import = o.Import with { Encoding = v } },
            "The encoding of the text."),
        OptionDefinition.Of(
            "import.delimiter", new OrWord<char>(Detected, new Words<char>([(",", ','), (";", ';'), ("|", '|'), ("tab", '\t'), ("space", ' ')], ("\\t", '\t'), ("\t", '\t'), (" ", ' '))),
            o => o.Import.Delimiter, (o, v) => o with { Import = o.Import with { Delimiter = v } },
            "What separates the fields of a row; space for any number of blanks."),
        OptionDefinition.Of(
            "import.decimalSeparator", new OrWord<char>(Detected, new Words<char>([(".", '.'), (",", ',')])),
            o => o.Import.DecimalSeparator, (o, v) => o with { Import = o.Import with { DecimalSeparator = v } },
            "What separates the decimals of a number."),
        OptionDefinition.Of(
            "import.dateFormat", new TextOrWord(Detected, new DatePattern()),
            o => o.Import.DateFormat, (o, v) => o with { Import = o.Import with { DateFormat = v } },
            "How dates are written: a .NET pattern, excel for serial days, unix for seconds since 1970."),
        OptionDefinition.Of(
            "import.maxBytes", new ByteSize(1L << 50),
            o => o.Import.MaxBytes, (o, v) => o with { Import = o.Import with { MaxBytes = v } },
            "The most bytes of one upload; the decompressed size counts."),
        OptionDefinition.Of(
            "import.maxFieldBytes", new ByteSize(64L << 20),
            o => o.Import.MaxFieldBytes, (o, v) => o with { Import = o.Import with { MaxFieldBytes = (int)v } },
            "The most bytes of one field; a row with a longer one is rejected."),
        OptionDefinition.Of(
            "import.maxColumns", new WholeNumber<int>(1, 100_000),
            o => o.Import.MaxColumns, (o, v) => o with { Import = o.Import with { MaxColumns = v } },
            "The most columns of one upload."),
    ];

    private static OptionDefinition[] Cleaning() =>
    [
        OptionDefinition.Of(
            "cleaning.dropDuplicates", new Flag(),
            o => o.Cleaning.DropDuplicates, (o, v) => o with { Cleaning = o.Cleaning with { DropDuplicates = v } },
            "Whether a row equal to an earlier one of the same upload is merged into it."),
        OptionDefinition.Of(
            "cleaning.dropNonProducts", new Flag(),
            o => o.Cleaning.DropNonProducts, (o, v) => o with { Cleaning = o.Cleaning with { DropNonProducts = v } },
            "Whether rows of codes that are no products (postage, fees, vouchers) are rejected."),
        OptionDefinition.Of(
            "cleaning.nonProductCodes", new CodeList(),
            o => o.Cleaning.NonProductCodes, (o, v) => o with { Cleaning = o.Cleaning with { NonProductCodes = v } },
            "The codes that are no products; a list given here replaces the default."),
        OptionDefinition.Of(
            "cleaning.returns", new Words<ReturnsPolicy>([("net", ReturnsPolicy.Net), ("ignore", ReturnsPolicy.Ignore)]),
            o => o.Cleaning.Returns, (o, v) => o with { Cleaning = o.Cleaning with { Returns = v } },
            "Whether returned lines reduce a customer's monetary value or count for nothing."),
    ];

    private static OptionDefinition[] Products() =>
    [
        OptionDefinition.Of(
            "products.categories", new OrWord<int>(None, new WholeNumber<int>(2, 50)),
            o => o.Products.Categories, (o, v) => o with { Products = o.Products with { Categories = v } },
            "The most product categories that are formed from descriptions where the files name none; none for no categories."),
    ];

    private static OptionDefinition[] Rfm() =>
    [
        OptionDefinition.Of(
            "rfm.asOf", new AsOfDate(),
            o => (Kind: o.Rfm.AsOf, Date: o.Rfm.AsOfDate), (o, v) => o with { Rfm = o.Rfm with { AsOf = v.Kind, AsOfDate = v.Date } },
            "The as-of date: the day after the last kept purchase, the day of the run (UTC), or a given date."),
        OptionDefinition.Of(
            "rfm.window", new OrWord<int>(None, new WholeNumber<int>(1, 36_500)),
            o => o.Rfm.WindowDays, (o, v) => o with { Rfm = o.Rfm with { WindowDays = v } },
            "How many days before the as-of date count; none for all."),
        OptionDefinition.Of(
            ScoresKey, new Words<ScoreKind>([("quintiles", ScoreKind.Quintiles), ("thresholds", ScoreKind.Thresholds)]),
            o => o.Rfm.Scores, (o, v) => o with { Rfm = o.Rfm with { Scores = v } },
            "Whether the scores 1 to 5 come from the customers' own percentiles or from given thresholds."),
        OptionDefinition.Of(
            RecencyThresholdsKey, new ThresholdList(),
            o => o.Rfm.RecencyThresholds, (o, v) => o with { Rfm = o.Rfm with { RecencyThresholds = v } },
            "The edges of recency in days; used when rfm.scores is thresholds."),
        OptionDefinition.Of(
            FrequencyThresholdsKey, new ThresholdList(),
            o => o.Rfm.FrequencyThresholds, (o, v) => o with { Rfm = o.Rfm with { FrequencyThresholds = v } },
            "The edges of frequency in invoices; used when rfm.scores is thresholds."),
        OptionDefinition.Of(
            MonetaryThresholdsKey, new ThresholdList(),
            o => o.Rfm.MonetaryThresholds, (o, v) => o with { Rfm = o.Rfm with { MonetaryThresholds = v } },
            "The edges of monetary in the shop's currency; used when rfm.scores is thresholds."),
    ];

    private static OptionDefinition[] Selection() =>
    [
        OptionDefinition.Of(
            "selection.algorithms", new AlgorithmList(),
            o => o.Selection.Algorithms, (o, v) => o with { Selection = o.Selection with { Algorithms = v } },
            "The algorithms that are tried, in order of preference; none for named RFM segments only."),
        OptionDefinition.Of(
            MinClustersKey, new WholeNumber<int>(FewestClusters, MostClusters),
            o => o.Selection.MinClusters, (o, v) => o with { Selection = o.Selection with { MinClusters = v } },
            "The least number of clusters that may be chosen; fewer are tried for the report."),
        OptionDefinition.Of(
            MaxClustersKey, new WholeNumber<int>(FewestClusters, MostClusters),
            o => o.Selection.MaxClusters, (o, v) => o with { Selection = o.Selection with { MaxClusters = v } },
            "The largest number of clusters that is tried."),
        OptionDefinition.Of(
            "selection.minShare", new RealNumber(0, 1),
            o => o.Selection.MinShare, (o, v) => o with { Selection = o.Selection with { MinShare = v } },
            "The least share of the customers that every cluster must hold."),
        OptionDefinition.Of(
            "selection.minStability", new RealNumber(0, 1),
            o => o.Selection.MinStability, (o, v) => o with { Selection = o.Selection with { MinStability = v } },
            "The least bootstrap stability (mean adjusted Rand index) of a model."),
        OptionDefinition.Of(
            "selection.minCustomers", new WholeNumber<int>(1, int.MaxValue),
            o => o.Selection.MinCustomers, (o, v) => o with { Selection = o.Selection with { MinCustomers = v } },
            "With fewer customers than this no clusters are formed."),
        OptionDefinition.Of(
            "selection.starts", new WholeNumber<int>(1, 1_000),
            o => o.Selection.Starts, (o, v) => o with { Selection = o.Selection with { Starts = v } },
            "From how many starts a model is fitted (above 200,000 customers from four times as many, on fewer points); the best is kept."),
        OptionDefinition.Of(
            "selection.seed", new WholeNumber<ulong>(0, ulong.MaxValue),
            o => o.Selection.Seed, (o, v) => o with { Selection = o.Selection with { Seed = v } },
            "The seed of every random choice; the same seed gives the same result."),
        OptionDefinition.Of(
            "selection.outliers",
            new Words<OutlierPolicy>([("keep", OutlierPolicy.Keep), ("cap", OutlierPolicy.Cap), ("leave-out", OutlierPolicy.LeaveOut)]),
            o => o.Selection.Outliers, (o, v) => o with { Selection = o.Selection with { Outliers = v } },
            "Whether models learn from customers far above all others as they are, capped at a percentile, or not at all; figures and scores stay."),
        OptionDefinition.Of(
            "selection.outlierPercentile", new WholeNumber<int>(90, 100),
            o => o.Selection.OutlierPercentile, (o, v) => o with { Selection = o.Selection with { OutlierPercentile = v } },
            "The percentile of frequency and of monetary above which a customer is an outlier."),
    ];

    private static OptionDefinition[] Workflow() =>
    [
        OptionDefinition.Of(
            "workflow.shards", new OrWord<int>(BySize, new WholeNumber<int>(1, CustomerBuckets.Count)),
            o => o.Workflow.Shards, (o, v) => o with { Workflow = o.Workflow with { Shards = v } },
            "Into how many parts the work is split; changes nothing but speed."),
        OptionDefinition.Of(
            "workflow.threads", new OrWord<int>(OneAProcessor, new WholeNumber<int>(1, 1_024)),
            o => o.Workflow.Threads, (o, v) => o with { Workflow = o.Workflow with { Threads = v } },
            "The most threads of one process; changes nothing but speed."),
        OptionDefinition.Of(
            "workflow.activate", new Words<ActivationPolicy>([("gated", ActivationPolicy.Gated), ("always", ActivationPolicy.Always)]),
            o => o.Workflow.Activate, (o, v) => o with { Workflow = o.Workflow with { Activate = v } },
            "Whether a finished run becomes the current one of its store only when its model is sound, or always."),
        OptionDefinition.Of(
            "workflow.settleSeconds", new WholeNumber<int>(0, 86_400),
            o => o.Workflow.SettleSeconds, (o, v) => o with { Workflow = o.Workflow with { SettleSeconds = v } },
            "How many seconds a host that watches its uploads waits after the last file before it starts a run; the commands do not wait."),
        OptionDefinition.Of(
            "workflow.keepRuns", new WholeNumber<int>(0, 10_000),
            o => o.Workflow.KeepRuns, (o, v) => o with { Workflow = o.Workflow with { KeepRuns = v } },
            "How many earlier runs a host keeps beside the current one, to go back to."),
        OptionDefinition.Of(
            "workflow.schedule", new TextOrWord(None, new CronSchedule()),
            o => o.Workflow.Schedule, (o, v) => o with { Workflow = o.Workflow with { Schedule = v } },
            "When a host starts a run by itself: six fields (second, minute, hour, day, month, weekday), UTC; the Functions app has its own setting."),
    ];
}
