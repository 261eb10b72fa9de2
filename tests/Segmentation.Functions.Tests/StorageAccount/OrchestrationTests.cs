using Segmentation.Core.Storage;
using Segmentation.Functions.Tests.Support;
using Segmentation.Numerics;
using Segmentation.Testing.Emulator;

namespace Segmentation.Functions.Tests.StorageAccount;

/// <summary>What the engine may do to a run on a storage account: replays, repetitions, crashes. All of them in memory: <see cref="CrashTests" />.</summary>
public sealed class OrchestrationTests(Azurite azurite)
{
    private const string RunId = "20240701-030000-000";

    // Prime, so that over time other steps are lost when steps are added.
    private const int EverySo = 7;

    private static readonly (string, string)[] Small =
        [("selection.starts", "1"), ("selection.minCustomers", "20"), ("selection.maxClusters", "4")];

    [Fact]
    public async Task Replayed_from_every_prefix_of_its_history_the_orchestrator_decides_the_same()
    {
        using App app = await RunAsync(AzuriteApps.Open(azurite.NewAccount(), options: [.. Small, ("rfm.window", "30")]));
        Replays.AssertSameDecisions(app.Engine[RunId]);
    }

    [Fact]
    public async Task Each_activity_twice_and_in_any_order_changes_nothing()
    {
        using App twice = await RunAsync(AzuriteApps.Open(azurite.NewAccount(), deliveries: 2, order: new Xoshiro256StarStar(5), options: Small));
        await AssertSameAsync(twice, "two deliveries");
    }

    [Fact]
    public async Task A_crash_between_steps_changes_nothing()
    {
        int steps = EverySo;
        for (int step = 2; step <= steps; step += EverySo)
        {
            App app = AzuriteApps.Open(azurite.NewAccount(), options: Small);
            app.Engine.LoseStep = step;
            using (await RunAsync(app))
            {
                Assert.Equal(1, app.Engine.Restarts);
                await AssertSameAsync(app, $"step {step}");
                steps = app.Engine.Steps - 1;
            }
        }

        Assert.True(steps > 20);
    }

    private static async Task<App> RunAsync(App app)
    {
        foreach ((string name, byte[] bytes) in new Core.Tests.Workflow.Store().WithThreeGroups().Uploads.Snapshot())
        {
            await app.Storage.Uploads.WriteAsync(name, (stream, token) => stream.WriteAsync(bytes, token).AsTask(), TestContext.Current.CancellationToken);
        }

        await app.TellAsync("c.csv");
        await app.Engine.RunAsync();
        return app;
    }

    private static async Task AssertSameAsync(App app, string place)
    {
        using var memory = new App(options: Small);
        memory.Store.WithThreeGroups();
        await memory.TellAsync("c.csv");
        await memory.Engine.RunAsync();
        RunRecord run = Assert.Single(await app.RunsAsync());
        Assert.True(run is { RunId: RunId, Status: RunStatus.Completed }, $"The run ended {run.Status} ({run.Message}) with {place}.");
        foreach (string file in new[] { "customers.csv", "profiles.json", "model-selection.json", "ledger.json", "rejects.csv", "report.html" })
        {
            Assert.True(memory.Store.Result(RunId, file) == await AzuriteApps.ResultAsync(app, RunId, file), $"{file} differs with {place}.");
        }

        Assert.Equal(RunId, await app.Storage.Segments.FindCurrentRunAsync(default));
        Assert.Null(await app.Storage.Segments.FindRequestAsync(default));
        Assert.Empty(await app.Storage.Clean.ListAsync("holds/", default).ToListAsync());
    }
}
