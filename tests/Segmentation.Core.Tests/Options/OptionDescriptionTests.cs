using System.Text.Json;
using Segmentation.Core.Options;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Options;

public sealed class OptionDescriptionTests
{
    private const string Refresh = "is not what the catalog says; refresh it: UPDATE_DOCS=1 dotnet test tests/Segmentation.Core.Tests";

    [Fact]
    public void Descriptions_are_sorted_by_key_and_complete()
    {
        string[] keys = [.. OptionCatalog.Describe(new SegmentationOptions()).Keys];
        Assert.Equal([.. OptionCatalog.All.Select(option => option.Key).Order(StringComparer.Ordinal)], keys);
    }

    [Fact]
    public void Descriptions_read_back_give_equal_options()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            SegmentationOptions options = Random(new Xoshiro256StarStar(seed));
            IReadOnlyDictionary<string, string> described = OptionCatalog.Describe(options);
            OptionReading reading = OptionCatalog.Read(null, null, described.Select(option => $"{option.Key}={option.Value}"));
            Assert.True(reading.IsValid, $"seed {seed}: {string.Join(" ", reading.Faults)}");
            Assert.True(AreEqual(options, reading.Options), $"seed {seed}: {JsonSerializer.Serialize(described)}");
            Assert.Equal(described, OptionCatalog.Describe(reading.Options));
        }
    }

    [Fact]
    public void The_committed_schema_is_what_the_catalog_says() => Compare("docs/segmentation.schema.json", OptionCatalog.JsonSchema());

    [Fact]
    public void The_committed_page_is_what_the_catalog_says() => Compare("docs/options.md", OptionCatalog.Markdown());

    [Fact]
    public void Every_default_in_the_schema_is_read_as_the_default()
    {
        using var schema = JsonDocument.Parse(OptionCatalog.JsonSchema());
        IEnumerable<string> members = schema.RootElement.GetProperty("$defs").EnumerateObject()
            .Select(option => $"\"{option.Name}\": {option.Value.GetProperty("default").GetRawText()}");
        OptionReading reading = OptionCatalog.Read($"{{{string.Join(",", members)}}}", "defaults", []);
        Assert.Empty(reading.Faults);
        Assert.Equal(OptionCatalog.Describe(new SegmentationOptions()), OptionCatalog.Describe(reading.Options));
    }

    private static void Compare(string name, string expected)
    {
        string path = Path.Combine(Repository.Root, name);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path).Equals(expected, StringComparison.Ordinal), $"{name} {Refresh}");
    }

    private static SegmentationOptions Random(Xoshiro256StarStar random)
    {
        bool Coin() => random.NextInt32(2) == 0;
        T Pick<T>(params T[] values) => values[random.NextInt32(values.Length)];
        double[] Edges() => [.. Enumerable.Range(0, 4).Select(_ => (random.NextDouble() - 0.25) * Pick(1, 1e-7, 1e12)).Order()];
        var columns = new Dictionary<TransactionField, string>();
        foreach (TransactionField field in Enum.GetValues<TransactionField>())
        {
            if (Coin())
            {
                columns[field] = Pick("none", "Дата заказа", "12", "a=b, c", "x");
            }
        }

        int min = 2 + random.NextInt32(49);
        AsOfKind asOf = Pick(AsOfKind.Data, AsOfKind.Today, AsOfKind.Date);
        ScoreKind scores = Pick(ScoreKind.Quintiles, ScoreKind.Thresholds);
        return new SegmentationOptions
        {
            Import = new ImportOptions
            {
                Columns = columns,
                Header = Pick<bool?>(null, true, false),
                Skip = random.NextInt32(1_000_001),
                Encoding = Pick(null, "utf-8", "windows-1251", "utf-16", "koi8-r"),
                Delimiter = Pick<char?>(null, ',', ';', '|', '\t'),
                DecimalSeparator = Pick<char?>(null, '.', ','),
                DateFormat = Pick(null, "excel", "unix", "dd/MM/yyyy HH:mm:ss", "yyyyMMdd", "d MMM yy"),
                MaxBytes = 1 + (long)(random.NextUInt64() % (1UL << (1 + random.NextInt32(50)))),
                MaxFieldBytes = 1 << random.NextInt32(27),
                MaxColumns = 1 + random.NextInt32(100_000),
            },
            Cleaning = new CleaningOptions
            {
                DropDuplicates = Coin(),
                DropNonProducts = Coin(),
                NonProductCodes = Pick<string[]>([], ["POST"], ["A B", "C*", "Ё_*"]),
                Returns = Pick(ReturnsPolicy.Net, ReturnsPolicy.Ignore),
            },
            Rfm = new RfmOptions
            {
                AsOf = asOf,
                AsOfDate = asOf == AsOfKind.Date ? DateOnly.FromDayNumber(random.NextInt32(DateOnly.MaxValue.DayNumber + 1)) : null,
                WindowDays = Coin() ? null : 1 + random.NextInt32(36_500),
                Scores = scores,
                RecencyThresholds = scores == ScoreKind.Thresholds || Coin() ? Edges() : [],
                FrequencyThresholds = scores == ScoreKind.Thresholds || Coin() ? Edges() : [],
                MonetaryThresholds = scores == ScoreKind.Thresholds || Coin() ? Edges() : [],
            },
            Selection = new SelectionOptions
            {
                Algorithms = Pick<string[]>([], ["k-means"], ["ward", "gaussian-mixture"]),
                MinClusters = min,
                MaxClusters = min + random.NextInt32(51 - min),
                MinShare = random.NextDouble(),
                MinStability = random.NextDouble(),
                MinCustomers = 1 + random.NextInt32(int.MaxValue),
                Starts = 1 + random.NextInt32(1_000),
                Seed = random.NextUInt64(),
            },
            Workflow = new WorkflowOptions
            {
                Shards = Coin() ? null : 1 + random.NextInt32(256),
                Threads = Coin() ? null : 1 + random.NextInt32(1_024),
                Activate = Pick(ActivationPolicy.Gated, ActivationPolicy.Always),
                SettleSeconds = random.NextInt32(86_401),
                KeepRuns = random.NextInt32(10_001),
                Schedule = random.NextInt32(2) == 0 ? null : $"0 {random.NextInt32(60)} */2 * * 1-5",
            },
        };
    }

    // Records compare their lists by reference: the lists are compared first, then the records with the same lists in both.
    private static bool AreEqual(SegmentationOptions left, SegmentationOptions right) =>
        left.Import.Columns.OrderBy(column => column.Key).SequenceEqual(right.Import.Columns.OrderBy(column => column.Key))
        && left.Cleaning.NonProductCodes.SequenceEqual(right.Cleaning.NonProductCodes, StringComparer.Ordinal)
        && left.Rfm.RecencyThresholds.SequenceEqual(right.Rfm.RecencyThresholds)
        && left.Rfm.FrequencyThresholds.SequenceEqual(right.Rfm.FrequencyThresholds)
        && left.Rfm.MonetaryThresholds.SequenceEqual(right.Rfm.MonetaryThresholds)
        && left.Selection.Algorithms.SequenceEqual(right.Selection.Algorithms, StringComparer.Ordinal)
        && left == right with
        {
            Import = right.Import with { Columns = left.Import.Columns },
            Cleaning = right.Cleaning with { NonProductCodes = left.Cleaning.NonProductCodes },
            Rfm = right.Rfm with
            {
                RecencyThresholds = left.Rfm.RecencyThresholds,
                FrequencyThresholds = left.Rfm.FrequencyThresholds,
                MonetaryThresholds = left.Rfm.MonetaryThresholds,
            },
            Selection = right.Selection with { Algorithms = left.Selection.Algorithms },
        };
}
