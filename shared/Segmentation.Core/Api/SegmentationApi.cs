using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Api;

/// <summary>The HTTP API without a server: requests in, answers out, the same bytes from every host. Thread-safe.</summary>
/// <remarks>Who may call is for the host to decide; everything that a request holds is checked here.</remarks>
public sealed class SegmentationApi
{
    /// <summary>Most bytes of an id of a customer.</summary>
    public const int MostIdBytes = 64 << 10;

    private readonly ILogger _logger;
    private readonly TimeProvider _clock;

    /// <summary>An API on its ports.</summary>
    public SegmentationApi(ApiPorts ports, ILogger<SegmentationApi> logger)
    {
        _logger = logger;
        _clock = ports.Clock;
        Segments = new SegmentHandlers(ports);
        Runs = new RunHandlers(ports);
        Uploads = new UploadHandlers(ports, Runs);
        Customers = new CustomerHandlers(ports);
        Health = new HealthHandlers(ports, Runs, logger);
    }

    internal SegmentHandlers Segments { get; }

    internal RunHandlers Runs { get; }

    internal UploadHandlers Uploads { get; }

    internal CustomerHandlers Customers { get; }

    internal HealthHandlers Health { get; }

    /// <summary>Answers a request. Every failure is an answer too, but for a cancellation.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<ApiResponse> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        bool isHead = request.Method == "HEAD";
        ApiResponse response = await RouteAsync(isHead ? request with { Method = "GET" } : request, cancellationToken);
        return isHead ? await response.WithoutBodyAsync() : response;
    }

    /// <summary>The answer of a host that refuses a request before the API sees it.</summary>
    /// <param name="status">401 where a key is missing, 403 otherwise.</param>
    /// <param name="detail">Why, in a sentence.</param>
    /// <param name="request">The request.</param>
    public static ApiResponse Refuse(int status, string detail, ApiRequest request) =>
        ApiRoute.ProblemResponse(ApiProblem.Refused(status, detail), request);

    private async Task<ApiResponse> RouteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (RoutePath.TryRead(request.Path, out string[] segments) is { } malformed)
        {
            return ApiRoute.ProblemResponse(ApiProblem.BadPath(malformed), request);
        }

        (ApiRoute? route, string? allow) = ApiRoutes.Match(segments, request.Method);
        if (route is null)
        {
            return ApiRoute.ProblemResponse(
                allow is null ? ApiProblem.UnknownPath() : ApiProblem.MethodNotAllowed(request.Method, allow), request);
        }

        Dictionary<string, string> values = route.Values(segments);
        if (CheckValues(values) is { } problem)
        {
            return ApiRoute.ProblemResponse(problem, request);
        }

        using Activity? activity = SegmentationTelemetry.Source.StartActivity(route.OperationId, ActivityKind.Server);
        long start = _clock.GetTimestamp();
        ApiResponse response = await AnswerOrExplainAsync(route, new ApiCall(request, values), cancellationToken);
        activity?.SetTag(SegmentationTelemetry.StatusTag, response.Status);
        SegmentationTelemetry.RequestSeconds.Record(
            _clock.GetElapsedTime(start).TotalSeconds,
            new KeyValuePair<string, object?>(SegmentationTelemetry.OperationTag, route.OperationId),
            new KeyValuePair<string, object?>(SegmentationTelemetry.StatusTag, response.Status));
        return response;
    }

    private async Task<ApiResponse> AnswerOrExplainAsync(ApiRoute route, ApiCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(route, call, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            ApiProblem answer = ApiFaults.ProblemOf(fault);
            Log(route, fault, answer.Status);
            return ApiRoute.ProblemResponse(answer, call.Request);
        }
    }

    private async Task<ApiResponse> AnswerAsync(ApiRoute route, ApiCall call, CancellationToken cancellationToken)
    {
        if (route.Body is null)
        {
            return await route.AnswerAsync(this, call, cancellationToken);
        }

        (JsonDocument? body, ApiProblem? problem) = await RequestBody.ReadAsync(call.Request, route.Body.MostBytes, cancellationToken);
        using (body)
        {
            return body is null
                ? ApiRoute.ProblemResponse(problem!, call.Request)
                : await route.AnswerAsync(this, call with { Body = body.RootElement }, cancellationToken);
        }
    }

    private static ApiProblem? CheckValues(Dictionary<string, string> values)
    {
        foreach ((string name, string value) in values)
        {
            if (value.Length == 0)
            {
                return ApiProblem.MissingId(name);
            }

            if (Encoding.UTF8.GetByteCount(value) is var bytes && bytes > MostIdBytes)
            {
                return ApiProblem.LongId(bytes, MostIdBytes);
            }
        }

        return null;
    }

    private void Log(ApiRoute route, Exception fault, int status)
    {
        if (route.IsPersonal)
        {
            // The message of a failure may quote what was asked for.
            ApiLog.FailedWithoutMessage(_logger, route.OperationId, status, fault.GetType().Name, fault.StackTrace);
        }
        else
        {
            ApiLog.Failed(_logger, fault, route.OperationId, status);
        }
    }
}
