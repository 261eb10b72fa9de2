using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow;

/// <summary>Removes what no reader and no later run needs: files between the steps of ended runs, runs beyond the number to keep, cleaned rows that no record names.</summary>
/// <remarks>The caller sees to it that no run is in progress. Interrupted at any moment, it goes on when it is called again.</remarks>
public sealed class RunRetention(SegmentationStorage storage, CurrentRun current)
{
    /// <summary>Sweeps the store.</summary>
    /// <param name="keepRuns">How many earlier runs stay beside the current one; as many that ended without results.</param>
    /// <param name="cancellationToken">Stops between two deletions.</param>
    /// <returns>The ids of the runs that were removed.</returns>
    public async Task<IReadOnlyList<string>> SweepAsync(int keepRuns, CancellationToken cancellationToken)
    {
        string? currentId = await storage.Segments.FindCurrentRunAsync(cancellationToken);
        IReadOnlyList<RunRecord> runs = await storage.Segments.ListRunsAsync(cancellationToken);
        RunRecord[] ended = [.. runs.Where(run => run.Status != RunStatus.Running)];
        string[] surplus =
        [
            .. ended.Where(run => run.Status == RunStatus.Completed && run.RunId != currentId).Skip(keepRuns)
                .Concat(ended.Where(run => run.Status != RunStatus.Completed).Skip(keepRuns))
                .Select(run => run.RunId),
        ];
        var removed = new List<string>();
        foreach (string runId in surplus)
        {
            // One that somebody has made current since stays.
            if (await current.DeleteUnlessCurrentAsync(runId, cancellationToken))
            {
                removed.Add(runId);
            }
        }

        var kept = runs.Select(run => run.RunId).Except(removed, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var endedIds = ended.Select(run => run.RunId).ToHashSet(StringComparer.Ordinal);
        await SweepRunsAsync(kept, endedIds, cancellationToken);
        await SweepRowsAsync(cancellationToken);
        return removed;
    }

    // Also takes what is left of a run whose row went in a sweep that was interrupted.
    private async Task SweepRunsAsync(HashSet<string> kept, HashSet<string> ended, CancellationToken cancellationToken)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        await foreach (BlobEntry blob in storage.Runs.ListAsync("", cancellationToken))
        {
            string runId = blob.Name.Split('/')[0];
            bool isOfSteps = blob.Name.StartsWith(RunBlobs.Steps(runId), StringComparison.Ordinal)
                || blob.Name.StartsWith(RunBlobs.Histories(runId), StringComparison.Ordinal);
            if (!kept.Contains(runId) && gone.Add(runId) && !await current.DeleteUnlessCurrentAsync(runId, cancellationToken))
            {
                kept.Add(runId);
            }

            if (!kept.Contains(runId) || (isOfSteps && ended.Contains(runId)))
            {
                await storage.Runs.DeleteAsync(blob.Name, cancellationToken);
            }
        }
    }

    private async Task SweepRowsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<UploadRecord> records = await UploadRecords.ReadAsync(storage.Clean, cancellationToken);
        var named = records.Where(record => record.CleanKey is not null)
            .SelectMany(record => new[] { CleanBlobs.Rows(record.CleanKey!), CleanBlobs.Rejects(record.CleanKey!) })
            .ToHashSet(StringComparer.Ordinal);
        await foreach (BlobEntry blob in storage.Clean.ListAsync(CleanBlobs.RowsFolder, cancellationToken))
        {
            if (!named.Contains(blob.Name))
            {
                await storage.Clean.DeleteAsync(blob.Name, cancellationToken);
            }
        }
    }
}
