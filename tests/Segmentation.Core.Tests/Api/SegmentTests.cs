using System.Text.Json;

namespace Segmentation.Core.Tests.Api;

public sealed class SegmentTests
{
    [Fact]
    public async Task A_segment_is_answered_with_a_version_that_the_caller_may_keep_for_itself()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Answer answer = await api.GetAsync("/api/segments/k1");
        Assert.Equal((200, $"\"{ApiFixture.FirstRun}\"", "private, no-cache"), (answer.Status, answer.Header("ETag"), answer.Header("Cache-Control")));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal(("k1", ApiFixture.FirstRun), (answer.Json.GetProperty("customerId").GetString(), answer.Json.GetProperty("runId").GetString()));
        Assert.Equal(JsonValueKind.Number, answer.Json.GetProperty("rfm").GetProperty("monetary").ValueKind);
        Assert.Equal("k1", (await api.GetAsync("/api/segments/%20k1%20")).Json.GetProperty("customerId").GetString());
    }

    [Theory]
    [InlineData("*", 304)]
    [InlineData($"\"{ApiFixture.FirstRun}\"", 304)]
    [InlineData($"\"other\" , W/\"{ApiFixture.FirstRun}\"", 304)]
    [InlineData($"{ApiFixture.FirstRun}", 200)]
    [InlineData("\"other\"", 200)]
    [InlineData("", 200)]
    [InlineData("\"a,*,b\"", 304)]
    public async Task What_the_caller_has_already_is_not_sent_again(string ifNoneMatch, int status)
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Answer answer = await api.GetAsync("/api/segments/k1", ifNoneMatch);
        Assert.Equal((status, $"\"{ApiFixture.FirstRun}\""), (answer.Status, answer.Header("ETag")));
        Assert.Equal(404, (await api.GetAsync("/api/segments/nobody", ifNoneMatch)).Status);
    }

    [Fact]
    public async Task Before_the_first_run_the_problem_is_another_than_that_of_an_unknown_customer()
    {
        Answer before = await new ApiFixture().GetAsync("/api/segments/k1");
        Assert.Equal((404, "no-current-run", "no-store"), (before.Status, before.Problem, before.Header("Cache-Control")));
        Assert.Equal("/api/segments/k1", before.Json.GetProperty("instance").GetString());
        Answer unknown = await (await new ApiFixture().RunAsync()).GetAsync("/api/segments/nobody");
        Assert.Equal((404, "unknown-customer"), (unknown.Status, unknown.Problem));
    }

    [Fact]
    public async Task A_batch_answers_what_single_lookups_answer()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        JsonElement batch = (await api.PostAsync("/api/segments/lookup", """{"customerIds":["k2","?","k1"]}""")).Json;
        Assert.Equal(["?"], batch.GetProperty("missing").EnumerateArray().Select(id => id.GetString()!), StringComparer.Ordinal);
        string[] single = [(await api.GetAsync("/api/segments/k2")).Text, (await api.GetAsync("/api/segments/k1")).Text];
        Assert.Equal(single, batch.GetProperty("found").EnumerateArray().Select(answer => answer.GetRawText()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_segments_are_those_of_the_run()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        JsonElement answer = (await api.GetAsync("/api/segments")).Json;
        JsonElement file = JsonElement.Parse(api.Store.Result(ApiFixture.FirstRun, "profiles.json"));
        Assert.True(JsonElement.DeepEquals(file.GetProperty("segments"), answer.GetProperty("segments")));
        Assert.Equal("2024-05-11", answer.GetProperty("asOf").GetString());
    }

    [Fact]
    public async Task The_report_is_sent_as_it_was_written_and_may_load_nothing()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Answer answer = await api.GetAsync("/api/report");
        Assert.Equal(api.Store.Result(ApiFixture.FirstRun, "report.html"), answer.Text);
        Assert.Equal("text/html; charset=utf-8", answer.Header("Content-Type"));
        Assert.StartsWith("default-src 'none';", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);

        await api.Store.Runs.DeleteAsync($"{ApiFixture.FirstRun}/results/report.html", TestContext.Current.CancellationToken);
        Assert.Equal("no-report", (await api.GetAsync("/api/report")).Problem);
    }
}
