using System.Security.Cryptography;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    /// <summary>Cleans one upload of the plan. A file that cannot be used is recorded with the reason and copied to quarantine.</summary>
    public async Task<StepResult> CleanUploadAsync(CleanUploadInput input, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        (_, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        CleanPlan plan = await _storage.Runs.ReadJsonAsync(
            RunBlobs.Plan(input.RunId), WorkflowJson.Default.CleanPlan, cancellationToken);
        PlannedUpload upload = plan.Uploads[input.Index];
        await CleanAsync(upload.Name, upload.FirstSeen, options, cancellationToken);
        return new StepResult(SecondsSince(start));
    }

    private async Task CleanAsync(string name, DateTime now, SegmentationOptions options, CancellationToken cancellationToken)
    {
        UploadRecord? known = await UploadRecords.FindAsync(_storage.Clean, name, cancellationToken);
        BlobEntry? entry = await _storage.Uploads.FindAsync(name, cancellationToken);
        if (entry is null && known is not null)
        {
            // It was deleted since the plan was made; that is no withdrawal, and what was cleaned earlier stays.
            return;
        }

        var record = new UploadRecord
        {
            Id = UploadRecord.IdOf(name),
            Name = name,
            Sha256 = "",
            Bytes = entry?.Length ?? 0,
            LastModified = entry?.LastModified ?? default,
            FirstSeen = now,
            Fingerprint = CleanFingerprint.Of(options),
        };
        try
        {
            record = record with { Sha256 = await HashAsync(name, cancellationToken) };
            record = await CleanKnownAsync(record, known, options, cancellationToken);
            BlobEntry after = await _storage.Uploads.FindAsync(name, cancellationToken) ?? throw new BlobNotFoundException(name);
            if (after.Length != record.Bytes || after.LastModified != record.LastModified)
            {
                throw new UnusableUploadException(
                    "The file changed while it was read.", advice: "Upload it again when it is complete.");
            }
        }
        catch (UnusableUploadException fault)
        {
            record = record with { Error = new UploadError(fault.Message, fault.Line, fault.Advice), CleanKey = null };
            await QuarantineAsync(record, cancellationToken);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or BlobNotFoundException)
        {
            record = record with { Error = new UploadError(CannotBeOpened(fault), null, "Check that it is there and may be read."), CleanKey = null };
        }

        await _storage.Clean.WriteJsonAsync(CleanBlobs.Record(record.Id), record, WorkflowJson.Default.UploadRecord, cancellationToken);
    }

    private static string CannotBeOpened(Exception fault) =>
        fault is BlobNotFoundException ? "The file is not there any more." : "Access to the file is denied.";

    private async Task<UploadRecord> CleanKnownAsync(
        UploadRecord record, UploadRecord? known, SegmentationOptions options, CancellationToken cancellationToken)
    {
        if (known?.Sha256 != record.Sha256)
        {
            return await CleanRowsAsync(record, options, cancellationToken);
        }

        return known.Fingerprint == record.Fingerprint
            ? known with { Bytes = record.Bytes, LastModified = record.LastModified }
            : await CleanRowsAsync(record with { FirstSeen = known.FirstSeen }, options, cancellationToken);
    }

    private async Task<UploadRecord> CleanRowsAsync(UploadRecord record, SegmentationOptions options, CancellationToken cancellationToken)
    {
        string key = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{record.Id}-{record.Sha256[..16]}-{record.FirstSeen.Ticks:x}-{record.Fingerprint}");
        UploadReading? reading = null;
        CleanedUploadSink? sink = null;
        long cleanBytes = 0;

        // Both files appear only when they are complete, and count only once the record names them.
        await _storage.Clean.WriteAsync(CleanBlobs.Rows(key), (rows, rowsToken) =>
            _storage.Clean.WriteAsync(CleanBlobs.Rejects(key), async (rejects, token) =>
            {
                sink = new CleanedUploadSink(
                    new CleanRowFileWriter(rows, CleanFingerprint.KeepsRaw(options)), new RecordStreamWriter(rejects));
                reading = await UploadCleaning.ReadAsync(
                    openToken => _storage.Uploads.OpenReadAsync(record.Name, openToken),
                    record.FirstSeen, options.Import, options.Cleaning, sink, token);
                await sink.CompleteAsync(token);
                cleanBytes = rows.Position;
            }, rowsToken), cancellationToken);
        return record with { CleanKey = key, CleanBytes = cleanBytes, Reading = reading, Tally = sink!.Tally };
    }

    private async Task QuarantineAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (_storage.Quarantine is not { } quarantine)
        {
            return;
        }

        await using Stream upload = await _storage.Uploads.OpenReadAsync(record.Name, cancellationToken);
        await quarantine.WriteAsync(record.Name, (copy, token) => upload.CopyToAsync(copy, token), cancellationToken);
        await quarantine.WriteJsonAsync($"{record.Name}.error.json", record.Error!, WorkflowJson.Default.UploadError, cancellationToken);
    }

    private async Task<string> HashAsync(string name, CancellationToken cancellationToken)
    {
        await using Stream stream = await _storage.Uploads.OpenReadAsync(name, cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
