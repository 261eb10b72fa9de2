using Segmentation.Core.Segments;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Api;

/// <summary>The published segments of a store, as the API asks for them.</summary>
public sealed class StoredSegments(CurrentRun current, SegmentLookup lookup) : ISegmentsPort
{
    /// <inheritdoc />
    public async ValueTask<ICurrentSegments?> FindCurrentAsync(CancellationToken cancellationToken) =>
        await current.FindAsync(cancellationToken) is { } run ? new OfRun(run, lookup) : null;

    /// <inheritdoc />
    public async Task ActivateAsync(string runId, CancellationToken cancellationToken)
    {
        if ((await current.FindAsync(cancellationToken))?.RunId != runId)
        {
            await current.ActivateAsync(runId, cancellationToken);
        }
    }

    private sealed class OfRun(PublishedRun run, SegmentLookup lookup) : ICurrentSegments
    {
        public RunRecord Run => run.Record;

        public SegmentModel Model => run.Model;

        public IReadOnlyList<SegmentProfile> Profiles => run.Profiles;

        public string VersionOn(DateOnly today) => run.Version(today);

        public async ValueTask<SegmentAnswer?> FindAsync(string customerId, CancellationToken cancellationToken) =>
            (await lookup.FindInAsync(run, customerId, cancellationToken))?.Answer;

        public async ValueTask<(IReadOnlyList<SegmentAnswer> Found, IReadOnlyList<string> Missing)> FindAllAsync(
            IReadOnlyList<string> customerIds, CancellationToken cancellationToken)
        {
            SegmentAnswers answers = (await lookup.FindAllInAsync(run, customerIds, cancellationToken)).Answers;
            return (answers.Found, answers.Missing);
        }
    }
}
