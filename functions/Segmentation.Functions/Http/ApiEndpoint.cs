using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Segmentation.Core.Api;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Runs;

namespace Segmentation.Functions.Http;

/// <summary>Hands requests over to the API, and its answers back. Thread-safe.</summary>
public sealed class ApiEndpoint(
    RunParts parts, ISegmentsPort segments, ICustomersPort customers, IWithdrawalsPort withdrawals, ILogger<SegmentationApi> logger)
{
    /// <summary>Answers one request.</summary>
    public async Task<IActionResult> AnswerAsync(HttpRequest request, DurableTaskClient client) =>
        new ApiActionResult(await Api(client).AnswerAsync(Read(request), request.HttpContext.RequestAborted));

    /// <summary>The API over an engine, which is only known while a function is called.</summary>
    internal SegmentationApi Api(DurableTaskClient client) => new(
        new ApiPorts(
            parts.Storage, segments, customers, withdrawals, new DurableRunHost(client, parts), new RunHealth(client, parts), parts.Clock,
            SegmentationTelemetry.Version),
        logger);

    // The path is taken as it was sent: an id with a slash cannot be told from two segments any more once it is decoded.
    private static ApiRequest Read(HttpRequest request) => new()
    {
        Method = request.Method,
        Path = ApiRequest.PathOf(request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget),
        IfNoneMatch = request.Headers.IfNoneMatch.Count == 0 ? null : request.Headers.IfNoneMatch.ToString(),
        ContentType = request.ContentType,
        ContentLength = request.ContentLength,
        Body = request.Body,
    };
}
