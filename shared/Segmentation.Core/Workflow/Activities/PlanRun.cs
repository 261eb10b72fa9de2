using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    // One shard for this many bytes of cleaned rows; shards are the grain of parallel work, so never fewer than a few.
    private const long BytesPerShard = 32L << 20;
    private const int LeastShards = 4;
    private const int MostShards = 64;

    /// <summary>Stores the request and lists the uploads that are new, changed, or cleaned with other options.</summary>
    public async Task<PlanResult> PlanRunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        string fingerprint = CleanFingerprint.Of(OptionsOf(request));
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Request(request.RunId), request, WorkflowJson.Default.RunRequest, cancellationToken);

        var names = new List<string>();
        await foreach (BlobEntry upload in _storage.Uploads.ListAsync("", cancellationToken))
        {
            if (!UploadNames.IsTransactions(upload.Name))
            {
                continue;
            }

            UploadRecord? known = await UploadRecords.FindAsync(_storage.Clean, upload.Name, cancellationToken);
            if (known is null || known.Bytes != upload.Length || known.LastModified != upload.LastModified
                || known.Fingerprint != fingerprint)
            {
                names.Add(upload.Name);
            }
        }

        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Plan(request.RunId), new CleanPlan(names), WorkflowJson.Default.CleanPlan, cancellationToken);
        return new PlanResult(names.Count);
    }

    /// <summary>Fixes the uploads of the run and their precedence: the time first seen, then the name.</summary>
    public async Task<FrozenInputs> FreezeInputsAsync(RunRequest request, CancellationToken cancellationToken)
    {
        SegmentationOptions options = OptionsOf(request);
        IReadOnlyList<UploadRecord> records = await UploadRecords.ReadAsync(_storage.Clean, cancellationToken);
        var last = new Dictionary<string, UploadRecord>(StringComparer.Ordinal);
        foreach (UploadRecord record in records)
        {
            last[record.Sha256] = record;
        }

        RunUpload[] uploads = [.. records.Select(record =>
            new RunUpload(record, IsTwin: record.Error is null && !ReferenceEquals(last[record.Sha256], record)))];
        long bytes = uploads.Where(upload => upload.TakesPart).Sum(upload => upload.Record.CleanBytes);
        int shards = options.Workflow.Shards ?? (int)Math.Clamp(bytes / BytesPerShard, LeastShards, MostShards);
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Inputs(request.RunId), new RunInputs(shards, uploads), WorkflowJson.Default.RunInputs, cancellationToken);

        DateOnly? asOf = options.Rfm.AsOf switch
        {
            AsOfKind.Date => options.Rfm.AsOfDate,
            AsOfKind.Today => DateOnly.FromDateTime(request.RequestedAt),
            _ => null,
        };
        bool needsAsOf = asOf is null && options.Rfm.WindowDays is not null;
        return new FrozenInputs(uploads.Count(upload => upload.TakesPart), shards, asOf, needsAsOf);
    }
}
