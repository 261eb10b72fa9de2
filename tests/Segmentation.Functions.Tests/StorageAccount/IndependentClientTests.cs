using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Tests.Support;
using Segmentation.Testing.Emulator;

namespace Segmentation.Functions.Tests.StorageAccount;

/// <summary>What a run through the functions stored, as the official clients of another language read it.</summary>
public sealed class IndependentClientTests(Azurite azurite)
{
    private static readonly string[] OddIds =
        ["a/b", "#?", "a,b", "it's", "\"q\"", "%2F", "..", ".", "Zoë", "клиент", "客", "😀", "a b", "\\", "=1+1", "current", new string('x', 300), new string('ы', 5_000)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_ids_and_the_pointer_are_there_exactly_and_looked_up_over_HTTP()
    {
        string account = azurite.NewAccount();
        using App app = AzuriteApps.Open(account);
        var odd = new StringBuilder(Core.Tests.Workflow.Store.Header);
        for (int i = 0; i < OddIds.Length; i++)
        {
            odd.Append(CultureInfo.InvariantCulture, $"{8000 + i},A1,Lamp,1,2024-05-{i + 1:D2} 10:00:00,{i + 1}.25,\"{OddIds[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\",UK\n");
        }

        await AzuriteApps.UploadThreeGroupsAsync(account);
        await AzuriteApps.UploadAsync(account, "odd.csv", Encoding.UTF8.GetBytes(odd.ToString()));
        await app.TellAsync("odd.csv");
        await app.Engine.RunAsync();
        RunRecord run = Assert.Single(await app.RunsAsync());
        Assert.Equal(RunStatus.Completed, run.Status);

        using var stored = JsonDocument.Parse(await Azurite.RunAsync("read-storage.js", account, Token));
        JsonElement tables = stored.RootElement.GetProperty("tables");
        JsonElement[] rows = [.. tables.GetProperty("Segments").EnumerateArray()];
        Assert.Equal(run.Customers, rows.Length);
        Assert.Equal(30 + OddIds.Length, rows.Length);
        Assert.All(rows, row => Assert.StartsWith(run.RunId + "_", row.GetProperty("partitionKey").GetString(), StringComparison.Ordinal));
        Dictionary<string, JsonElement> byId = rows.ToDictionary(row => row.GetProperty("CustomerId").GetString()!, StringComparer.Ordinal);
        for (int i = 0; i < OddIds.Length; i++)
        {
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{i + 1}.25"), byId[OddIds[i]].GetProperty("Monetary").GetString());
            HttpAnswer answer = await app.SendAsync("GET", $"/api/segments/{Uri.EscapeDataString(OddIds[i])}");
            Assert.Equal((200, OddIds[i]), (answer.Status, answer.Json.GetProperty("customerId").GetString()));
        }

        JsonElement pointer = Assert.Single(tables.GetProperty("Runs").EnumerateArray(), row => row.GetProperty("rowKey").GetString() == "current");
        Assert.Equal(run.RunId, pointer.GetProperty("RunId").GetString());
        Assert.DoesNotContain(tables.GetProperty("Runs").EnumerateArray(), row => row.GetProperty("rowKey").GetString() == "requested");

        JsonElement blobs = stored.RootElement.GetProperty("blobs");
        Assert.Equal(
            await AzuriteApps.ResultAsync(app, run.RunId, "customers.csv"),
            Encoding.UTF8.GetString(blobs.GetProperty("runs").GetProperty(RunBlobs.Result(run.RunId, "customers.csv")).GetBytesFromBase64()));
        Assert.Equal("this is no table", Encoding.UTF8.GetString(blobs.GetProperty("quarantine").GetProperty("notes.txt").GetBytesFromBase64()));
    }
}
