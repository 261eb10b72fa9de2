using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    // Decided with the plan and once: whatever is made current while the run goes on, its ids follow the same run.
    private async Task FreezePreviousAsync(string runId, CancellationToken cancellationToken)
    {
        PreviousRun? previous = null;
        string? current = await _storage.Segments.FindCurrentRunAsync(cancellationToken);
        if (current is not null && current != runId
            && await _storage.Segments.FindRunAsync(current, cancellationToken) is { AsOf: { } asOf } record
            && await HasModelAsync(current, cancellationToken))
        {
            previous = new PreviousRun(current, asOf, record.Language, record.Shards, record.Customers);
        }

        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Previous(runId), new FrozenPrevious(previous), WorkflowJson.Default.FrozenPrevious, cancellationToken);
    }

    private async Task<bool> HasModelAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            await ReadModelAsync(runId, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is BlobNotFoundException or InvalidDataException)
        {
            // A damaged run cannot be followed; the run that takes its place must not fail for it.
            return false;
        }
    }

    private async Task<(PreviousRun? Run, SelectedModel? Model)> ReadPreviousAsync(string runId, CancellationToken cancellationToken)
    {
        // A run that a version before this one has planned follows none.
        if (!await _storage.Runs.ExistsAsync(RunBlobs.Previous(runId), cancellationToken))
        {
            return (null, null);
        }

        FrozenPrevious frozen = await _storage.Runs.ReadJsonAsync(
            RunBlobs.Previous(runId), WorkflowJson.Default.FrozenPrevious, cancellationToken);
        return frozen.Previous is { } previous ? (previous, await ReadModelAsync(previous.RunId, cancellationToken)) : (null, null);
    }

    // Why the run should not replace the current one by itself, or null.
    private async Task<string?> WhyHeldBackAsync(
        string runId, RunRecord current, SelectedModel selected, NoModelCause? noModel, CancellationToken cancellationToken)
    {
        // Clusters that were switched off are missed by nobody.
        if (current.Clusters is not null && selected.Selection.Chosen.K is null && noModel != NoModelCause.SwitchedOff)
        {
            return selected.Selection.Chosen.Reason;
        }

        if (selected.Continuity is null)
        {
            return null;
        }

        TransitionsDocument transitions = await _storage.Runs.ReadJsonAsync(
            RunBlobs.Result(runId, TransitionsFile), ResultJson.Readable.TransitionsDocument, cancellationToken);
        return transitions.Drift.IsLarge ? string.Join(' ', transitions.Drift.Reasons) : null;
    }
}
