using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.EndToEnd.Tests.Support;
using Segmentation.Functions.Tests.Support;
using Segmentation.Testing.Emulator;

namespace Segmentation.Functions.Tests.StorageAccount;

/// <summary>A year of real invoices, through the functions to tables and back over HTTP.</summary>
public sealed class OnlineRetailTests(Azurite azurite) : IDisposable
{
    private const int MostIds = 1_000;
    private const int EverySo = 97;

    private static readonly (string Key, string Value)[] Options =
        [("selection.minCustomers", "10"), ("selection.maxClusters", "4"), ("selection.starts", "3"), ("workflow.shards", "4")];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [SharedFact]
    public async Task Thirteen_months_put_as_blobs_are_looked_up_over_HTTP_as_the_local_host_writes_them()
    {
        string[] months = [.. Directory.GetFiles(Path.Combine(Repository.Shared, "data", "online-retail"), "20*.csv.gz").Order(StringComparer.Ordinal)];
        Assert.Equal(13, months.Length);
        Task<string> local = RunLocallyAsync(months);
        string account = azurite.NewAccount();
        foreach (string month in months)
        {
            await AzuriteApps.UploadAsync(account, Path.GetFileName(month), await File.ReadAllBytesAsync(month, Token));
        }

        using App app = AzuriteApps.Open(account, options: Options);
        foreach (string month in months)
        {
            await app.TellAsync(Path.GetFileName(month));
        }

        await app.Engine.RunAsync();
        RunRecord run = Assert.Single(await app.RunsAsync());
        Assert.Equal((RunStatus.Completed, null), (run.Status, run.Message));
        string expected = await local;
        Assert.True(expected == await AzuriteApps.ResultAsync(app, run.RunId, "customers.csv"), "customers.csv differs from that of the local host.");

        Dictionary<string, IReadOnlyDictionary<string, string>> rows = CsvText.Rows(expected).ToDictionary(row => row["customer_id"], StringComparer.Ordinal);
        Assert.True(rows.Count > 4_000);
        int found = 0;
        foreach (string[] ids in rows.Keys.Chunk(MostIds))
        {
            HttpAnswer answer = await app.SendAsync("POST", "/api/segments/lookup", JsonSerializer.Serialize(new { customerIds = ids }));
            Assert.Equal((200, 0), (answer.Status, answer.Json.GetProperty("missing").GetArrayLength()));
            foreach (JsonElement customer in answer.Json.GetProperty("found").EnumerateArray())
            {
                AssertIsRow(rows[customer.GetProperty("customerId").GetString()!], customer, run.RunId);
                found++;
            }
        }

        Assert.Equal(rows.Count, found);
        foreach (string id in rows.Keys.Where((_, index) => index % EverySo == 0))
        {
            HttpAnswer answer = await app.SendAsync("GET", $"/api/segments/{Uri.EscapeDataString(id)}");
            Assert.Equal(200, answer.Status);
            AssertIsRow(rows[id], answer.Json, run.RunId);
        }
    }

    private static void AssertIsRow(IReadOnlyDictionary<string, string> row, JsonElement customer, string runId)
    {
        JsonElement rfm = customer.GetProperty("rfm");
        string[] answered =
        [
            customer.GetProperty("customerId").GetString()!, runId, rfm.GetProperty("recencyDays").GetRawText(), rfm.GetProperty("frequency").GetRawText(),
            rfm.GetProperty("monetary").GetRawText(), Text(rfm, "r"), Text(rfm, "f"), Text(rfm, "m"), Named(customer, "segment", "name"),
            Named(customer, "cluster", "id"), Named(customer, "cluster", "name"), Text(customer, "excluded"),
        ];
        string[] written =
        [
            row["customer_id"], customer.GetProperty("runId").GetString()!, row["recency_days"], row["frequency"],
            row["monetary"], row["r"], row["f"], row["m"], row["rfm_segment"],
            row["cluster"], row["cluster_name"], row["excluded"],
        ];
        Assert.Equal(written, answered);
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : "";

    private static string Named(JsonElement customer, string what, string name) =>
        customer.GetProperty(what) is { ValueKind: JsonValueKind.Object } named ? named.GetProperty(name).GetString()! : "";

    // The command line of the local host, as a process of its own.
    private async Task<string> RunLocallyAsync(string[] files)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "segmentation.dll"), "run", .. files, "--out", _folder["out"],
            .. Options.SelectMany(option => new[] { "--set", string.Create(CultureInfo.InvariantCulture, $"{option.Key}={option.Value}") }),
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Token);
        string errors = await process.StandardError.ReadToEndAsync(Token);
        await output;
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, errors);
        return await File.ReadAllTextAsync(_folder[Path.Combine("out", "customers.csv")], Token);
    }
}
