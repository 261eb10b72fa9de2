using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Erasure;

/// <summary>Takes erased customers out of uploads: the files, their cleaned and rejected rows, their copies in quarantine.</summary>
internal sealed class UploadScrub(SegmentationStorage storage, ErasedSet erased)
{
    private readonly UploadRewrite _rewrite = new(storage);
    private readonly TokenRedaction _tokens = new(erased);

    /// <summary>
    /// Scrubs all uploads. What was dropped and not cleaned yet is left to the next run, which takes the same rows out of it.
    /// </summary>
    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<UploadRecord> records = await UploadRecords.ReadAsync(storage.Clean, cancellationToken);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (UploadRecord record in records)
        {
            UploadRecord scrubbed = await ScrubAsync(record, cancellationToken);
            if (scrubbed.CleanKey is { } key)
            {
                keys.Add(CleanBlobs.Rows(key));
                keys.Add(CleanBlobs.Rejects(key));
            }
        }

        // Also rows that were cleaned with other options once, which no record names any more.
        await foreach (BlobEntry blob in storage.Clean.ListAsync(CleanBlobs.RowsFolder, cancellationToken))
        {
            if (!keys.Contains(blob.Name))
            {
                await storage.Clean.DeleteAsync(blob.Name, cancellationToken);
            }
        }

