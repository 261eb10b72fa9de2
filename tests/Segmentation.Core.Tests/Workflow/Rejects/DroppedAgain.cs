using System.Text.Json;

namespace Segmentation.Core.Tests.Workflow.Rejects;

/// <summary>An upload is run, its file of rejects is corrected and dropped as another upload, and both are run.</summary>
internal sealed class DroppedAgain
{
    private readonly (string Key, string Value)[] _options;

    private DroppedAgain(Store store, (string Key, string Value)[] options)
    {
        Store = store;
        _options = options;
    }

    public Store Store { get; }

    /// <summary>The file of rejects as it was given back.</summary>
    public string Rejects => Store.Result("run-1", "rejects/shop.csv");

    /// <summary>The corrected upload's entry in the ledger.</summary>
    public JsonElement Upload => JsonElement.Parse(Store.Result("run-2", "ledger.json")).GetProperty("uploads").EnumerateArray()
        .First(static upload => upload.GetProperty("name").GetString() == "corrected.csv");

    public JsonElement Dialect => Upload.GetProperty("dialect");

    public JsonElement Confidence => Dialect.GetProperty("confidence");

    public string Warnings => Upload.GetProperty("warnings").GetRawText();

    public static async Task<DroppedAgain> RunAsync(string upload, params (string Key, string Value)[] options)
    {
        var again = new DroppedAgain(new Store(), [.. options, ("selection.algorithms", "none")]);
        again.Store.Uploads["shop.csv"] = upload;
        await again.Store.RunAsync("run-1", again._options);
        return again;
    }

    /// <summary>Drops a text and runs again; other options may hold from now on.</summary>
    public async Task<DroppedAgain> DropAsync(string corrected, params (string Key, string Value)[] options)
    {
        Store.Uploads["corrected.csv"] = corrected;
        await Store.RunAsync("run-2", [.. _options, .. options]);
        JsonElement ledger = JsonElement.Parse(Store.Result("run-2", "ledger.json"));
        Assert.All(ledger.GetProperty("uploads").EnumerateArray().Append(ledger.GetProperty("total")), entry => Reconciliation.Check(entry, corrected));
        return this;
    }

    public Task<DroppedAgain> CorrectAsync(string fault, string right)
    {
        Assert.Contains(fault, Rejects, StringComparison.Ordinal);
        return DropAsync(Rejects.Replace(fault, right, StringComparison.Ordinal));
    }

    /// <summary>Recency, frequency and monetary of a customer, as written; empty where there is none.</summary>
    public string Customer(string id, string runId = "run-2") =>
        Store.Result(runId, "customers.csv").Split('\n').Where(line => line.StartsWith(id + ",", StringComparison.Ordinal))
            .Select(line => string.Join(',', line.Split(',')[1..4])).SingleOrDefault("");
}
