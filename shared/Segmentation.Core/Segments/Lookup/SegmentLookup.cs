using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Segments.Lookup;

/// <summary>Says which segments a customer is in, by the current run. Thread-safe.</summary>
public sealed class SegmentLookup(SegmentationStorage storage)
{
    /// <summary>Looks a customer up.</summary>
    /// <param name="customerId">The id; outer blanks do not count.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The answer; null where the customer is unknown.</returns>
    /// <exception cref="NoCurrentRunException">No run was published yet.</exception>
    public async Task<SegmentAnswer?> FindAsync(string customerId, CancellationToken cancellationToken)
    {
        string runId = await storage.Segments.FindCurrentRunAsync(cancellationToken) ?? throw new NoCurrentRunException();
        RunRecord run = await storage.Segments.FindRunAsync(runId, cancellationToken) ?? throw new NoCurrentRunException();
        string id = CustomerIds.Normalise(customerId);
        int shard = CustomerBuckets.ShardOf(id, run.Shards);
        SegmentAssignment? assignment = await storage.Segments.FindAsync(runId, shard, id, cancellationToken);
        if (assignment is null)
        {
            return null;
        }

        SelectedModel model = await storage.Runs.ReadJsonAsync(
            RunBlobs.Model(runId), WorkflowJson.Default.SelectedModel, cancellationToken);
        return Answer(run, assignment, model);
    }

    private static SegmentAnswer Answer(RunRecord run, SegmentAssignment assignment, SelectedModel selected)
    {
        NamedSegment? named = assignment.Scores is { } scores ? NamedSegment.Of(scores.R, scores.F) : null;
        SegmentProfile? segment = Profile(selected, SegmentProfile.NamedKind, named?.Id);
        SegmentProfile? cluster = Profile(
            selected, SegmentProfile.ClusterKind, assignment.Cluster?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new SegmentAnswer(
            assignment.CustomerId,
            run.RunId,
            run.AsOf!.Value,
            new RfmAnswer(
                assignment.RecencyDays, assignment.Frequency, assignment.Monetary,
                assignment.Scores?.R, assignment.Scores?.F, assignment.Scores?.M),
            segment is null ? null : new SegmentName(segment.Id, segment.Name),
            cluster is null ? null : new SegmentName(cluster.Id, cluster.Name),
            segment?.Strategy,
            NextChange(run, assignment, selected),
            assignment.Excluded);
    }

    private static SegmentProfile? Profile(SelectedModel selected, string kind, string? id) =>
        id is null ? null : selected.Profiles.First(profile => profile.Kind == kind && profile.Id == id);

    private static SegmentChange? NextChange(RunRecord run, SegmentAssignment assignment, SelectedModel selected)
    {
        if (assignment.Scores is not { } scores)
        {
            return null;
        }

        (int days, NamedSegment segment)? next = SegmentAgeing.NextChange(selected.Model.Edges, assignment.RecencyDays, scores);
        return next is { } change && change.days <= DateOnly.MaxValue.DayNumber - run.AsOf!.Value.DayNumber
            ? new SegmentChange(
                run.AsOf!.Value.AddDays(change.days),
                new SegmentName(change.segment.Id, change.segment.LocalName(Languages.Parse(run.Language))))
            : null;
    }
}

/// <summary>Nothing can be looked up before the first run was published.</summary>
public sealed class NoCurrentRunException() : Exception("No run has been published yet.");
