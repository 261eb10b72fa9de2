using System.Globalization;
using Segmentation.Core.Options;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    /// <summary>Writes all results of the run; the manifest, which names the others, comes last.</summary>
    public async Task<StepResult> WriteReportAsync(WriteReportInput input, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        (RunRequest request, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        RunInputs inputs = await ReadInputsAsync(input.RunId, cancellationToken);
        MergedSummary merged = await ReadMergedAsync(input.RunId, cancellationToken);
        SelectedModel selected = await ReadModelAsync(input.RunId, cancellationToken);
        var results = new ResultFiles(_storage.Runs, input.RunId);

        Dictionary<int, string> clusterNames = selected.Profiles.Where(profile => profile.Kind == SegmentProfile.ClusterKind)
            .ToDictionary(profile => int.Parse(profile.Id, CultureInfo.InvariantCulture), profile => profile.Name);
        await results.WriteTextAsync(
            CustomersFile.Name,
            (writer, token) => CustomersFile.WriteAsync(writer, ReadAssignmentsAsync(input.RunId, input.Shards, token), clusterNames),
            cancellationToken);
        await results.WriteJsonAsync(
            "profiles.json", new ProfilesDocument(selected.Profiles), ResultJson.Readable.ProfilesDocument, cancellationToken);
        await results.WriteJsonAsync(
            "model-selection.json", selected.Selection, ResultJson.Readable.ModelSelection, cancellationToken);

        UploadLedger[] ledgers =
            [.. inputs.Uploads.Select((upload, i) => new UploadLedger(upload.Record, merged.Ledgers[i], upload.IsTwin))];
        var total = new LedgerTally();
        foreach (UploadLedger ledger in ledgers)
        {
            total.Add(ledger.Tally);
        }

        await results.WriteJsonAsync(
            LedgerFile.Name, LedgerFile.Of(ledgers, total), ResultJson.Readable.LedgerDocument, cancellationToken);
        WrittenFiles rejects = await _storage.Runs.ReadJsonAsync(
            RunBlobs.Rejects(input.RunId), WorkflowJson.Default.WrittenFiles, cancellationToken);
        TransitionsDocument? transitions = await MergeTransitionsAsync(input, inputs, options, merged, selected, cancellationToken);
        if (transitions is not null)
        {
            await results.WriteJsonAsync(
                TransitionsFile, transitions, ResultJson.Readable.TransitionsDocument, cancellationToken);
        }

        string report = _report.Render(new RunReport
        {
            RunId = input.RunId,
            AsOf = merged.AsOf,
            Language = Languages.Parse(request.Language),
            Customers = merged.Customers,
            Excluded = merged.Excluded,
            Revenue = merged.Revenue,
            Profiles = selected.Profiles,
            Selection = selected.Selection,
            Uploads = ledgers,
            Total = total,
            Sales = merged.Sales,
            Transitions = transitions,
        });
        await results.WriteTextAsync("report.html", (writer, token) => writer.WriteAsync(report.AsMemory(), token), cancellationToken);

        double seconds = SecondsSince(start);
        await results.WriteJsonAsync(
            "manifest.json",
            new ManifestDocument
            {
                RunId = input.RunId,
                PreviousRunId = transitions?.PreviousRunId,
                AsOf = merged.AsOf,
                Version = SegmentationTelemetry.Version,
                Language = request.Language,
                Customers = merged.Customers,
                Inputs = inputs.Uploads.ToDictionary(upload => upload.Record.Name, upload => upload.Record.Sha256, StringComparer.Ordinal),
                Outputs = new SortedDictionary<string, string>(
                    results.Hashes.Concat(rejects.Hashes).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
                Options = OptionCatalog.Describe(options),
                Steps = new Dictionary<string, double>(input.Seconds, StringComparer.Ordinal) { ["report"] = input.Seconds["report"] + seconds },
            },
            ResultJson.Readable.ManifestDocument,
            cancellationToken);
        Tell(merged, selected.Selection, total);
        return new StepResult(SecondsSince(start));
    }

    private static void Tell(MergedSummary merged, ModelSelection selection, LedgerTally total)
    {
        SegmentationTelemetry.Runs.Add(1);
        SegmentationTelemetry.RunCustomers.Record(merged.Customers);
        SegmentationTelemetry.RunClusters.Record(selection.Chosen.K ?? 0);
        if (selection.Candidates.FirstOrDefault(one => one.Algorithm == selection.Chosen.Algorithm && one.K == selection.Chosen.K) is { Silhouette: { } silhouette, Stability: { } stability })
        {
            SegmentationTelemetry.ModelSilhouette.Record(silhouette);
            SegmentationTelemetry.ModelStability.Record(stability);
        }

        foreach ((string fate, long rows) in new[]
        {
            ("kept", total.Kept.Rows), ("merged", total.Merged.Rows), ("returned", total.Returned.Rows), ("superseded", total.Superseded.Rows),
            ("rejected", total.Rejected.Sum(reason => reason.Rows)),
        })
        {
            SegmentationTelemetry.RunRows.Record(rows, new KeyValuePair<string, object?>(SegmentationTelemetry.OutcomeTag, fate));
        }
    }

    private IAsyncEnumerable<SegmentAssignment> ReadAssignmentsAsync(string runId, int shards, CancellationToken cancellationToken) =>
        ReadSortedAsync(
            Enumerable.Range(0, shards).Select(shard => RunBlobs.ShardAssignments(runId, shard)),
            record => SegmentAssignmentRecord.Read(record.Span),
            customer => customer.CustomerId,
            cancellationToken);
}
