using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Segmentation.Functions.Http;

/// <summary>Lookups and scores.</summary>
public sealed class SegmentsFunctions(ApiEndpoint api)
{
    /// <summary>One customer's segment.</summary>
    [Function("HttpGetSegment")]
    public Task<IActionResult> GetSegmentAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "segments/{customerId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>Up to 1,000 customers' segments.</summary>
    [Function("HttpLookUpSegments")]
    public Task<IActionResult> LookUpSegmentsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "segments/lookup")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>The profiles of the current run.</summary>
    [Function("HttpListSegments")]
    public Task<IActionResult> ListSegmentsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "segments")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>The segment of a new customer.</summary>
    [Function("HttpScoreCustomer")]
    public Task<IActionResult> ScoreCustomerAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "score")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);
}
