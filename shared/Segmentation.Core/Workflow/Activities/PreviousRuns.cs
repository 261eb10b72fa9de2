using System.Runtime.CompilerServices;
using Segmentation.Core.Options;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

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

    private async Task<(PreviousRun? Run, SelectedModel? Model)> ReadPreviousAsync(string runId, CancellationToken cancellationToken) =>
        await FindPreviousAsync(runId, cancellationToken) is { } previous
            ? (previous, await ReadModelAsync(previous.RunId, cancellationToken))
            : (null, null);

    // A run that a version before this one has planned follows none.
    private async Task<PreviousRun?> FindPreviousAsync(string runId, CancellationToken cancellationToken) =>
        await _storage.Runs.ExistsAsync(RunBlobs.Previous(runId), cancellationToken)
            ? (await _storage.Runs.ReadJsonAsync(RunBlobs.Previous(runId), WorkflowJson.Default.FrozenPrevious, cancellationToken)).Previous
            : null;

    // Ids are given before anything is published, so the rows are read here too and not for the table of transitions alone.
    private async Task<Dictionary<string, int>> ReadFormerClustersAsync(
        AggregateShardInput input, RunInputs inputs, CancellationToken cancellationToken)
    {
        var clusters = new Dictionary<string, int>(StringComparer.Ordinal);
        if (await FindPreviousAsync(input.RunId, cancellationToken) is { } previous)
        {
            await foreach (SegmentAssignment customer in ReadBeforeAsync(previous, input.Shard, inputs.Shards, cancellationToken))
            {
                if (customer.Cluster is { } cluster)
                {
                    clusters.Add(customer.CustomerId, cluster);
                }
            }
        }

        return clusters;
    }

    // The customers of a shard as the previous run has them, whatever its number of shards.
    private async IAsyncEnumerable<SegmentAssignment> ReadBeforeAsync(
        PreviousRun previous, int shard, int shards, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (int old in CustomerBuckets.OfShard(shard, shards).Select(bucket => CustomerBuckets.ShardOf(bucket, previous.Shards)).Distinct())
        {
            await foreach (SegmentAssignment customer in _storage.Segments.ReadShardAsync(previous.RunId, old, cancellationToken))
            {
                if (CustomerBuckets.ShardOf(customer.CustomerId, shards) == shard)
                {
                    yield return customer;
                }
            }
        }
    }

    // Why the run should not replace the current one by itself, or null.
    private async Task<string?> FindDoubtAsync(
        string runId, SelectedModel selected, TransitionsDocument? transitions, CancellationToken cancellationToken)
    {
        string? current = await _storage.Segments.FindCurrentRunAsync(cancellationToken);
        RunRecord? before = current is null || current == runId ? null : await _storage.Segments.FindRunAsync(current, cancellationToken);
        if (before is null)
        {
            return null;
        }

        // Clusters that were switched off are missed by nobody.
        return before.Clusters is not null && selected.Selection.Chosen.K is null
            && (await ReadMergedAsync(runId, cancellationToken)).NoModel != NoModelCause.SwitchedOff
            ? selected.Selection.Chosen.Reason
            : transitions is { Drift.IsLarge: true } ? string.Join(' ', transitions.Drift.Reasons) : null;
    }

    // For the report, which is written before the gate decides and must say the same when it is written once more after that.
    private async Task<string?> WhyHeldBackAsync(
        string runId, SelectedModel selected, TransitionsDocument? transitions, SegmentationOptions options, CancellationToken cancellationToken)
    {
        if (await _storage.Segments.FindRunAsync(runId, cancellationToken) is { Status: RunStatus.Completed } ended)
        {
            return ended.ActivatedAt is null ? ended.Message : null;
        }

        string? doubt = await FindDoubtAsync(runId, selected, transitions, cancellationToken);
        return IsHeldBackBy(doubt, options) ? doubt : null;
    }

    private static bool IsHeldBackBy(string? doubt, SegmentationOptions options) =>
        doubt is not null && options.Workflow.Activate == ActivationPolicy.Gated;
}
