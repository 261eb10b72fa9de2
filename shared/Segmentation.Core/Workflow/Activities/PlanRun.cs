using Segmentation.Core.Erasure;
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
        // Decided once: a repetition that comes late finds other uploads, but the indexes of the plan are in use.
        if (await _storage.Runs.ExistsAsync(RunBlobs.Plan(request.RunId), cancellationToken))
        {
            CleanPlan plan = await _storage.Runs.ReadJsonAsync(
                RunBlobs.Plan(request.RunId), WorkflowJson.Default.CleanPlan, cancellationToken);
            return new PlanResult(plan.Uploads.Count);
        }

        string fingerprint = CleanFingerprint.Of(OptionsOf(request));
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Request(request.RunId), request, WorkflowJson.Default.RunRequest, cancellationToken);

        // Where nobody can tell who was erased, nothing may be published.
        ErasedSet erased = await _tombstones.ReadFreshAsync(cancellationToken);
        if (!erased.IsEmpty)
        {
            // Uploads lose rows of the erased when they are cleaned; what is not cleaned is looked through here.
            await new UploadScrub(_storage, erased).OverwriteOthersAsync(cancellationToken);
        }

        IReadOnlyList<UploadRecord> records = await UploadRecords.ReadAsync(_storage.Clean, cancellationToken);
        foreach (UploadRecord withdrawn in records.Where(record => record.WithdrawnAt is not null))
        {
            // What a crash left of it; else there is nothing to do.
            await _withdrawal.FinishAsync(withdrawn, cancellationToken);
        }

        Dictionary<string, UploadRecord> byName = records.ToDictionary(record => record.Name, StringComparer.Ordinal);
        Dictionary<string, SightedUpload>? settled = request.OnlySettled ? await SettledAsync(OptionsOf(request), cancellationToken) : null;
        var planned = new List<PlannedUpload>();
        await foreach (BlobEntry upload in _storage.Uploads.ListAsync("", cancellationToken))
        {
            if (!UploadNames.IsTransactions(upload.Name))
            {
                continue;
            }

            if (!UploadRecords.NeedsCleaning(byName.GetValueOrDefault(upload.Name), upload, fingerprint))
            {
                continue;
            }

            // One that was not seen settled may still be on its way: the watching host asks for another run when it has arrived.
            if (settled is null)
            {
                planned.Add(new PlannedUpload(upload.Name, upload.Length, upload.LastModified, request.RequestedAt, upload.Version));
            }
            else if (settled.TryGetValue(upload.Name, out SightedUpload? seen) && seen.Matches(upload))
            {
                planned.Add(new PlannedUpload(upload.Name, upload.Length, upload.LastModified, seen.Since, upload.Version));
            }
        }

        await FreezePreviousAsync(request.RunId, cancellationToken);
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Plan(request.RunId), new CleanPlan(planned), WorkflowJson.Default.CleanPlan, cancellationToken);
        return new PlanResult(planned.Count);
    }

    private async Task<Dictionary<string, SightedUpload>> SettledAsync(SegmentationOptions options, CancellationToken cancellationToken)
    {
        DateTime settledBy = _clock.GetUtcNow().UtcDateTime.AddSeconds(-options.Workflow.SettleSeconds);
        UploadSightings sightings = await UploadSightings.ReadAsync(_storage.Clean, cancellationToken);
        return sightings.Uploads.Where(upload => upload.Since <= settledBy).ToDictionary(upload => upload.Name, StringComparer.Ordinal);
    }

    /// <summary>Fixes the uploads of the run and their precedence: the time first seen, then the name.</summary>
    public async Task<FrozenInputs> FreezeInputsAsync(RunRequest request, CancellationToken cancellationToken)
    {
        SegmentationOptions options = OptionsOf(request);
        if (await _storage.Runs.ExistsAsync(RunBlobs.Inputs(request.RunId), cancellationToken))
        {
            return Frozen(await ReadInputsAsync(request.RunId, cancellationToken), request, options);
        }

        IReadOnlyList<UploadRecord> records =
            [.. (await UploadRecords.ReadAsync(_storage.Clean, cancellationToken)).Where(record => record.WithdrawnAt is null)];
        var last = new Dictionary<string, UploadRecord>(StringComparer.Ordinal);
        foreach (UploadRecord record in records.Where(record => record.CleanKey is not null))
        {
            last[record.Sha256] = record;
        }

        RunUpload[] uploads = [.. records.Select(record =>
            new RunUpload(record, IsTwin: record.CleanKey is not null && !ReferenceEquals(last[record.Sha256], record)))];
        long bytes = uploads.Where(upload => upload.TakesPart).Sum(upload => upload.Record.CleanBytes);
        int shards = options.Workflow.Shards ?? (int)Math.Clamp(bytes / BytesPerShard, LeastShards, MostShards);
        var inputs = new RunInputs(shards, uploads);
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Inputs(request.RunId), inputs, WorkflowJson.Default.RunInputs, cancellationToken);
        return Frozen(inputs, request, options);
    }

    private static FrozenInputs Frozen(RunInputs inputs, RunRequest request, SegmentationOptions options)
    {
        DateOnly? asOf = options.Rfm.AsOf switch
        {
            AsOfKind.Date => options.Rfm.AsOfDate,
            AsOfKind.Today => DateOnly.FromDateTime(request.RequestedAt),
            _ => null,
        };
        bool needsAsOf = asOf is null && options.Rfm.WindowDays is not null;
        return new FrozenInputs(inputs.Uploads.Count(upload => upload.TakesPart), inputs.Shards, asOf, needsAsOf);
    }
}
