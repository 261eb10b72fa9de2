using System.Security.Cryptography;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Erasure;

/// <summary>Replaces the file of an upload by what is left of it, so that a crash at any point is told from a new upload.</summary>
internal sealed class UploadRewrite(SegmentationStorage storage)
{
    /// <summary>Replaces the file: the record names the new bytes first, then the file is replaced.</summary>
    /// <param name="record">The record; it is stored with the replacement that begins.</param>
    /// <param name="sha256">SHA-256 of the bytes at rest.</param>
    /// <param name="removed">The rows that the new bytes lack.</param>
    /// <param name="rewriting">Makes the new bytes.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>
    /// The record of the new bytes, which the caller stores; the same one where nothing changes; with the replacement still to be made
    /// where the file has changed since.
    /// </returns>
    public async Task<UploadRecord> ReplaceAsync(
        UploadRecord record, string sha256, RowTally removed, Rewriting rewriting, CancellationToken cancellationToken)
    {
        BlobEntry? before = await storage.Uploads.FindAsync(record.Name, cancellationToken);
        string after = await StoredBytes.HashAsync(storage.Uploads, record.Name, rewriting, cancellationToken);
        if (after == sha256)
        {
            return record;
        }

        record = record with { Redaction = new PendingRedaction(after, removed) };
        await storage.Clean.WriteJsonAsync(CleanBlobs.Record(record.Id), record, WorkflowJson.Default.UploadRecord, cancellationToken);
        if (await storage.Uploads.FindAsync(record.Name, cancellationToken) != before)
        {
            // Another file was dropped meanwhile: the next run reads it, and takes out what must not be in it.
            return record;
        }

        await storage.Uploads.WriteAsync(record.Name, async (into, token) =>
        {
            using var sha = SHA256.Create();
            await using (var hashing = new CryptoStream(into, sha, CryptoStreamMode.Write, leaveOpen: true))
            {
                await StoredBytes.RewriteAsync(storage.Uploads, record.Name, hashing, rewriting, token);
            }

            if (Convert.ToHexStringLower(sha.Hash!) != after)
            {
                throw new IOException($"'{record.Name}' changed while rows were taken out of it; nothing was written.");
            }
        }, cancellationToken);
        return await ReplacedAsync(record, cancellationToken);
    }

    /// <summary>The record once the file is replaced.</summary>
    public async Task<UploadRecord> ReplacedAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        BlobEntry entry = await storage.Uploads.FindAsync(record.Name, cancellationToken) ?? throw new BlobNotFoundException(record.Name);
        return record with
        {
            StoredSha256 = record.Redaction!.Sha256,
            RemovedRows = record.Redaction.Removed,
            Redaction = null,
            Bytes = entry.Length,
            LastModified = entry.LastModified,
            Version = entry.Version,
        };
    }
}
