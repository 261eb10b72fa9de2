using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Functions.Runs;

/// <summary>Says whether an event about an upload is news: events come twice, late, and for files that are none of ours.</summary>
public sealed class UploadArrivals(SegmentationStorage storage)
{
    /// <summary>Why an event starts nothing, or null where a run is to clean the upload. Costs two reads, and none of the upload.</summary>
    /// <param name="name">The name of the upload.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public async Task<string?> WhyNotAsync(string name, CancellationToken cancellationToken)
    {
        if (!UploadNames.IsTransactions(name))
        {
            return "its name says that it holds no transactions.";
        }

        BlobEntry? upload;
        try
        {
            upload = await storage.Uploads.FindAsync(name, cancellationToken);
        }
        catch (ArgumentException fault)
        {
            return $"its name cannot be used: {fault.Message}";
        }

        if (upload is null)
        {
            return "it is not there any more.";
        }

        UploadRecord? known = await UploadRecords.FindAsync(storage.Clean, name, cancellationToken);
        return known is not null && known.IsOf(upload) && known.Redaction is null
            ? "it was cleaned already."
            : null;
    }
}
