using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Runs;
using Segmentation.Functions.Tests.Support;
using Segmentation.Testing.Emulator;

namespace Segmentation.Functions.Tests.StorageAccount;

/// <summary>Every function on a storage account: it does and answers what it does on storage in memory.</summary>
public sealed class EveryFunctionTests(Azurite azurite)
{
    private const string First = "20240701-030000-000";
    private const string Later = "2024/later.csv";
    private const string LaterRows = Core.Tests.Workflow.Store.Header + "7001,A1,Lamp,1,2024-05-30 10:00:00,9.00,k1,UK\n7002,A1,Lamp,1,2024-06-01 10:00:00,5.00,new/one,UK\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string WithdrawnId => UploadRecord.IdOf("c.csv");

    private static IEnumerable<(string Method, string Path, string? Body)> Requests =>
    [
        ("GET", "/api/health", null),
        ("GET", "/api/openapi.json", null),
        ("GET", "/api/segments/k1", null),
        ("HEAD", "/api/segments/k1", null),
        ("GET", "/api/segments/new%2Fone", null),
        ("GET", "/api/segments/nobody", null),
        ("POST", "/api/segments/lookup", """{"customerIds":["k1","nobody","k29","new/one"]}"""),
        ("GET", "/api/segments", null),
        ("POST", "/api/score", """{"recencyDays":10,"frequency":3,"monetary":250.5}"""),
        ("GET", "/api/report", null),
        ("GET", "/api/runs", null),
        ("GET", $"/api/runs/{First}", null),
        ("GET", "/api/uploads", null),
        ("GET", $"/api/uploads/{WithdrawnId}", null),
        ("GET", "/api/customers/k2/data", null),
        ("PUT", "/api/segments/k1", null),
        ("POST", $"/api/runs/{First}/activate", null),
        ("GET", "/api/segments/new%2Fone", null),
        ("DELETE", "/api/customers/k2", null),
        ("GET", "/api/segments/k2", null),
        ("DELETE", $"/api/uploads/{WithdrawnId}", null),
        ("POST", "/api/runs", null),
    ];

    [Fact]
    public async Task Every_function_does_and_answers_on_a_storage_account_what_it_does_in_memory()
    {
        string account = azurite.NewAccount();
        using App app = AzuriteApps.Open(account);
        using var memory = new App();
        await AzuriteApps.UploadThreeGroupsAsync(account);
        memory.Store.WithThreeGroups();
        foreach (App one in (App[])[memory, app])
        {
            await one.TickAsync();
            await one.Engine.RunAsync();
        }

        await AzuriteApps.UploadAsync(account, Later, System.Text.Encoding.UTF8.GetBytes(LaterRows));
        memory.Store.Uploads[Later] = LaterRows;
        foreach (App one in (App[])[memory, app])
        {
            one.Clock.AdvanceTo(App.Start.AddDays(1));
            await one.TellAsync(Later);
            await one.Engine.RunAsync();
        }

        await AssertSameAnswersAsync(memory, app);
        foreach (App one in (App[])[memory, app])
        {
            await one.Engine.RunAsync();
        }

        await AssertSameAnswersAsync(memory, app);
        Assert.Equal(FunctionTable.All.Select(function => function.Name).Order(StringComparer.Ordinal), app.Called.Order(StringComparer.Ordinal));
        await AssertSameResultsAsync(memory, app);
    }

    [Fact]
    public async Task An_erasure_during_a_run_stops_it_and_leaves_nothing_of_the_customer()
    {
        string account = azurite.NewAccount();
        using App app = AzuriteApps.Open(account);
        await AzuriteApps.UploadThreeGroupsAsync(account);
        await app.TickAsync();
        await app.Engine.RunAsync();
        app.Clock.AdvanceTo(App.Start.AddDays(1));
        await app.TickAsync();
        int before = app.Engine.Invoked.Count;
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Skip(before).Any(call => call.Name == ActivityNames.FitCandidate));
        Task<HttpAnswer> erase = app.SendAsync("DELETE", "/api/customers/k1");
        await app.Engine.RunWhileAsync(erase);
        Assert.Equal(200, (await erase).Status);
        await app.Engine.RunAsync();
        Assert.Equal(404, (await app.SendAsync("GET", "/api/segments/k1")).Status);
        Assert.Equal(404, (await app.SendAsync("GET", "/api/customers/k1/data")).Status);
        foreach (Core.Storage.RunRecord run in await app.RunsAsync())
        {
            Assert.Equal(Core.Storage.RunStatus.Completed, run.Status);
            Assert.DoesNotContain("\nk1,", await AzuriteApps.ResultAsync(app, run.RunId, "customers.csv"), StringComparison.Ordinal);
        }

        // A run that stopped late may have said so to a hold that was over; the next look takes that away.
        List<Core.Storage.BlobEntry> left = await app.Storage.Clean.ListAsync("holds/", Token).ToListAsync(Token);
        Assert.DoesNotContain(left, blob => blob.Name.EndsWith(".json", StringComparison.Ordinal));
        Assert.Null(await new StoreHolds(app.Storage, TimeProvider.System).FindAsync(Token));
        Assert.Empty(await app.Storage.Clean.ListAsync("holds/", Token).ToListAsync(Token));
    }

    private static async Task AssertSameAnswersAsync(App memory, App app)
    {
        foreach ((string method, string path, string? body) in Requests)
        {
            HttpAnswer expected = await memory.SendAsync(method, path, body);
            HttpAnswer answer = await app.SendAsync(method, path, body);
            Assert.True(expected == answer, $"{method} {path} answers\n{answer}\nand in memory\n{expected}");
            Assert.InRange(answer.Status, 200, 405);
        }
    }

    private static async Task AssertSameResultsAsync(App memory, App app)
    {
        Core.Storage.RunRecord[] runs = [.. await app.RunsAsync()];
        Assert.Equal(await memory.RunsAsync(), runs);
        foreach (Core.Storage.RunRecord run in runs)
        {
            foreach (string file in new[] { "customers.csv", "profiles.json", "model-selection.json", "ledger.json", "rejects.csv", "report.html", "manifest.json" })
            {
                Assert.True(memory.Store.Result(run.RunId, file) == await AzuriteApps.ResultAsync(app, run.RunId, file), $"{file} of run {run.RunId} differs.");
            }
        }
    }
}
