using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Segmentation.EndToEnd.Tests.Support;

/// <summary>The folder that a run wrote.</summary>
internal sealed class RunResult(string folder)
{
    private static readonly string[] Comparable = ["customers.csv", "profiles.json", "model-selection.json"];

    private static readonly string[] Always = [.. Comparable, "ledger.json", "rejects.csv", "report.html"];
    private static readonly string[] Places = ["kept", "merged", "returned", "superseded"];

    public string Folder { get; } = folder;

    /// <summary>The rows of <c>customers.csv</c>.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Customers => field ??= CsvText.Rows(Text("customers.csv"));

    /// <summary>The rows of <c>rejects.csv</c>.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rejects => field ??= CsvText.Rows(Text("rejects.csv"));

    public JsonElement Ledger => Json("ledger.json");

    public JsonElement Total => Ledger.GetProperty("total");

    public JsonElement Selection => Json("model-selection.json");

    public JsonElement Manifest => Json("manifest.json");

    /// <summary>The row of a customer.</summary>
    public IReadOnlyDictionary<string, string> Customer(string id) => Customers.Single(row => row["customer_id"] == id);

    /// <summary>The sum of a numeric column of <c>customers.csv</c>.</summary>
    public decimal Sum(string column) => Customers.Sum(row => decimal.Parse(row[column], CultureInfo.InvariantCulture));

    /// <summary>The names of what a folder holds, hidden files too, sorted and with commas.</summary>
    public static string Entries(string folder) =>
        string.Join(", ", Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    public string Text(string name) => File.ReadAllText(Path.Combine(Folder, name), Encoding.UTF8);

    public byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>Fails the test unless the three comparable results are the same bytes.</summary>
    public void IsSameAs(RunResult expected, string what)
    {
        foreach (string name in Comparable)
        {
            Assert.True(expected.Bytes(name).AsSpan().SequenceEqual(Bytes(name)), $"{name} differs: {what}.");
        }
    }

    /// <summary>
    /// Fails the test unless the results are the same but for the ids and names of clusters, which follow earlier runs: the same figures and
    /// the same groups of customers.
    /// </summary>
    public void IsSameButForClusterIds(RunResult expected, string what)
    {
        Assert.Equal(expected.Customers.Select(WithoutCluster), Customers.Select(WithoutCluster), StringComparer.Ordinal);
        Assert.Equal(Groups(expected), Groups(this), StringComparer.Ordinal);
        Assert.True(expected.Bytes("model-selection.json").AsSpan().SequenceEqual(Bytes("model-selection.json")), $"model-selection.json differs: {what}.");

        static string WithoutCluster(IReadOnlyDictionary<string, string> row) => string.Join(
            ',', row.Where(cell => !cell.Key.StartsWith("cluster", StringComparison.Ordinal)).Select(cell => cell.Value));

        static IEnumerable<string> Groups(RunResult result) => result.Customers
            .GroupBy(row => (row["cluster"], row["cluster_name"]))
            .Select(group => string.Join(' ', group.Select(row => row["customer_id"])))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Fails the test unless all files are there, and only those, with the SHA-256 that the manifest names.</summary>
    public void IsWhole()
    {
        var outputs = Manifest.GetProperty("outputs").EnumerateObject().ToDictionary(
            output => output.Name, output => output.Value.GetString(), StringComparer.Ordinal);
        foreach (string name in Always)
        {
            Assert.True(outputs.ContainsKey(name), $"The manifest does not name {name}.");
        }

        string[] files = [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))];
        Assert.Equal(outputs.Keys.Append("manifest.json").Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        Assert.All(outputs, output => Assert.Equal(output.Value, Convert.ToHexStringLower(SHA256.HashData(Bytes(output.Key)))));
    }

    /// <summary>Fails the test unless the rows and the money of the total and of each upload add up.</summary>
    public void AddsUp()
    {
        JsonElement[] uploads = [.. Ledger.GetProperty("uploads").EnumerateArray()];
        Assert.All([Total, .. uploads], entry =>
        {
            long rejected = entry.GetProperty("rejected").EnumerateObject().Sum(reason => reason.Value.GetInt64());
            Assert.Equal(
                entry.GetProperty("rows").GetInt64(),
                rejected + Places.Sum(place => entry.GetProperty(place).GetInt64()));
            Assert.Equal(Money(entry, "rows"), Money(entry, "rejected") + Places.Sum(place => Money(entry, place)));
        });
        Assert.Equal(Total.GetProperty("rows").GetInt64(), uploads.Sum(upload => upload.GetProperty("rows").GetInt64()));
        Assert.Equal(Money(Total, "rows"), uploads.Sum(upload => Money(upload, "rows")));
    }

    /// <summary>An amount of a ledger's <c>revenue</c>, which is a decimal string.</summary>
    public static decimal Money(JsonElement entry, string place) =>
        decimal.Parse(entry.GetProperty("revenue").GetProperty(place).GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture);

    /// <summary>The rows of the total that were rejected for a reason.</summary>
    public long Rejected(string reason) =>
        Total.GetProperty("rejected").TryGetProperty(reason, out JsonElement rows) ? rows.GetInt64() : 0;

    private JsonElement Json(string name)
    {
        using var document = JsonDocument.Parse(Bytes(name));
        return document.RootElement.Clone();
    }
}
