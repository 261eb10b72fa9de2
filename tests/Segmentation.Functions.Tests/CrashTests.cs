using Segmentation.Core.Storage;
using Segmentation.Functions.Tests.Support;
using Segmentation.Testing.Storage;

namespace Segmentation.Functions.Tests;

/// <summary>The process is killed anywhere in a run on a store without earlier runs, and the run ends as if it had not been.</summary>
public sealed class CrashTests
{
    private const string RunId = "20240701-030000-000";

    private static readonly (string, string)[] Small =
        [("selection.starts", "1"), ("selection.minCustomers", "20"), ("selection.maxClusters", "4")];

    [Fact]
    public async Task A_crash_between_any_two_steps_changes_nothing()
    {
        using App whole = await RunAsync(new App(options: Small));
        Assert.True(whole.Engine.Steps > 20);
        for (int step = 1; step <= whole.Engine.Steps; step++)
        {
            var app = new App(options: Small);
            app.Engine.LoseStep = step;
            using (await RunAsync(app))
            {
                Assert.Equal(1, app.Engine.Restarts);
                await AssertSameAsync(whole, app, $"step {step}");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_write_changes_nothing(bool afterWriting)
    {
        var count = new WriteFaults();
        using App whole = await RunAsync(new App(count, options: Small));
        for (int write = 1; write <= count.Writes; write++)
        {
            var app = new App(new WriteFaults { FailAt = write, AfterWriting = afterWriting }, options: Small);
            using (await RunAsync(app))
            {
                await AssertSameAsync(whole, app, $"write {write}");
            }
        }
    }

    private static async Task<App> RunAsync(App app)
    {
        app.Store.WithThreeGroups();
        try
        {
            await app.TellAsync("c.csv");
        }
        catch (PowerCutException)
        {
            // An event that was not answered comes again.
            app.Restart();
            await app.TellAsync("c.csv");
        }

        await app.Engine.RunAsync();
        return app;
    }

    private static async Task AssertSameAsync(App whole, App app, string place)
    {
        RunRecord run = Assert.Single(await app.RunsAsync());
        Assert.True(run is { RunId: RunId, Status: RunStatus.Completed }, $"The run ended {run.Status} ({run.Message}) after a crash at {place}.");
        Assert.True(whole.Store.Result(RunId, "customers.csv") == app.Store.Result(RunId, "customers.csv"), $"The customers differ after a crash at {place}.");
        Assert.True(whole.Store.Results(RunId) == app.Store.Results(RunId), $"The results differ after a crash at {place}.");
        Assert.Equal(RunId, await app.Store.Segments.FindCurrentRunAsync(default));
        Assert.Equal(whole.Store.Quarantine.Snapshot().Keys, app.Store.Quarantine.Snapshot().Keys);
        Assert.Null(await app.Store.Segments.FindRequestAsync(default));
        Assert.DoesNotContain(app.Store.Clean.Snapshot().Keys, name => name.StartsWith("holds/", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Store.Runs.Snapshot().Keys, name => name.Contains("/steps/", StringComparison.Ordinal));
    }
}
