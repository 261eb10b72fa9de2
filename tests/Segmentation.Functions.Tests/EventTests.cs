using Microsoft.DurableTask.Client;
using Segmentation.Core.Storage;
using Segmentation.Functions.Tests.Support;

namespace Segmentation.Functions.Tests;

/// <summary>Events come twice, late, and during a run; each upload is cleaned once and one run at a time goes on.</summary>
public sealed class EventTests
{
    [Theory]
    [InlineData("customers/attributes.csv")]
    [InlineData(".hidden.csv")]
    [InlineData("2024/~$a.xlsx")]
    [InlineData("2024/a.csv.part")]
    [InlineData("gone.csv")]
    [InlineData("a/../b.csv")]
    public async Task A_file_that_is_none_of_transactions_starts_nothing(string name)
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TellAsync(name);
        Assert.Empty(app.Engine.Scheduled);
        Assert.Null(await app.Store.Segments.FindRequestAsync(default));
    }

    [Fact]
    public async Task Events_of_many_files_twice_each_start_one_run_and_late_ones_none()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        string[] names = ["2024/a.csv", "2024/b.csv", "c.csv", "2024/a.csv", "c.csv", "2024/b.csv", "notes.txt"];
        foreach (string name in names)
        {
            await app.TellAsync(name);
        }

        Assert.Equal(OrchestrationRuntimeStatus.Running, app.Engine[Assert.Single(app.Engine.Scheduled)].Status);
        await app.Engine.RunAsync();
        Assert.Equal(new DateTimeOffset(2024, 7, 1, 3, 0, 5, TimeSpan.Zero), app.Clock.Now);
        foreach (string name in names)
        {
            await app.TellAsync(name);
        }

        await app.Engine.RunAsync();
        Assert.Equal(RunStatus.Completed, Assert.Single(await app.RunsAsync()).Status);
    }

    [Fact]
    public async Task Requests_during_a_run_are_remembered_and_start_exactly_one_more()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        int steps = 0;
        bool isOneAtATime = true;
        await app.Engine.RunUntilAsync(() =>
        {
            steps++;
            return app.Engine.Invoked.Any(call => call.Name == "FitCandidate");
        });
        app.Store.Drop("later.csv", "7001,A1,Lamp,1,2024-05-30 10:00:00,9.00,k1,UK\n");
        await app.TellAsync("later.csv");
        await app.TellAsync("later.csv");
        await app.TickAsync();
        HttpAnswer asked = await app.SendAsync("POST", "/api/runs");
        Assert.Equal(202, asked.Status);
        await app.Engine.RunUntilAsync(() =>
        {
            int running = app.Store.Segments.ListRunsAsync(default).Result.Count(run => run.Status == RunStatus.Running);
            isOneAtATime &= running <= 1;
            return false;
        });
        IReadOnlyList<RunRecord> runs = await app.RunsAsync();
        Assert.True(isOneAtATime && steps > 0);
        Assert.Equal<RunStatus>([RunStatus.Completed, RunStatus.Completed], [.. runs.Select(run => run.Status)]);
        Assert.Equal(asked.Json.GetProperty("runId").GetString(), runs[0].RunId);
        Assert.Equal(runs[0].RunId, await app.Store.Segments.FindCurrentRunAsync(default));
        Assert.Equal(2, app.Engine.Scheduled.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("later.csv", app.Store.Result(runs[0].RunId, "ledger.json"), StringComparison.Ordinal);
        Assert.Null(await app.Store.Segments.FindRequestAsync(default));
    }

    [Fact]
    public async Task A_request_whose_orchestration_was_never_scheduled_is_taken_up_by_the_next_event()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.Store.Segments.AddRequestAsync(
            new RunTicket("20240601-000000-000", new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc), RunCause.Uploads), default);
        await app.TellAsync("c.csv");
        await app.Engine.RunAsync();
        Assert.Equal("20240601-000000-000", Assert.Single(await app.RunsAsync()).RunId);
    }

    [Fact]
    public async Task A_run_whose_orchestration_was_ended_by_a_person_is_taken_up_before_the_next_one()
    {
        using var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunUntilAsync(() => app.Engine.Invoked.Any(call => call.Name == "MergeSummaries"));
        string first = Assert.Single(app.Engine.Scheduled);
        app.Engine.Terminate(first);
        await app.Engine.RunAsync();
        Assert.Equal(RunStatus.Running, Assert.Single(await app.RunsAsync()).Status);

        app.Clock.AdvanceTo(app.Clock.Now.AddDays(1));
        await app.TickAsync();
        await app.Engine.RunAsync();
        Assert.Equal<RunStatus>([RunStatus.Completed, RunStatus.Completed], [.. (await app.RunsAsync()).Select(run => run.Status)]);
        Assert.Equal([first, app.Engine.Scheduled[1], first], app.Engine.Scheduled);
    }

    [Fact]
    public async Task Runs_beyond_those_to_keep_are_removed_after_a_run()
    {
        using var app = new App(options: [("workflow.keepRuns", "1"), ("selection.algorithms", "none")]);
        app.Store.WithThreeGroups();
        for (int month = 0; month < 4; month++)
        {
            await app.TickAsync();
            await app.Engine.RunAsync();
            app.Clock.AdvanceTo(app.Clock.Now.AddDays(30));
        }

        Assert.Equal(2, (await app.RunsAsync()).Count);
    }
}