        await OverwriteOthersAsync(cancellationToken);
        string reason = CleanBlobs.QuarantineReason("");
        if (storage.Quarantine is { } quarantine)
        {
            await foreach (BlobEntry blob in quarantine.ListAsync("", cancellationToken))
            {
                // The reasons are documents of numbers too: what they say is redacted as text.
                await (blob.Name.EndsWith(reason, StringComparison.Ordinal)
                    ? RedactReasonAsync(quarantine, blob.Name, cancellationToken)
                    : OverwriteAsync(quarantine, blob.Name, cancellationToken));
            }
        }
    }

    /// <summary>Overwrites ids in the files among the uploads that hold no transactions, such as customers' attributes.</summary>
    public async Task OverwriteOthersAsync(CancellationToken cancellationToken)
    {
        await foreach (BlobEntry blob in storage.Uploads.ListAsync("", cancellationToken))
        {
            // One on its way is left alone, as its writer goes on; the tombstone takes the rows out when it has arrived.
            if (!UploadNames.IsTransactions(blob.Name) && !UploadNames.IsIgnored(blob.Name))
            {
                await OverwriteAsync(storage.Uploads, blob.Name, cancellationToken);
            }
        }
    }

    /// <summary>Overwrites ids in a file that cannot be used, and in what is said about it.</summary>
    /// <param name="record">The record of the file, with its error.</param>
    /// <param name="sha256">SHA-256 of the bytes at rest.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>The record, which the caller stores.</returns>
    public async Task<UploadRecord> OverwriteUnusableAsync(UploadRecord record, string sha256, CancellationToken cancellationToken)
    {
        UploadError error = record.Error!;
        string message = _tokens.Redact(error.Message);
        if (message != error.Message)
        {
            record = record with { Error = error with { Message = message } };
        }

        return await _tokens.IsNeededAsync(storage.Uploads, record.Name, cancellationToken)
            ? await _rewrite.ReplaceAsync(record, sha256, record.RemovedRows, _tokens.WriteAsync, cancellationToken)
            : record;
    }

    /// <summary>The record without ids in its warnings, which name parts of an archive; the same one where there are none.</summary>
    public UploadRecord RedactWarnings(UploadRecord record)
    {
        if (record.Reading is not { } reading)
        {
            return record;
        }

        string[] warnings = [.. reading.Warnings.Select(warning => _tokens.Redact(warning))];
        return warnings.SequenceEqual(reading.Warnings, StringComparer.Ordinal)
            ? record
            : record with { Reading = reading with { Warnings = warnings } };
    }

    private async Task<UploadRecord> ScrubAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        UploadRecord scrubbed = record;
        if (record.WithdrawnAt is null && record.CleanKey is not null)
        {
            scrubbed = await ScrubRowsAsync(record, cancellationToken);
        }
        else if (record.Error is not null && await HashAsync(record, cancellationToken) is { } hash)
        {
            UploadRecord current = await CurrentAsync(record, hash, cancellationToken);
            scrubbed = current.IsAtRest(hash) ? await OverwriteUnusableAsync(current, hash, cancellationToken) : record;
        }

        scrubbed = RedactWarnings(scrubbed);
        if (!ReferenceEquals(scrubbed, record))
        {
            await storage.Clean.WriteJsonAsync(
                CleanBlobs.Record(record.Id), scrubbed, WorkflowJson.Default.UploadRecord, cancellationToken);
        }

        return scrubbed;
    }

    private async Task<UploadRecord> ScrubRowsAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var rows = new CleanedRows(storage.Clean, record, erased);
        ErasedRows found = await rows.FindAsync(cancellationToken);
        if (found.Lines.Count == 0)
        {
            return record;
        }

        record = await ScrubFileAsync(record, found, cancellationToken);
        string key = KeyOf(record.CleanKey!);
        long bytes = await rows.CopyOthersAsync(key, cancellationToken);
        return record with { CleanKey = key, CleanBytes = bytes, Tally = found.MovedIn(record.Tally) };
    }

    private async Task<UploadRecord> ScrubFileAsync(UploadRecord record, ErasedRows found, CancellationToken cancellationToken)
    {
        if (await HashAsync(record, cancellationToken) is not { } hash)
        {
            return record;
        }

        // Other bytes than those that were cleaned are left to the next run, which reads them as they are.
        UploadRecord current = await CurrentAsync(record, hash, cancellationToken);
        if (!current.IsAtRest(hash))
        {
            return record;
        }

        var content = new UploadContent(storage.Uploads, current);
        LineRanges lines = await content.FindAsync(found.Lines, cancellationToken);
        return await _rewrite.ReplaceAsync(
            current, hash, current.RemovedRows + found.All, content.Without(lines), cancellationToken);
    }

    // The record without a replacement that has begun: it is complete, or will be made once more.
    private async Task<UploadRecord> CurrentAsync(UploadRecord record, string hash, CancellationToken cancellationToken)
    {
        if (record.Redaction is null)
        {
            return record;
        }

        return hash == record.Redaction.Sha256
            ? await _rewrite.ReplacedAsync(record, cancellationToken)
            : record with { Redaction = null };
    }

    private async Task<string?> HashAsync(UploadRecord record, CancellationToken cancellationToken) =>
        await storage.Uploads.ExistsAsync(record.Name, cancellationToken)
            ? await StoredBytes.HashAsync(storage.Uploads, record.Name, cancellationToken)
            : null;

    private string KeyOf(string key)
    {
        int mark = key.IndexOf(CleanBlobs.ErasedMark, StringComparison.Ordinal);
        return $"{(mark < 0 ? key : key[..mark])}{CleanBlobs.ErasedMark}{erased.Name}";
    }

    private async Task RedactReasonAsync(IBlobContainer quarantine, string name, CancellationToken cancellationToken)
    {
        UploadError error = await quarantine.ReadJsonAsync(name, WorkflowJson.Default.UploadError, cancellationToken);
        string message = _tokens.Redact(error.Message);
        if (message != error.Message)
        {
            await quarantine.WriteJsonAsync(name, error with { Message = message }, WorkflowJson.Default.UploadError, cancellationToken);
        }
    }

    private async Task OverwriteAsync(IBlobContainer container, string name, CancellationToken cancellationToken)
    {
        if (await _tokens.IsNeededAsync(container, name, cancellationToken))
        {
            await container.WriteAsync(
                name, (into, token) => StoredBytes.RewriteAsync(container, name, into, _tokens.WriteAsync, token), cancellationToken);
        }
    }
}
