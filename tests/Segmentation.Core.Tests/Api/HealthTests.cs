using System.Text.Json;
using Segmentation.Core.Api;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Tests.Api;

public sealed class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_without_a_run_is_healthy()
    {
        Answer answer = await new ApiFixture().GetAsync("/api/health");
        Assert.Equal((200, "healthy", "1.2.3"), (answer.Status, answer.Json.GetProperty("status").GetString(), answer.Json.GetProperty("version").GetString()));
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("currentRun").ValueKind);
    }

    [Fact]
    public async Task It_tells_what_is_current_what_runs_and_what_waits()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        await api.Store.Segments.SaveRunAsync(new RunRecord { RunId = ApiFixture.SecondRun, Status = RunStatus.Running, Language = "en" }, Token);
        api.Progress = new StepProgress("clean", 1, 4);
        string waiting = (await api.PostAsync("/api/runs")).Json.GetProperty("runId").GetString()!;
        JsonElement health = (await api.GetAsync("/api/health")).Json;
        Assert.Equal((ApiFixture.FirstRun, 30), (health.GetProperty("currentRun").GetProperty("runId").GetString(), health.GetProperty("currentRun").GetProperty("customers").GetInt32()));
        Assert.Equal(ApiFixture.SecondRun, health.GetProperty("running").GetProperty("runId").GetString());
        Assert.Equal(1, health.GetProperty("running").GetProperty("progress").GetProperty("done").GetInt32());
        Assert.Equal(waiting, health.GetProperty("waiting").GetProperty("runId").GetString());
    }

    [Fact]
    public async Task Uploads_that_cannot_be_used_degrade_it()
    {
        JsonElement health = (await (await new ApiFixture().RunAsync()).GetAsync("/api/health")).Json;
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal("degraded", StatusOf(health, "uploads"));
        Assert.Equal("healthy", StatusOf(health, "runs"));
    }

    [Fact]
    public async Task A_last_run_that_failed_degrades_it_until_another_is_completed()
    {
        var api = new ApiFixture();
        api.Store.WithThreeGroups();
        await api.Store.Uploads.DeleteAsync("notes.txt", Token);
        await api.Store.Segments.SaveRunAsync(
            new RunRecord { RunId = ApiFixture.FirstRun, Status = RunStatus.Failed, Language = "en", Message = "The disk was full.", FinishedAt = new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc) }, Token);
        Answer failed = await api.GetAsync("/api/health");
        Assert.Equal((200, "degraded"), (failed.Status, failed.Json.GetProperty("status").GetString()));
        Assert.Equal("The disk was full.", failed.Json.GetProperty("lastFailure").GetProperty("message").GetString());

        await api.RunAsync(ApiFixture.SecondRun);
        JsonElement mended = (await api.GetAsync("/api/health")).Json;
        Assert.Equal("healthy", mended.GetProperty("status").GetString());
        Assert.Equal(ApiFixture.FirstRun, mended.GetProperty("lastFailure").GetProperty("runId").GetString());
    }

    [Fact]
    public async Task Storage_that_cannot_be_read_makes_it_unhealthy_without_telling_the_inside()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        api.Fault = new UnauthorizedAccessException("secret place");
        api.HostChecks.Add(new HealthCheck("queue", HealthStatus.Healthy, "It is empty."));
        Answer answer = await api.GetAsync("/api/health");
        Assert.Equal((503, "unhealthy"), (answer.Status, answer.Json.GetProperty("status").GetString()));
        Assert.Equal(("unhealthy", "unhealthy", "healthy"), (StatusOf(answer.Json, "storage"), StatusOf(answer.Json, "model"), StatusOf(answer.Json, "queue")));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Contains("secret place", string.Join('\n', api.Logged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pointer_to_a_run_without_a_row_and_a_missing_model_are_unhealthy()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        await api.Store.Runs.DeleteAsync(RunBlobs.Model(ApiFixture.FirstRun), Token);
        Assert.Equal("unhealthy", StatusOf((await api.GetAsync("/api/health")).Json, "model"));
        var lost = new ApiFixture();
        await lost.Store.Segments.SetCurrentRunAsync(ApiFixture.FirstRun, Token);
        Assert.Equal("unhealthy", StatusOf((await lost.GetAsync("/api/health")).Json, "storage"));
    }

    [Theory]
    [InlineData(HealthStatus.Degraded, 200, "degraded")]
    [InlineData(HealthStatus.Unhealthy, 503, "unhealthy")]
    public async Task The_worst_check_of_the_host_counts(HealthStatus status, int code, string name)
    {
        var api = new ApiFixture();
        api.HostChecks.Add(new HealthCheck("disk", status, "Little space is left."));
        Answer answer = await api.GetAsync("/api/health");
        Assert.Equal((code, name), (answer.Status, answer.Json.GetProperty("status").GetString()));
    }

    private static string StatusOf(JsonElement health, string check) =>
        health.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("name").GetString() == check).GetProperty("status").GetString()!;
}
