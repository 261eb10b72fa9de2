using System.Text.Json;
using Segmentation.EndToEnd.Tests.Golden;
using Segmentation.EndToEnd.Tests.Support;

[assembly: AssemblyFixture(typeof(OnlineRetailRuns))]

namespace Segmentation.EndToEnd.Tests.Golden;

/// <summary>Runs over a year of real invoices, each made once, by the first test that asks for it.</summary>
public sealed class OnlineRetailRuns : IDisposable
{
    private static readonly string[] IgnoreReturns = ["--set", "cleaning.returns=ignore"];
    private static readonly string[] NoModel = ["--set", "selection.algorithms=none"];
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<RunResult>> _full;
    private readonly Dictionary<string, Lazy<Task<RunResult>>> _variants;

    public OnlineRetailRuns()
    {
        _full = new(() => Segment.RunAsync(_folder, "full", Months, IgnoreReturns));
        string[] keepDuplicates = ["--set", "cleaning.dropDuplicates=false"];
        string[] keepNonProducts = ["--set", "cleaning.dropNonProducts=false"];
        _variants = new(StringComparer.Ordinal)
        {
            ["base"] = Variant("base", [.. keepDuplicates, .. keepNonProducts]),
            ["dedup"] = Variant("dedup", keepNonProducts),
            ["prod"] = Variant("prod", keepDuplicates),
        };
    }

    /// <summary>The 13 monthly files.</summary>
    internal static string[] Months => [.. Directory.GetFiles(DataFolder, "20*.csv.gz").Order(StringComparer.Ordinal)];

    /// <summary>Their folder, which holds a file that overlaps the first month too.</summary>
    internal static string DataFolder => Path.Combine(Repository.Shared, "data", "online-retail");

    /// <summary>The reference numbers of a variant.</summary>
    internal static JsonElement Golden(string variant)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Shared, "golden", "online-retail.json")));
        return document.RootElement.GetProperty("variants").GetProperty(variant).Clone();
    }

    /// <summary>All cleaning rules, and a model.</summary>
    internal Task<RunResult> FullAsync() => _full.Value;

    /// <summary>Fewer cleaning rules, and no model.</summary>
    internal Task<RunResult> VariantAsync(string name) => _variants[name].Value;

    public void Dispose() => _folder.Dispose();

    private Lazy<Task<RunResult>> Variant(string name, string[] arguments) =>
        new(() => Segment.RunAsync(_folder, name, Months, [.. IgnoreReturns, .. NoModel, .. arguments]));
}
