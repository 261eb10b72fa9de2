using System.Globalization;
using Segmentation.Core.Api;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Api;

/// <summary>Every answer that any route declares is given by it, and no other route is left out.</summary>
public sealed class EveryAnswerTests
{
    private const string Figures = """{"recencyDays":10,"frequency":3,"monetary":250.5}""";
    private const string Ids = """{"customerIds":["k1","nobody"]}""";
    private const string Unknown = "20200101-000000-000";

    private static readonly string AnUpload = UploadRecord.IdOf("c.csv");

    // How each declared answer comes about: storage that fails and malformed paths work alike for all.
    private static readonly Dictionary<string, Func<ApiFixture, Task<Answer>>> Ways = new(StringComparer.Ordinal)
    {
        ["getSegment 200"] = api => api.GetAsync("/api/segments/k1"),
        ["getSegment 304"] = api => api.GetAsync("/api/segments/k1", $"\"{ApiFixture.FirstRun}\""),
        ["getSegment 404"] = api => api.GetAsync("/api/segments/nobody"),
        ["lookUpSegments 200"] = api => api.PostAsync("/api/segments/lookup", Ids),
        ["lookUpSegments 400"] = api => api.PostAsync("/api/segments/lookup", "{"),
        ["lookUpSegments 404"] = _ => new ApiFixture().PostAsync("/api/segments/lookup", Ids),
        ["lookUpSegments 413"] = api => api.PostAsync("/api/segments/lookup", new byte[(1 << 20) + 1]),
        ["lookUpSegments 415"] = api => api.PostAsync("/api/segments/lookup", Ids, "text/plain"),
        ["listSegments 200"] = api => api.GetAsync("/api/segments"),
        ["listSegments 304"] = api => api.GetAsync("/api/segments", "*"),
        ["listSegments 404"] = _ => new ApiFixture().GetAsync("/api/segments"),
        ["scoreCustomer 200"] = api => api.PostAsync("/api/score", Figures),
        ["scoreCustomer 400"] = api => api.PostAsync("/api/score", "[]"),
        ["scoreCustomer 404"] = _ => new ApiFixture().PostAsync("/api/score", Figures),
        ["scoreCustomer 413"] = api => api.PostAsync("/api/score", new byte[(8 << 20) + 1]),
        ["scoreCustomer 415"] = api => api.PostAsync("/api/score", Figures, null),
        ["scoreCustomer 422"] = api => api.PostAsync("/api/score", """{"transactions":[{"date":"soon","price":1}]}"""),
        ["requestRun 202"] = api => api.PostAsync("/api/runs"),
        ["listRuns 200"] = api => api.GetAsync("/api/runs"),
        ["getRun 200"] = api => api.GetAsync($"/api/runs/{ApiFixture.FirstRun}"),
        ["getRun 404"] = api => api.GetAsync($"/api/runs/{Unknown}"),
        ["activateRun 200"] = api => api.PostAsync($"/api/runs/{ApiFixture.FirstRun}/activate"),
        ["activateRun 404"] = api => api.PostAsync($"/api/runs/{Unknown}/activate"),
        ["activateRun 409"] = async api =>
        {
            await api.Store.Segments.SaveRunAsync(
                new RunRecord { RunId = Unknown, Language = "en", Status = RunStatus.Failed, Message = "The disk was full." }, TestContext.Current.CancellationToken);
            return await api.PostAsync($"/api/runs/{Unknown}/activate");
        },
        ["listUploads 200"] = api => api.GetAsync("/api/uploads"),
        ["getUpload 200"] = api => api.GetAsync($"/api/uploads/{AnUpload}"),
        ["getUpload 404"] = api => api.GetAsync($"/api/uploads/{UploadRecord.IdOf("other")}"),
        ["withdrawUpload 202"] = api => api.DeleteAsync($"/api/uploads/{AnUpload}"),
        ["withdrawUpload 404"] = api => api.DeleteAsync($"/api/uploads/{UploadRecord.IdOf("other")}"),
        ["getCustomerData 200"] = api => api.GetAsync("/api/customers/k1/data"),
        ["getCustomerData 404"] = api => api.GetAsync("/api/customers/nobody/data"),
        ["eraseCustomer 200"] = api => api.DeleteAsync("/api/customers/k1"),
        ["eraseCustomer 404"] = api => api.DeleteAsync("/api/customers/nobody"),
        ["getReport 200"] = api => api.GetAsync("/api/report"),
        ["getReport 304"] = api => api.GetAsync("/api/report", $"W/\"{ApiFixture.FirstRun}\""),
        ["getReport 404"] = _ => new ApiFixture().GetAsync("/api/report"),
        ["getOpenApi 200"] = api => api.GetAsync("/api/openapi.json"),
        ["getHealth 200"] = api => api.GetAsync("/api/health"),
        ["getHealth 503"] = api =>
        {
            api.Fault = new IOException("The network is gone.");
            return api.GetAsync("/api/health");
        },
    };

    public static IEnumerable<TheoryDataRow<string, int>> Declared =>
        ApiRoutes.All.SelectMany(route => route.Answers.Select(answer => new TheoryDataRow<string, int>(route.OperationId, answer.Status)));

    [Theory]
    [MemberData(nameof(Declared))]
    public async Task Every_declared_answer_is_given(string operationId, int status)
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        ApiRoute route = ApiRoutes.All.Single(route => route.OperationId == operationId);
        Answer answer = Ways.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{operationId} {status}"), out Func<ApiFixture, Task<Answer>>? way)
            ? await way(api)
            : await FailAsync(api, route, status);
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public void No_answer_is_tried_that_is_not_declared()
    {
        string[] declared = [.. Declared.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Data.Item1} {row.Data.Item2}"))];
        Assert.Empty(Ways.Keys.Except(declared, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public async Task Every_get_is_answered_to_head_alike_without_a_body(string operationId, int status)
    {
        ApiRoute route = ApiRoutes.All.Single(route => route.OperationId == operationId);
        if (route.Method == "GET" && status == 200)
        {
            ApiFixture api = await new ApiFixture().RunAsync();
            string path = PathOf(route);
            Answer get = await api.GetAsync(path);
            Answer head = await api.SendAsync(new ApiRequest { Method = "HEAD", Path = path });
            Assert.Equal(200, get.Status);
            Assert.Equal((get.Status, get.Body.LongLength), (head.Status, head.Response.ContentLength));
            Assert.Equal(get.Response.Headers, head.Response.Headers);
            Assert.Empty(head.Body);
            Assert.Equal(get.Body.LongLength, get.Response.ContentLength);
        }
    }

    private static Task<Answer> FailAsync(ApiFixture api, ApiRoute route, int status)
    {
        string path = PathOf(route);
        switch (status)
        {
            case 400:
                return api.SendAsync(new ApiRequest { Method = route.Method, Path = path + "%2" });
            case 500:
                api.Fault = new InvalidOperationException("A fault of ours.");
                break;
            case 503:
                api.Fault = new IOException("The network is gone.");
                break;
            case 507:
                api.Fault = new IOException("No space left on device", 28);
                break;
        }

        return route.Body is null
            ? api.SendAsync(new ApiRequest { Method = route.Method, Path = path })
            : api.PostAsync(path, route.OperationId == "scoreCustomer" ? Figures : Ids);
    }

    private static string PathOf(ApiRoute route) => route.Template
        .Replace("{customerId}", "k1", StringComparison.Ordinal)
        .Replace("{runId}", ApiFixture.FirstRun, StringComparison.Ordinal)
        .Replace("{uploadId}", AnUpload, StringComparison.Ordinal);
}
