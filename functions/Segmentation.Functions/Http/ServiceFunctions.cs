using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Segmentation.Functions.Http;

/// <summary>The report, the description of the API, and the health of the service.</summary>
public sealed class ServiceFunctions(ApiEndpoint api)
{
    /// <summary>The report of the current run.</summary>
    [Function("HttpGetReport")]
    public Task<IActionResult> GetReportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "report")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>The description of the API.</summary>
    [Function("HttpGetOpenApi")]
    public Task<IActionResult> GetOpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "openapi.json")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>How the service is.</summary>
    [Function("HttpGetHealth")]
    public Task<IActionResult> GetHealthAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "health")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>Any other path or method: the API says what is wrong with it.</summary>
    [Function("HttpOther")]
    public Task<IActionResult> OtherAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*path}")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);
}
