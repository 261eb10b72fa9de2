using Segmentation.Core.Options;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    /// <summary>Records the run and makes it the one that readers see.</summary>
    /// <remarks>
    /// With <c>workflow.activate=gated</c> a run without a model of clusters does not replace a current run that has one: readers keep
    /// what they have until a person decides.
    /// </remarks>
    public async Task<ActivateRunResult> ActivateRunAsync(ActivateRunInput input, CancellationToken cancellationToken)
    {
        RunRecord? known = await _storage.Segments.FindRunAsync(input.RunId, cancellationToken);
        if (known?.ActivatedAt is not null)
        {
            // A repetition that comes late must not take readers back from a run that became current since.
            return new ActivateRunResult(Activated: true, Reason: null);
        }

        (RunRequest request, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        MergedSummary merged = await ReadMergedAsync(input.RunId, cancellationToken);
        RunInputs inputs = await ReadInputsAsync(input.RunId, cancellationToken);
        SelectedModel selected = await ReadModelAsync(input.RunId, cancellationToken);
        RunRecord run = (known ?? new RunRecord { RunId = input.RunId, Language = request.Language, RequestedAt = request.RequestedAt }) with
        {
            Status = RunStatus.Completed,
            AsOf = merged.AsOf,
            Shards = inputs.Shards,
            Customers = merged.Customers,
            Clusters = selected.Selection.Chosen.K,
            FinishedAt = known?.FinishedAt ?? _clock.GetUtcNow().UtcDateTime,
        };
        await _storage.Segments.SaveRunAsync(run, cancellationToken);

        string? current = await _storage.Segments.FindCurrentRunAsync(cancellationToken);
        RunRecord? before = current is null ? null : await _storage.Segments.FindRunAsync(current, cancellationToken);
        if (options.Workflow.Activate == ActivationPolicy.Gated && before?.Clusters is not null && selected.Selection.Chosen.K is null)
        {
            await _storage.Segments.SaveRunAsync(run with { Message = selected.Selection.Chosen.Reason }, cancellationToken);
            return new ActivateRunResult(Activated: false, selected.Selection.Chosen.Reason);
        }

        await _storage.Segments.SetCurrentRunAsync(input.RunId, cancellationToken);
        await _storage.Segments.SaveRunAsync(run with { ActivatedAt = _clock.GetUtcNow().UtcDateTime }, cancellationToken);
        return new ActivateRunResult(Activated: true, Reason: null);
    }
}
