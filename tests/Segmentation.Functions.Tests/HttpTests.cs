using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Segmentation.Core.Api;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Functions.Http;
using Segmentation.Functions.Tests.Support;

namespace Segmentation.Functions.Tests;

/// <summary>The HTTP functions answer what the API answers.</summary>
public sealed class HttpTests
{
    public static IEnumerable<TheoryDataRow<string, string, string, string?>> Requests =>
    [
        new("HttpGetSegment", "GET", "/api/segments/k1", null),
        new("HttpGetSegment", "HEAD", "/api/segments/k1", null),
        new("HttpGetSegment", "GET", "/api/segments/a%2Fb%20%D0%B6?x=1", null),
        new("HttpLookUpSegments", "POST", "/api/segments/lookup", """{"customerIds":["k1","nobody"]}"""),
        new("HttpLookUpSegments", "POST", "/api/segments/lookup", "{"),
        new("HttpListSegments", "GET", "/api/segments", null),
        new("HttpScoreCustomer", "POST", "/api/score", """{"recencyDays":10,"frequency":3,"monetary":250.5}"""),
        new("HttpRequestRun", "POST", "/api/runs", null),
        new("HttpListRuns", "GET", "/api/runs", null),
        new("HttpGetRun", "GET", "/api/runs/20240701-030000-000", null),
        new("HttpGetRun", "GET", "/api/runs/..%2F..", null),
        new("HttpActivateRun", "POST", "/api/runs/20240701-030000-000/activate", null),
        new("HttpListUploads", "GET", "/api/uploads", null),
        new("HttpGetUpload", "GET", $"/api/uploads/{UploadRecord.IdOf("c.csv")}", null),
        new("HttpWithdrawUpload", "DELETE", $"/api/uploads/{UploadRecord.IdOf("c.csv")}", null),
        new("HttpGetCustomerData", "GET", "/api/customers/k1/data", null),
        new("HttpEraseCustomer", "DELETE", "/api/customers/k1", null),
        new("HttpGetReport", "GET", "/api/report", null),
        new("HttpGetOpenApi", "GET", "/api/openapi.json", null),
        new("HttpGetHealth", "GET", "/api/health", null),
        new("HttpOther", "PUT", "/api/segments/k1", null),
        new("HttpOther", "GET", "/api/no/such/path", null),
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_function_answers_the_bytes_of_the_api(string function, string method, string path, string? body)
    {
        using App bound = await PublishedAsync();
        HttpAnswer answer = await bound.SendAsync(method, path, body);
        Assert.Equal(function, answer.Function);

        using App direct = await PublishedAsync();
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body ?? "");
        await using ApiResponse expected = await direct.Services.GetRequiredService<ApiEndpoint>().Api(direct.Engine).AnswerAsync(
            new ApiRequest
            {
                Method = method,
                Path = ApiRequest.PathOf(path),
                ContentType = body is null ? null : "application/json",
                ContentLength = body is null ? null : bytes.Length,
                Body = new MemoryStream(bytes),
            },
            TestContext.Current.CancellationToken);
        using var text = new MemoryStream();
        await expected.WriteBodyAsync(text, TestContext.Current.CancellationToken);
        Assert.Equal(expected.Status, answer.Status);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(text.ToArray()), answer.Text);
        string headers = string.Join(
            '\n', expected.Headers.Append(new("Content-Length", $"{expected.ContentLength}")).OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"{header.Key}: {header.Value}"));
        Assert.Equal(headers, answer.Headers);
    }

    [Fact]
    public void Every_http_function_is_called_by_a_test() => Assert.Equal(
        FunctionTable.All.Where(function => function.Trigger<HttpTriggerAttribute>() is not null).Select(function => function.Name).Order(StringComparer.Ordinal),
        Requests.Select(row => row.Data.Item1).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_version_that_the_caller_has_is_not_sent_again()
    {
        using App app = await PublishedAsync();
        HttpAnswer first = await app.SendAsync("GET", "/api/segments/k1");
        string tag = first.Headers.Split('\n').Single(header => header.StartsWith("ETag: ", StringComparison.Ordinal))["ETag: ".Length..];
        HttpAnswer second = await app.SendAsync("GET", "/api/segments/k1", ifNoneMatch: tag);
        Assert.Equal((304, ""), (second.Status, second.Text));
        Assert.DoesNotContain("Content-Length", second.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_nothing_works_on_shows_in_the_health()
    {
        using App app = await PublishedAsync();
        await app.Store.Segments.SaveRunAsync(
            new RunRecord { RunId = "20240702-000000-000", Status = RunStatus.Running, RequestedAt = default(DateTime), Language = "en" }, CancellationToken.None);
        HttpAnswer answer = await app.SendAsync("GET", "/api/health");
        Assert.Equal("degraded", answer.Json.GetProperty("status").GetString());
        Assert.Contains("Nothing works on run 20240702-000000-000", answer.Text, StringComparison.Ordinal);
    }

    private static async Task<App> PublishedAsync()
    {
        var app = new App();
        app.Store.WithThreeGroups();
        await app.TickAsync();
        await app.Engine.RunAsync();
        return app;
    }
}
