using Segmentation.Core.Api;

namespace Segmentation.Core.Tests.Api;

public sealed class FailureTests
{
    [Fact]
    public async Task An_unexpected_failure_tells_nothing_of_the_inside_and_logs_no_customer()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        api.Fault = new InvalidOperationException("customer k1 is in C:\\secret");
        foreach (Answer answer in (Answer[])[await api.GetAsync("/api/segments/k1"), await api.PostAsync("/api/segments/lookup", """{"customerIds":["k1"]}"""), await api.DeleteAsync("/api/customers/k1")])
        {
            Assert.Equal((500, "unexpected-failure"), (answer.Status, answer.Problem));
            Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        }

        string[] log = [.. api.Logged];
        Assert.Equal(3, log.Length);
        Assert.StartsWith("getSegment failed and was answered with 500: InvalidOperationException at ", log[0], StringComparison.Ordinal);
        Assert.All(log, line => Assert.DoesNotContain("k1", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_that_can_name_nobody_is_logged_whole()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        api.Fault = new IOException("The share is gone.");
        Assert.Equal(503, (await api.GetAsync("/api/runs")).Status);
        Assert.Contains("The share is gone.", api.Logged.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(unchecked((int)0x80070070))]
    [InlineData(unchecked((int)0x80070027))]
    public async Task A_full_disk_is_told_from_other_failures_of_storage(int result)
    {
        var api = new ApiFixture { Fault = new IOException("full", result) };
        Answer answer = await api.PostAsync("/api/runs");
        Assert.Equal((507, "disk-full"), (answer.Status, answer.Problem));
        Assert.Contains("free space and try again; nothing was lost", answer.Detail, StringComparison.Ordinal);
        Assert.NotNull(answer.Header("Retry-After"));
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_in_time_is_unavailable_and_damage_is_no_matter_of_availability()
    {
        Assert.Equal(503, (await new ApiFixture { Fault = new TaskCanceledException() }.GetAsync("/api/runs")).Status);
        Assert.Equal(503, (await new ApiFixture { Fault = new TimeoutException() }.GetAsync("/api/runs")).Status);
        Assert.Equal(500, (await new ApiFixture { Fault = new InvalidDataException() }.GetAsync("/api/runs")).Status);
    }

    [Fact]
    public async Task A_cancelled_request_is_not_answered()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var api = new ApiFixture();
        var request = new ApiRequest { Method = "POST", Path = "/api/score", ContentType = "application/json", Body = new MemoryStream([1]) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => api.SendUntilAsync(request, stop.Token));
    }
}
