using Segmentation.Core.Options;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    /// <summary>Records the run and makes it the one that readers see.</summary>
    /// <remarks>
    /// With <c>workflow.activate=gated</c> a run that found no model of clusters does not replace a current run that has one, and a run whose
    /// customers are unlike those of the previous run replaces none: readers keep what they have until a person decides.
    /// With <c>always</c> it does, and its row says the same.
    /// </remarks>
    public async Task<ActivateRunResult> ActivateRunAsync(ActivateRunInput input, CancellationToken cancellationToken)
    {
        RunRecord? known = await _storage.Segments.FindRunAsync(input.RunId, cancellationToken);
        if (known?.ActivatedAt is not null)
        {
            // A repetition that comes late must not take readers back from a run that became current since.
            return new ActivateRunResult(Activated: true, known.Message);
        }

        (RunRequest request, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        MergedSummary merged = await ReadMergedAsync(input.RunId, cancellationToken);
        RunInputs inputs = await ReadInputsAsync(input.RunId, cancellationToken);
        SelectedModel selected = await ReadModelAsync(input.RunId, cancellationToken);
        // Readers may come as soon as the pointer is set, so the row has its results before; it has ended only when all is done, so
        // that a host that is killed in between goes on here.
        RunRecord run = (known ?? new RunRecord { RunId = input.RunId, Language = request.Language, RequestedAt = request.RequestedAt }) with
        {
            Status = RunStatus.Running,
            AsOf = merged.AsOf,
            Shards = inputs.Shards,
            Customers = merged.Customers,
            Clusters = selected.Selection.Chosen.K,
        };
        await _storage.Segments.SaveRunAsync(run, cancellationToken);

        TransitionsDocument? transitions = selected.Continuity is null
            ? null
            : await _storage.Runs.ReadJsonAsync(
                RunBlobs.Result(input.RunId, TransitionsFile), ResultJson.Readable.TransitionsDocument, cancellationToken);
        string? reason = await FindDoubtAsync(input.RunId, selected, transitions, cancellationToken);
        bool isHeldBack = IsHeldBackBy(reason, options);
        if (!isHeldBack)
        {
            await _storage.Segments.SetCurrentRunAsync(input.RunId, cancellationToken);
            _current?.Invalidate();
            WorkflowLog.RunActivated(_logger, input.RunId);
        }

        DateTime now = _clock.GetUtcNow().UtcDateTime;
        await _storage.Segments.SaveRunAsync(
            run with { Status = RunStatus.Completed, FinishedAt = known?.FinishedAt ?? now, ActivatedAt = isHeldBack ? null : now, Message = reason },
            cancellationToken);
        return new ActivateRunResult(!isHeldBack, reason);
    }
}
