using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.EndToEnd.Tests.Support;
using Segmentation.Storage.Azure;
using Segmentation.Storage.Files;
using Segmentation.Testing.Emulator;

namespace Segmentation.EndToEnd.Tests.Serving;

/// <summary>The server on a storage account does what it does on a folder.</summary>
public sealed class AzureServeTests(Azurite azurite) : IClassFixture<Azurite>, IDisposable
{
    private static readonly string[] Options = ["--set", "selection.minCustomers=20", "--set", "selection.maxClusters=4", "--set", "selection.starts=5"];
    private static readonly string[] Compared = ["customers.csv", "profiles.json", "model-selection.json", "ledger.json", "rejects.csv"];
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Served_from_a_storage_account_the_bytes_are_those_of_a_folder_through_a_stop_and_a_kill()
    {
        string account = azurite.NewAccount();
        SegmentationStorage storage = AzureStorage.Open(account, TimeProvider.System);
        SegmentationStorage folder = FolderStorage.Open(_folder["data"]);
        (string Name, string Text)[] files = [.. Enumerable.Range(1, 3).Select(i => ($"{i}.csv", ShopLine.Csv(RandomShop.Lines((ulong)i))))];

        // One after another, so that both see them in one order.
        await using (ServeProcess local = await ServeProcess.StartAsync(_folder["data"], Options))
        await using (ServeProcess server = await StartAsync(account))
        {
            foreach ((string name, string text) in files[..2])
            {
                await WriteAsync(folder, name, text);
                await WriteAsync(storage, name, text);
                await local.WaitUntilDoneAsync(name);
                await server.WaitUntilDoneAsync(name);
            }

            await AssertSameAsync(storage, folder, local, server);
            JsonElement health = await server.GetAsync("/api/health");
            Assert.Equal("healthy", health.GetProperty("status").GetString());
            Assert.Contains("answers", health.ToString(), StringComparison.Ordinal);
            Assert.Equal(0, await server.StopAsync());
        }

        // What was stopped leaves nothing behind that would have to be waited for; what was killed holds the store a little longer.
        await using (ServeProcess again = await StartAsync(account))
        {
            Assert.DoesNotContain("is held by", again.Error, StringComparison.Ordinal);
            await WriteAsync(storage, files[2].Name, files[2].Text);
            await again.KillAsync();
        }

        await WriteAsync(folder, files[2].Name, files[2].Text);
        await using ServeProcess plain = await ServeProcess.StartAsync(_folder["data"], Options);
        await using ServeProcess last = await StartAsync(account);
        Assert.Contains("is held by process", last.Error, StringComparison.Ordinal);
        await plain.WaitUntilDoneAsync(files[2].Name);
        await last.WaitUntilDoneAsync(files[2].Name);
        await AssertSameAsync(storage, folder, plain, last);

        CommandResult lookedUp = await LookUpAsync(account, "12001");
        Assert.Equal(0, lookedUp.ExitCode);
        Assert.Equal(
            (await last.GetAsync("/api/segments/12001")).GetProperty("runId").GetString(), lookedUp.Json.GetProperty("runId").GetString());
        (await LookUpAsync(account, "nobody")).FailsWith(3, "Customer 'nobody' is unknown");

        Assert.Equal(System.Net.HttpStatusCode.OK, (await last.SendAsync(HttpMethod.Delete, "/api/customers/12001")).Status);
        await last.WaitUntilDoneAsync(files[2].Name);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await last.SendAsync(HttpMethod.Get, "/api/segments/12001")).Status);
        Assert.Equal(0, await last.StopAsync());
    }

    [Theory]
    [InlineData(null, "AzureWebJobsStorage is missing, and so is AzureWebJobsStorage__tableServiceUri")]
    [InlineData("nonsense", "AzureWebJobsStorage cannot be used: Part 1 of the connection string")]
    [InlineData("AccountName=a;AccountKey=%", "AzureWebJobsStorage cannot be used: The AccountKey")]
    public async Task A_missing_or_broken_setting_is_wrong_configuration(string? setting, string message)
    {
        (await RunAsync(setting, "serve", "--storage", "azure", "--urls", "http://127.0.0.1:0")).FailsWith(2, message);
        (await RunAsync(setting, "lookup", "1", "--storage", "azure")).FailsWith(2, message);
    }

    [Fact]
    public async Task An_account_without_a_run_and_a_key_that_is_refused_are_told_in_words()
    {
        string account = azurite.NewAccount();
        (await RunAsync(account, "lookup", "1", "--storage", "azure")).FailsWith(2, "holds no run yet");
        string wrong = account.Replace(Azurite.Key, Convert.ToBase64String([1, 2, 3]), StringComparison.Ordinal);
        (await RunAsync(wrong, "serve", "--storage", "azure", "--urls", "http://127.0.0.1:0")).FailsWith(2, "refused by the storage account");
        (await CommandLine.CallAsync("serve", "--storage", "tape")).FailsWith(2, "'tape'");
    }

    private static async Task AssertSameAsync(SegmentationStorage storage, SegmentationStorage folder, ServeProcess local, ServeProcess server)
    {
        string expected = (await local.GetAsync("/api/runs")).GetProperty("current").GetString()!;
        string served = (await server.GetAsync("/api/runs")).GetProperty("current").GetString()!;
        foreach (string name in Compared)
        {
            Assert.Equal(await ReadAsync(folder, RunBlobs.Result(expected, name)), await ReadAsync(storage, RunBlobs.Result(served, name)), StringComparer.Ordinal);
        }

        string[] ids = [.. (await ReadAsync(folder, RunBlobs.Result(expected, "customers.csv"))).Split('\n')[1..^1].Select(line => line.Split(',')[0])];
        Assert.Equal(Answers(await local.LookUpAsync(ids)), Answers(await server.LookUpAsync(ids)), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Answers(JsonElement lookup) => lookup.GetProperty("found").EnumerateArray()
        .Select(found => string.Join(' ', found.EnumerateObject().Where(field => field.Name != "runId")));

    private static async Task WriteAsync(SegmentationStorage storage, string name, string text) =>
        await storage.Uploads.WriteAsync(name, (stream, token) => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), token).AsTask(), Token);

    private static async Task<string> ReadAsync(SegmentationStorage storage, string name)
    {
        using var reader = new StreamReader(await storage.Runs.OpenReadAsync(name, Token));
        return await reader.ReadToEndAsync(Token);
    }

    private static Task<ServeProcess> StartAsync(string account) => ServeProcess.StartAsync(
        [
            "serve", "--storage", "azure", "--urls", "http://127.0.0.1:0", "--set", "workflow.settleSeconds=0", "--set", "workflow.activate=always", .. Options,
        ],
        new Dictionary<string, string>(StringComparer.Ordinal) { [StorageSettings.Setting] = account });

    private static Task<CommandResult> LookUpAsync(string account, string customer) => RunAsync(account, "lookup", customer, "--storage", "azure");

    private static Task<CommandResult> RunAsync(string? setting, params string[] arguments) => CommandLine.StartAsync(
        AppContext.BaseDirectory, new Dictionary<string, string>(StringComparer.Ordinal) { [StorageSettings.Setting] = setting ?? "" }, arguments);
}
