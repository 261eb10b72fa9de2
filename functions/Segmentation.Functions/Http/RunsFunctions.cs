using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Segmentation.Functions.Http;

/// <summary>Runs: asked for, listed, followed, made current.</summary>
public sealed class RunsFunctions(ApiEndpoint api)
{
    /// <summary>Asks for a run.</summary>
    [Function("HttpRequestRun")]
    public Task<IActionResult> RequestRunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>All runs.</summary>
    [Function("HttpListRuns")]
    public Task<IActionResult> ListRunsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>One run: its progress or its results.</summary>
    [Function("HttpGetRun")]
    public Task<IActionResult> GetRunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "runs/{runId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>Makes an earlier run current.</summary>
    [Function("HttpActivateRun")]
    public Task<IActionResult> ActivateRunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{runId}/activate")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);
}
