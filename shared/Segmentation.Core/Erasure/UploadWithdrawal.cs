using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Erasure;

/// <summary>Withdraws uploads: their rows count no more, and neither the file nor its rows stay stored.</summary>
/// <remarks>
/// The record is marked first, so that a crash half-way is mended by withdrawing again or by the next run. It stays, with the tally of
/// the rows, for whoever asks what became of the upload. The caller sees to it that no run is in progress.
/// </remarks>
public sealed class UploadWithdrawal(SegmentationStorage storage, TimeProvider clock)
{
    /// <summary>Withdraws an upload. Once more changes nothing, or finishes what was interrupted.</summary>
    /// <param name="uploadId">The id of the upload.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The record, or null where there is no upload of that id.</returns>
    public async Task<UploadRecord?> WithdrawAsync(string uploadId, CancellationToken cancellationToken)
    {
        UploadRecord? record = (await UploadRecords.ReadAsync(storage.Clean, cancellationToken))
            .FirstOrDefault(record => record.Id == uploadId);
        if (record is null)
        {
            return null;
        }

        if (record.WithdrawnAt is null)
        {
            record = await MarkAsync(record, cancellationToken);
        }

        await FinishAsync(record, cancellationToken);
        return record;
    }

    /// <summary>
    /// Deletes what is left of an upload that was withdrawn; a file that was dropped under its name since is another upload.
    /// </summary>
    internal async Task FinishAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        BlobEntry? entry = await storage.Uploads.FindAsync(record.Name, cancellationToken);
        if (entry is not null && record.IsOf(entry))
        {
            await storage.Uploads.DeleteAsync(record.Name, cancellationToken);
        }

        await foreach (BlobEntry blob in storage.Clean.ListAsync(CleanBlobs.RowsOf(record.Id), cancellationToken))
        {
            await storage.Clean.DeleteAsync(blob.Name, cancellationToken);
        }

        if (storage.Quarantine is { } quarantine && (entry is null || record.IsOf(entry)))
        {
            await quarantine.DeleteAsync(record.Name, cancellationToken);
            await quarantine.DeleteAsync(CleanBlobs.QuarantineReason(record.Name), cancellationToken);
        }
    }

    private async Task<UploadRecord> MarkAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        // The file may have been touched, or restored, since it was read: the same content is withdrawn all the same.
        BlobEntry? entry = await storage.Uploads.FindAsync(record.Name, cancellationToken);
        bool isSame = entry is not null
            && record.RemovedIn(await StoredBytes.HashAsync(storage.Uploads, record.Name, cancellationToken)) is not null;
        record = record with
        {
            WithdrawnAt = clock.GetUtcNow().UtcDateTime,
            CleanKey = null,
            CleanBytes = 0,
            Error = null,
            Redaction = null,
            Bytes = isSame ? entry!.Length : record.Bytes,
            LastModified = isSame ? entry!.LastModified : record.LastModified,
            Version = isSame ? entry!.Version : record.Version,
        };
        await storage.Clean.WriteJsonAsync(CleanBlobs.Record(record.Id), record, WorkflowJson.Default.UploadRecord, cancellationToken);
        return record;
    }
}
