using Segmentation.Core.Storage;

namespace Segmentation.Core.Workflow;

/// <summary>Makes a run in progress begin anew, because what is stored changes under it.</summary>
/// <remarks>The caller has stopped its activities. Interrupted at any moment, a request stands for the run.</remarks>
public sealed class RunRestart(SegmentationStorage storage, RunRequests requests, TimeProvider clock)
{
    /// <summary>Takes away all that the run in progress has written; it keeps its id and nothing else.</summary>
    /// <returns>The ids of the runs that begin anew: one, or none where no run is in progress.</returns>
    public async Task<IReadOnlyList<string>> RestartAsync(CancellationToken cancellationToken)
    {
        var restarted = new List<string>();
        string? current = await storage.Segments.FindCurrentRunAsync(cancellationToken);
        IReadOnlyList<RunRecord> runs = await storage.Segments.ListRunsAsync(cancellationToken);
        foreach (RunRecord run in runs.Where(run => run.Status == RunStatus.Running))
        {
            if (run.RunId == current)
            {
                // It was stopped between its last two writes: readers see it already.
                DateTime now = clock.GetUtcNow().UtcDateTime;
                RunRecord ended = run with { Status = RunStatus.Completed, FinishedAt = now, ActivatedAt = now };
                await storage.Segments.SaveRunAsync(ended, cancellationToken);
                continue;
            }

            // Its row is away for a moment: a request stands for it should the process be killed just then.
            await requests.RequestAsync(run.Cause, cancellationToken);
            await storage.Segments.DeleteRunAsync(run.RunId, cancellationToken);
            await foreach (BlobEntry blob in storage.Runs.ListAsync($"{run.RunId}/", cancellationToken))
            {
                await storage.Runs.DeleteAsync(blob.Name, cancellationToken);
            }

            RunRecord anew = run with { AsOf = null, Shards = 0, Customers = 0, Clusters = null };
            await storage.Segments.SaveRunAsync(anew, cancellationToken);
            restarted.Add(run.RunId);
        }

        return restarted;
    }
}
