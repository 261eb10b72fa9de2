using Segmentation.Core.Options;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    /// <summary>The result that holds what changed since the previous run.</summary>
    public const string TransitionsFile = "transitions.json";

    // What the figures of customers depend on.
    private static readonly string[] FigureOptions = ["import.", "cleaning.", "rfm."];

    // Where the customers of the shard were in the previous run, whatever its number of shards. Memory: the shard, once more.
    private async Task WriteTransitionsAsync(
        PublishShardInput input, IReadOnlyList<SegmentAssignment> assignments, PreviousRun? previous, CancellationToken cancellationToken)
    {
        if (previous is null)
        {
            return;
        }

        RunInputs inputs = await ReadInputsAsync(input.RunId, cancellationToken);
        SelectedModel selected = await ReadModelAsync(input.RunId, cancellationToken);
        SelectedModel earlier = await ReadModelAsync(previous.RunId, cancellationToken);
        var before = new Dictionary<string, SegmentAssignment>(StringComparer.Ordinal);
        await foreach (SegmentAssignment customer in ReadBeforeAsync(previous, input.Shard, inputs.Shards, cancellationToken))
        {
            before.Add(customer.CustomerId, customer);
        }

        int customersBefore = before.Count;
        var moves = new CustomerMoves(earlier.Model, selected.Model);
        foreach (SegmentAssignment customer in assignments)
        {
            before.Remove(customer.CustomerId, out SegmentAssignment? was);
            moves.Add(was, customer);
        }

        foreach (SegmentAssignment gone in before.Values)
        {
            moves.Add(gone, null);
        }

        await _storage.Runs.WriteJsonAsync(
            RunBlobs.ShardTransitions(input.RunId, input.Shard),
            new ShardTransitions(customersBefore, moves.Clusters.Cells, moves.Named.Cells),
            WorkflowJson.Default.ShardTransitions,
            cancellationToken);
    }

    private async Task<TransitionsDocument?> MergeTransitionsAsync(
        WriteReportInput input,
        RunInputs inputs,
        SegmentationOptions options,
        MergedSummary merged,
        SelectedModel selected,
        CancellationToken cancellationToken)
    {
        if (selected.Continuity is not { } continuity)
        {
            return null;
        }

        SelectedModel earlier = await ReadModelAsync(continuity.Previous.RunId, cancellationToken);
        var clusters = new SegmentTransitions();
        var named = new SegmentTransitions();
        long before = 0;
        for (int shard = 0; shard < input.Shards; shard++)
        {
            ShardTransitions part = await _storage.Runs.ReadJsonAsync(
                RunBlobs.ShardTransitions(input.RunId, shard), WorkflowJson.Default.ShardTransitions, cancellationToken);
            before += part.Before;
            part.Clusters.ToList().ForEach(clusters.Add);
            part.Named.ToList().ForEach(named.Add);
        }

        bool bothHaveClusters = earlier.Model.Centroids is not null && selected.Model.Centroids is not null;
        long gone = named.Cells.Where(cell => cell.To is null).Sum(cell => cell.Customers);
        ExpectedChange expected = await ExpectedChangeAsync(continuity.Previous.RunId, inputs, options, cancellationToken);
        Language language = Languages.Parse((await ReadRequestAsync(input.RunId, cancellationToken)).Request.Language);
        return new TransitionsDocument
        {
            PreviousRunId = continuity.Previous.RunId,
            PreviousAsOf = continuity.Previous.AsOf,
            AsOf = merged.AsOf,
            CustomersBefore = before,
            Customers = merged.Customers,
            New = named.Cells.Where(cell => cell.From is null).Sum(cell => cell.Customers),
            Gone = gone,
            Matches = continuity.Clusters,
            Clusters = bothHaveClusters
                ? TransitionTables.Of(clusters, earlier.Profiles, selected.Profiles, SegmentProfile.ClusterKind, language)
                : null,
            Named = TransitionTables.Of(named, earlier.Profiles, selected.Profiles, SegmentProfile.NamedKind, language),
            Drift = DriftRule.Judge(continuity.Drift, before, gone, expected, language),
        };
    }

    private async Task<ExpectedChange> ExpectedChangeAsync(
        string previousId, RunInputs inputs, SegmentationOptions options, CancellationToken cancellationToken)
    {
        if (!await _storage.Runs.ExistsAsync(RunBlobs.Result(previousId, "manifest.json"), cancellationToken))
        {
            return ExpectedChange.None;
        }

        ManifestDocument manifest = await _storage.Runs.ReadJsonAsync(
            RunBlobs.Result(previousId, "manifest.json"), ResultJson.Readable.ManifestDocument, cancellationToken);

        // Uploads stay for ever but for those that a person withdraws.
        if (manifest.Inputs.Keys.Except(inputs.Uploads.Select(upload => upload.Record.Name), StringComparer.Ordinal).Any())
        {
            return ExpectedChange.Withdrawal;
        }

        IReadOnlyDictionary<string, string> now = OptionCatalog.Describe(options);
        return FigureOptions.Any(prefix => !Of(manifest.Options, prefix).SetEquals(Of(now, prefix))) ? ExpectedChange.Options : ExpectedChange.None;

        static HashSet<string> Of(IReadOnlyDictionary<string, string> all, string prefix) => all
            .Where(option => option.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(option => $"{option.Key}={option.Value}")
            .ToHashSet(StringComparer.Ordinal);
    }
}
