using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Tests.Api;

public sealed class RunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_asked_for_waits_and_can_be_followed()
    {
        var api = new ApiFixture();
        Answer asked = await api.PostAsync("/api/runs");
        string runId = asked.Json.GetProperty("runId").GetString()!;
        Assert.Equal((202, $"/api/runs/{runId}", "5"), (asked.Status, asked.Header("Location"), asked.Header("Retry-After")));
        Assert.Equal(("requested", "request"), (asked.Json.GetProperty("status").GetString(), asked.Json.GetProperty("cause").GetString()));
        Assert.Equal([RunCause.Request], api.Causes);

        Answer again = await api.PostAsync("/api/runs");
        Assert.Equal(asked.Text, again.Text);
        Assert.Equal(asked.Text, (await api.GetAsync($"/api/runs/{runId}")).Text);
        Assert.Equal(asked.Text, (await api.GetAsync("/api/runs")).Json.GetProperty("runs")[0].GetRawText());
        Assert.Equal(409, (await api.PostAsync($"/api/runs/{runId}/activate")).Status);
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_behind_the_one_that_waits()
    {
        ApiFixture api = await (await new ApiFixture().RunAsync()).RunAsync(ApiFixture.SecondRun);
        string waiting = (await api.PostAsync("/api/runs")).Json.GetProperty("runId").GetString()!;
        JsonElement answer = (await api.GetAsync("/api/runs")).Json;
        Assert.Equal(ApiFixture.SecondRun, answer.GetProperty("current").GetString());
        Assert.Equal(
            [waiting, ApiFixture.SecondRun, ApiFixture.FirstRun], answer.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("runId").GetString()!), StringComparer.Ordinal);
        Assert.Equal([false, true, false], answer.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("current").GetBoolean()));
    }

    [Fact]
    public async Task A_request_that_has_begun_is_listed_once()
    {
        var api = new ApiFixture();
        string runId = (await api.PostAsync("/api/runs")).Json.GetProperty("runId").GetString()!;
        await api.Store.Segments.SaveRunAsync(new RunRecord { RunId = runId, Status = RunStatus.Running, Language = "en" }, Token);
        api.Progress = new StepProgress("fit", 2, 7);
        JsonElement run = (await api.GetAsync("/api/runs")).Json.GetProperty("runs").EnumerateArray().Single();
        Assert.Equal("running", run.GetProperty("status").GetString());
        Assert.Equal("""{"step":"fit","done":2,"total":7}""", run.GetProperty("progress").GetRawText());
    }

    [Fact]
    public async Task A_completed_run_tells_its_results()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        JsonElement run = (await api.GetAsync($"/api/runs/{ApiFixture.FirstRun}")).Json;
        Assert.Equal(("completed", 30), (run.GetProperty("status").GetString(), run.GetProperty("customers").GetInt32()));
        JsonElement ledger = JsonElement.Parse(api.Store.Result(ApiFixture.FirstRun, "ledger.json"));
        Assert.True(JsonElement.DeepEquals(ledger.GetProperty("total"), run.GetProperty("results").GetProperty("total")));
        Assert.Equal("k-means", run.GetProperty("results").GetProperty("chosen").GetProperty("algorithm").GetString());
    }

    [Theory]
    [InlineData(RunStatus.Failed, "failed", "The disk was full.")]
    [InlineData(RunStatus.Running, "running", "not finished")]
    [InlineData(RunStatus.NothingUsable, "nothing-usable", "no purchase")]
    public async Task A_run_without_results_cannot_be_made_current_and_says_why(RunStatus status, string name, string reason)
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        await api.Store.Segments.SaveRunAsync(
            new RunRecord { RunId = ApiFixture.SecondRun, Language = "en", Status = status, Message = "The disk was full." }, Token);
        Answer answer = await api.PostAsync($"/api/runs/{ApiFixture.SecondRun}/activate");
        Assert.Equal((409, "run-without-results"), (answer.Status, answer.Problem));
        Assert.Contains(reason, answer.Detail, StringComparison.Ordinal);
        Assert.Equal(name, (await api.GetAsync($"/api/runs/{ApiFixture.SecondRun}")).Json.GetProperty("status").GetString());
        Assert.Equal(ApiFixture.FirstRun, await api.Store.Segments.FindCurrentRunAsync(Token));
    }

    [Fact]
    public async Task An_earlier_run_can_be_made_current_again_and_again()
    {
        ApiFixture api = await (await new ApiFixture().RunAsync()).RunAsync(ApiFixture.SecondRun);
        for (int i = 0; i < 2; i++)
        {
            Answer answer = await api.PostAsync($"/api/runs/{ApiFixture.FirstRun}/activate");
            Assert.Equal((200, true), (answer.Status, answer.Json.GetProperty("current").GetBoolean()));
            Assert.Equal(ApiFixture.FirstRun, (await api.GetAsync("/api/segments/k1")).Json.GetProperty("runId").GetString());
        }
    }

    [Theory]
    [InlineData("20240601-120000-009")]
    [InlineData("current")]
    [InlineData("..%2F..%2Fetc")]
    [InlineData("20240601-120000-001%00")]
    [InlineData("20240601-120000-001%2F..")]
    [InlineData("2024060a-120000-001")]
    [InlineData("٢٠٢٤٠٦٠١-120000-001")]
    public async Task Whatever_is_no_id_of_a_run_is_unknown(string id)
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Assert.Equal("unknown-run", (await api.GetAsync($"/api/runs/{id}")).Problem);
        Assert.Equal("unknown-run", (await api.PostAsync($"/api/runs/{id}/activate")).Problem);
    }
}
