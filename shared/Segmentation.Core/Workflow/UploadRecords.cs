using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow;

/// <summary>The records of all uploads that were seen.</summary>
public static class UploadRecords
{
    /// <summary>Reads all, in order of precedence: the time first seen, then the name.</summary>
    public static async Task<IReadOnlyList<UploadRecord>> ReadAsync(IBlobContainer clean, CancellationToken cancellationToken)
    {
        var records = new List<UploadRecord>();
        await foreach (BlobEntry blob in clean.ListAsync(CleanBlobs.Records, cancellationToken))
        {
            records.Add(await clean.ReadJsonAsync(blob.Name, WorkflowJson.Default.UploadRecord, cancellationToken));
        }

        return [.. records.OrderBy(record => record.FirstSeen).ThenBy(record => record.Name, StringComparer.Ordinal)];
    }

    /// <summary>Reads the record of an upload by its name, or null.</summary>
    public static async Task<UploadRecord?> FindAsync(IBlobContainer clean, string name, CancellationToken cancellationToken)
    {
        string blob = CleanBlobs.Record(UploadRecord.IdOf(name));
        return await clean.ExistsAsync(blob, cancellationToken)
            ? await clean.ReadJsonAsync(blob, WorkflowJson.Default.UploadRecord, cancellationToken)
            : null;
    }

    /// <summary>Whether an upload is new, changed, or cleaned with other options.</summary>
    /// <param name="known">What is known under its name, or null.</param>
    /// <param name="upload">What the storage shows.</param>
    /// <param name="fingerprint">Of the options in force.</param>
    internal static bool NeedsCleaning(UploadRecord? known, BlobEntry upload, string fingerprint) =>
        known is null || !known.IsOf(upload) || known.Fingerprint != fingerprint
        || known.Redaction is not null || known.IsUnread;
}
