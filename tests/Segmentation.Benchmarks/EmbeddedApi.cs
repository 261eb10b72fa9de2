using Microsoft.Extensions.Logging.Abstractions;
using Segmentation.Core.Api;
using Segmentation.Core.Erasure;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Benchmarks;

/// <summary>The API on a store, as a function calls it: requests in, bytes out, without a server in front. Nothing runs here.</summary>
internal sealed class EmbeddedApi : IRunHost, IHealthChecks
{
    private readonly SegmentationApi _api;

    public EmbeddedApi(SegmentationStorage storage, TimeProvider clock)
    {
        var current = new CurrentRun(storage, clock);
        var erased = new Tombstones(storage.Clean, clock);
        var segments = new StoredSegments(current, new SegmentLookup(current, storage.Segments, erased, clock), clock);
        _api = new SegmentationApi(
            new ApiPorts(
                storage, segments, new StoredCustomers(storage, erased, clock), new StoredUploads(storage, clock), this, this, clock, SegmentationTelemetry.Version),
            NullLogger<SegmentationApi>.Instance);
    }

    /// <summary>Looks a customer up, and takes the whole answer.</summary>
    public async Task LookUpAsync(string id, CancellationToken cancellationToken)
    {
        await using ApiResponse answer = await _api.AnswerAsync(new ApiRequest { Method = "GET", Path = $"/api/segments/{id}" }, cancellationToken);
        await answer.WriteBodyAsync(Stream.Null, cancellationToken);
        if (answer.Status != 200)
        {
            throw new InvalidOperationException($"Customer '{id}' was answered with {answer.Status}.");
        }
    }

    public Task<RunTicket> RequestRunAsync(RunCause cause, CancellationToken cancellationToken) => throw NothingRuns();

    public ValueTask<StepProgress?> FindProgressAsync(string runId, CancellationToken cancellationToken) => ValueTask.FromResult<StepProgress?>(null);

    public Task<RunTicket> ChangeAloneAsync(RunCause cause, Func<CancellationToken, Task> change, CancellationToken cancellationToken) => throw NothingRuns();

    public Task<IReadOnlyList<HealthCheck>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HealthCheck>>([]);

    private static NotSupportedException NothingRuns() => new("Nothing runs in a benchmark of lookups.");
}
