using System.Globalization;
using System.Runtime.CompilerServices;
using Segmentation.Core.Options;
using Segmentation.Core.Products;
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
        CategorizedProducts products = await ReadCategoriesAsync(input.RunId, cancellationToken);
        var interests = new SegmentInterests(products.Categories.Count);
        await results.WriteTextAsync(
            CustomersFile.Name,
            (writer, token) => CustomersFile.WriteAsync(
                writer, ReadCustomersWithInterestsAsync(input, interests, token), clusterNames, products.Categories),
            cancellationToken);
        CategoriesDocument? categories = products.Categories.Count > 0 ? CategoriesFile.Of(products, interests, selected.Profiles) : null;
        if (categories is not null)
        {
            await results.WriteJsonAsync(CategoriesFile.Name, categories, ResultJson.Readable.CategoriesDocument, cancellationToken);
        }

        Language language = Languages.Parse(request.Language);
        QualityDocument quality = QualityFile.Of(products.Findings, language);
        await results.WriteJsonAsync(QualityFile.Name, quality, ResultJson.Readable.QualityDocument, cancellationToken);
        await results.WriteJsonAsync(
            "profiles.json", new ProfilesDocument(selected.Profiles), ResultJson.Readable.ProfilesDocument, cancellationToken);
        await results.WriteJsonAsync(
            "model-selection.json", selected.Selection, ResultJson.Readable.ModelSelection, cancellationToken);

        var corrected = new CorrectedUploads(inputs.Uploads);
        UploadLedger[] ledgers =
            [.. inputs.Uploads.Select((upload, i) => new UploadLedger(corrected.WithWarning(i), merged.Ledgers[i], upload.IsTwin))];
        var total = new LedgerTally();
        foreach (UploadLedger ledger in ledgers)
        {
            total.Add(ledger.Tally);
        }

        await results.WriteJsonAsync(
            LedgerFile.Name, LedgerFile.Of(ledgers, total, merged.Sales.ByNonProduct), ResultJson.Readable.LedgerDocument, cancellationToken);
        WrittenFiles rejects = await _storage.Runs.ReadJsonAsync(
            RunBlobs.Rejects(input.RunId), WorkflowJson.Default.WrittenFiles, cancellationToken);
        TransitionsDocument? transitions = await MergeTransitionsAsync(input, inputs, options, merged, selected, cancellationToken);
        if (transitions is not null)
        {
            await results.WriteJsonAsync(
                TransitionsFile, transitions, ResultJson.Readable.TransitionsDocument, cancellationToken);
        }

        // The gate is asked again when the run is activated; only a person who flips the pointer in between could change its answer.
        string? heldBack = await WhyHeldBackAsync(input.RunId, selected, transitions, options, cancellationToken);
        string report = _report.Render(new RunReport
        {
            RunId = input.RunId,
            AsOf = merged.AsOf,
            Language = language,
            Customers = merged.Customers,
            Excluded = merged.Excluded,
            Revenue = merged.Revenue,
            Profiles = selected.Profiles,
            Selection = selected.Selection,
            Uploads = ledgers,
            Total = total,
            Sales = merged.Sales,
            Categories = categories,
            Quality = quality,
            Transitions = transitions,
            HeldBack = heldBack,
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
                    results.Hashes.Concat(rejects.Hashes).Concat(products.Files.Hashes).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
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
        SegmentationTelemetry.RunExcluded.Record(merged.Excluded);
        SegmentationTelemetry.Tell(SegmentationTelemetry.RowsName, total.All.Rows);
        SegmentationTelemetry.Tell(SegmentationTelemetry.CustomersName, merged.Customers);
        SegmentationTelemetry.RunClusters.Record(selection.Chosen.K ?? 0);
        if (selection.Candidates.FirstOrDefault(one => one.Algorithm == selection.Chosen.Algorithm && one.K == selection.Chosen.K) is { } chosen)
        {
            Record(SegmentationTelemetry.ModelSilhouette, chosen.Silhouette);
            Record(SegmentationTelemetry.ModelStability, chosen.Stability);
            Record(SegmentationTelemetry.ModelDaviesBouldin, chosen.DaviesBouldin);
            Record(SegmentationTelemetry.ModelCalinskiHarabasz, chosen.CalinskiHarabasz);
            Record(SegmentationTelemetry.ModelSmallestShare, chosen.SmallestShare);
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

    // What is undefined is not told.
    private static void Record(System.Diagnostics.Metrics.Gauge<double> gauge, double? value)
    {
        if (value is { } defined)
        {
            gauge.Record(defined);
        }
    }

    // Both in ordinal order of the ids. A customer of lines that name no product has no interests.
    private async IAsyncEnumerable<(SegmentAssignment Assignment, CustomerInterests? Interests)> ReadCustomersWithInterestsAsync(
        WriteReportInput input, SegmentInterests segments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<CustomerInterests> interests =
            ReadInterestsAsync(input.RunId, input.Shards, cancellationToken).GetAsyncEnumerator(cancellationToken);
        bool hasNext = await interests.MoveNextAsync();
        await foreach (SegmentAssignment assignment in ReadAssignmentsAsync(input.RunId, input.Shards, cancellationToken))
        {
            if (!hasNext || interests.Current.CustomerId != assignment.CustomerId)
            {
                yield return (assignment, null);
                continue;
            }

            segments.Add(assignment, interests.Current);
            yield return (assignment, interests.Current);
            hasNext = await interests.MoveNextAsync();
        }
    }

    private IAsyncEnumerable<SegmentAssignment> ReadAssignmentsAsync(string runId, int shards, CancellationToken cancellationToken) =>
        ReadSortedAsync(
            Enumerable.Range(0, shards).Select(shard => RunBlobs.ShardAssignments(runId, shard)),
            record => SegmentAssignmentRecord.Read(record.Span),
            customer => customer.CustomerId,
            cancellationToken);
}
