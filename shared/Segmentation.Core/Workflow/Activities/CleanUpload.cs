using Segmentation.Core.Erasure;
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
        (RunRequest request, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        CleanPlan plan = await _storage.Runs.ReadJsonAsync(
            RunBlobs.Plan(input.RunId), WorkflowJson.Default.CleanPlan, cancellationToken);
        PlannedUpload upload = plan.Uploads[input.Index];
        BlobEntry? entry = await _storage.Uploads.FindAsync(upload.Name, cancellationToken);

        // Another content since the plan was made has not been seen settled, and it came later: it is for the next run.
        bool isOther = entry is not null && !entry.IsStill(upload.Bytes, upload.LastModified, upload.Version);
        if (!request.OnlySettled || !isOther)
        {
            await CleanAsync(input.RunId, upload.Name, entry, upload.FirstSeen, options, cancellationToken);
        }

        return new StepResult(SecondsSince(start));
    }

    private async Task CleanAsync(
        string runId, string name, BlobEntry? entry, DateTime now, SegmentationOptions options, CancellationToken cancellationToken)
    {
        UploadRecord? known = await UploadRecords.FindAsync(_storage.Clean, name, cancellationToken);
        ErasedSet erased = await _tombstones.ReadFreshAsync(cancellationToken);
        if (known?.WithdrawnAt is not null && entry is not null && known.IsOf(entry))
        {
            // It was withdrawn since the plan was made.
            return;
        }

        if (entry is null && known is not null)
        {
            // It was deleted since the plan was made; that is no withdrawal, and what was cleaned earlier stays.
            return;
        }

        known = known?.WithdrawnAt is null ? known : null;

        var record = new UploadRecord
        {
            Id = UploadRecord.IdOf(name),
            Name = name,
            Sha256 = "",
            Bytes = entry?.Length ?? 0,
            LastModified = entry?.LastModified ?? default,
            Version = entry?.Version,
            FirstSeen = now,
            Fingerprint = CleanFingerprint.Of(options),
        };
        string stored = "";
        LineRanges lines = new();
        try
        {
            stored = await StoredBytes.HashAsync(_storage.Uploads, name, cancellationToken);
            record = Identify(record, known, stored);
            (record, lines) = await CleanKnownAsync(record, known, stored, options, erased, cancellationToken);
            BlobEntry after = await _storage.Uploads.FindAsync(name, cancellationToken) ?? throw new BlobNotFoundException(name);
            if (!record.IsOf(after))
            {
                throw new UploadDisturbedException();
            }

            if (!lines.IsEmpty)
            {
                record = await RedactAsync(record, stored, lines, cancellationToken);
            }

            record = erased.IsEmpty ? record : new UploadScrub(_storage, erased).RedactWarnings(record);
        }
        catch (UnusableUploadException fault)
        {
            record = record with { Error = new UploadError(fault.Message, fault.Line, fault.Advice) { IsDamage = fault.IsDamage }, CleanKey = null };
            if (!erased.IsEmpty && stored.Length > 0)
            {
                record = await new UploadScrub(_storage, erased).OverwriteUnusableAsync(record, stored, cancellationToken);
            }

            record = await QuarantineAsync(record, cancellationToken);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or BlobNotFoundException or UploadDisturbedException)
        {
            if (known?.CleanKey is not null)
            {
                // That is no withdrawal: what was cleaned earlier counts until another content is there and can be read.
                return;
            }

            record = Unread(record, fault);
        }

        await _storage.Clean.WriteJsonAsync(CleanBlobs.Record(record.Id), record, WorkflowJson.Default.UploadRecord, cancellationToken);
        Tell(runId, record);
    }

    private void Tell(string runId, UploadRecord record)
    {
        SegmentationTelemetry.Tell(SegmentationTelemetry.UploadTag, record.Id);
        SegmentationTelemetry.Tell(SegmentationTelemetry.RowsName, record.Tally.All.Rows);
        SegmentationTelemetry.Tell(SegmentationTelemetry.RejectedName, record.Tally.AllRejected().Rows);
        SegmentationTelemetry.Uploads.Add(
            1, new KeyValuePair<string, object?>(SegmentationTelemetry.OutcomeTag, record.Error is null ? "cleaned" : "unusable"));
        SegmentationTelemetry.Rows.Add(record.Tally.All.Rows);
        foreach (RejectionReason reason in RejectionReasons.All.Where(reason => record.Tally.Rejected[(int)reason].Rows > 0))
        {
            SegmentationTelemetry.RejectedRows.Add(
                record.Tally.Rejected[(int)reason].Rows, new KeyValuePair<string, object?>(SegmentationTelemetry.ReasonTag, reason.Name()));
        }

        if (record.Error is { } error)
        {
            WorkflowLog.UploadUnusable(_logger, runId, record.Id, record.Name, error.Message);
        }
        else
        {
            WorkflowLog.UploadCleaned(_logger, runId, record.Id, record.Name, record.Tally.All.Rows, record.Tally.AllRejected().Rows);
        }
    }

    // Without the hash of a content, so that the same bytes count as new when they can be read.
    private static UploadRecord Unread(UploadRecord record, Exception fault) => record with
    {
        Sha256 = "",
        CleanKey = null,
        IsUnread = true,
        Error = fault switch
        {
            BlobNotFoundException => new UploadError("The file is not there any more.", null, "Check that it is there and may be read."),
            UploadDisturbedException => new UploadError("The file changed while it was read.", null, "Upload it again when it is complete."),
            _ => new UploadError("Access to the file is denied.", null, "Check that it is there and may be read."),
        },
    };

    // The same content keeps its place among the uploads, also when rows were taken out of it since it was dropped.
    private static UploadRecord Identify(UploadRecord record, UploadRecord? known, string stored) =>
        known?.RemovedIn(stored) is { } removed
            ? record with
            {
                Sha256 = known.Sha256,
                StoredSha256 = stored == known.Sha256 ? null : stored,
                RemovedRows = removed,
                FirstSeen = known.FirstSeen,
            }
            : record with { Sha256 = stored };

    // What was cleaned already under these options, and holds nobody who was erased since, is not read again.
    private async Task<(UploadRecord Record, LineRanges Erased)> CleanKnownAsync(
        UploadRecord record,
        UploadRecord? known,
        string stored,
        SegmentationOptions options,
        ErasedSet erased,
        CancellationToken cancellationToken)
    {
        if (known?.RemovedIn(stored) is null)
        {
            return await CleanRowsAsync(record, null, options, erased, cancellationToken);
        }

        if (known is { Error: { IsDamage: true } error, StoredSha256: not null } && known.IsAtRest(stored))
        {
            // What was saved of a damaged file when ids were overwritten may read well now, but it is only a part.
            throw new UnusableUploadException(error.Message, error.Line, error.Advice) { IsDamage = true };
        }

        bool isAtRest = known.Redaction is null && (erased.IsEmpty || known.IsAtRest(stored));
        return isAtRest && known.Fingerprint == record.Fingerprint
            ? (known with { Bytes = record.Bytes, LastModified = record.LastModified, Version = record.Version }, new LineRanges())
            : await CleanRowsAsync(record, known, options, erased, cancellationToken);
    }

    private Task<UploadRecord> RedactAsync(UploadRecord record, string stored, LineRanges lines, CancellationToken cancellationToken)
    {
        RowTally erased = record.Tally.Rejected[(int)RejectionReason.ErasedCustomer];
        return new UploadRewrite(_storage).ReplaceAsync(
            record, stored, erased, new UploadContent(_storage.Uploads, record).Without(lines), cancellationToken);
    }

    private async Task<(UploadRecord Record, LineRanges Erased)> CleanRowsAsync(
        UploadRecord record, UploadRecord? known, SegmentationOptions options, ErasedSet erased, CancellationToken cancellationToken)
    {
        string key = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{record.Id}-{record.Sha256[..16]}-{record.FirstSeen.Ticks:x}-{record.Fingerprint}");
        key += erased.IsEmpty ? "" : CleanBlobs.ErasedMark + erased.Name;
        UploadReading? reading = known?.Reading;

        // A file that is blank but for its header could not be read again.
        bool isAllErased = record.RemovedRows.Rows > 0 && record.RemovedRows.Rows == known?.Tally.All.Rows;
        CleanedUploadSink? sink = null;
        long cleanBytes = 0;

        // Both files appear only when they are complete, and count only once the record names them.
        await _storage.Clean.WriteAsync(CleanBlobs.Rows(key), (rows, rowsToken) =>
            _storage.Clean.WriteAsync(CleanBlobs.Rejects(key), async (rejects, token) =>
            {
                sink = new CleanedUploadSink(
                    new CleanRowFileWriter(rows, CleanFingerprint.KeepsRaw(options)), new RecordStreamWriter(rejects));
                if (!isAllErased)
                {
                    reading = await UploadCleaning.ReadAsync(
                        openToken => _storage.Uploads.OpenReadAsync(record.Name, openToken),
                        record.FirstSeen, ImportOf(record, known, options.Import), options.Cleaning, erased, sink, token);
                    reading = SureAs(reading, record, known);
                }

                await sink.CompleteAsync(token);
                cleanBytes = rows.Position;
            }, rowsToken), cancellationToken);
        sink!.Tally.AddErased(record.RemovedRows);
        return (record with { CleanKey = key, CleanBytes = cleanBytes, Reading = reading, Tally = sink.Tally }, sink.Erased);
    }

    // What rows that are gone said is as sure as it was when they were there.
    private static UploadReading SureAs(UploadReading reading, UploadRecord record, UploadRecord? known) =>
        record.StoredSha256 is not null && known?.Reading is { Tables: [], Dialect.Confidence: { Count: > 0 } confidence }
            ? reading with { Dialect = reading.Dialect with { Confidence = confidence } }
            : reading;

    // Rows that were taken out of a file may have been those that said how it is to be read: what they said still holds.
    private static ImportOptions ImportOf(UploadRecord record, UploadRecord? known, ImportOptions import) =>
        record.StoredSha256 is not null && known?.Reading is { Tables: [], Dialect: var dialect }
            ? import with
            {
                Encoding = import.Encoding ?? dialect.Encoding,
                Delimiter = import.Delimiter ?? dialect.Delimiter[0],
                DecimalSeparator = import.DecimalSeparator ?? dialect.DecimalSeparator[0],
            }
            : import;

    private async Task<UploadRecord> QuarantineAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (_storage.Quarantine is not { } quarantine)
        {
            return record;
        }

        try
        {
            await using Stream upload = await _storage.Uploads.OpenReadAsync(record.Name, cancellationToken);
            await quarantine.WriteAsync(record.Name, (copy, token) => upload.CopyToAsync(copy, token), cancellationToken);
            await quarantine.WriteJsonAsync(CleanBlobs.QuarantineReason(record.Name), record.Error!, WorkflowJson.Default.UploadError, cancellationToken);
            return record;
        }
        catch (Exception fault) when (fault is PathTooLongException || (fault is IOException full && !StorageFaults.IsDiskFull(full)))
        {
            // A name that is too long for the reason's file, or that of a folder there: the upload itself stays where it is.
            string advice = $"{record.Error!.Advice} It could not be copied to quarantine ({fault.Message}).".TrimStart();
            return record with { Error = record.Error with { Advice = advice } };
        }
    }

    private sealed class UploadDisturbedException() : Exception("The file changed while it was read.");
}
