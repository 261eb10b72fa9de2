using Segmentation.Core.Api.Documents;
using Segmentation.Core.Segments.Lookup;

namespace Segmentation.Core.Api;

/// <summary>The published segments of a store, as the API asks for them.</summary>
public sealed class StoredSegments(CurrentRun current, SegmentLookup lookup, TimeProvider clock) : ISegmentsPort
{
    /// <inheritdoc />
    public async ValueTask<CurrentSegments?> FindCurrentAsync(CancellationToken cancellationToken) =>
        await current.FindAsync(cancellationToken) is { } run
            ? new CurrentSegments(run.Record, run.Model, run.Profiles, run.Version(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)))
            : null;

    /// <inheritdoc />
    public async ValueTask<FoundSegment?> FindAsync(string customerId, CancellationToken cancellationToken) =>
        await lookup.FindAsync(customerId, cancellationToken) is { } found ? new FoundSegment(found.Version, found.Answer) : null;

    /// <inheritdoc />
    public async ValueTask<FoundSegments> FindAllAsync(IReadOnlyList<string> customerIds, CancellationToken cancellationToken)
    {
        BatchLookupResult found = await lookup.FindAllAsync(customerIds, cancellationToken);
        return new FoundSegments(found.Version, new LookupDocument(found.Answers.Found, found.Answers.Missing));
    }

    /// <inheritdoc />
    public Task ActivateAsync(string runId, CancellationToken cancellationToken) => current.ActivateAsync(runId, cancellationToken);
}
