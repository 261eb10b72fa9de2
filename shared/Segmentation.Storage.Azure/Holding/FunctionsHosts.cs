using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure.Blobs;

namespace Segmentation.Storage.Azure.Holding;

/// <summary>Azure Functions hosts that are at work on a storage account, by the leases that they hold there.</summary>
public static class FunctionsHosts
{
    // Of the instances of an app one holds the blob locks/HOST/host.
    // https://github.com/Azure/azure-functions-host/wiki/Host-IDs and PrimaryHostCoordinator of the host.
    private const string Container = "azure-webjobs-hosts";
    private const string Folder = "locks/";
    private const string Lock = "/host";

    /// <summary>The id of a Functions host that is at work, or null where none is seen: an app that sleeps holds nothing.</summary>
    /// <exception cref="IOException">The account cannot be reached; <see cref="UnauthorizedAccessException" /> where it refuses.</exception>
    public static Task<string?> FindAsync(SegmentationStorage storage, CancellationToken cancellationToken)
    {
        BlobServiceClient service = ((BlobContainer)storage.Clean).Client.GetParentBlobServiceClient();
        return StorageFaults.ExplainAsync("Looking for a Functions host", async () =>
        {
            try
            {
                await foreach (BlobItem blob in service.GetBlobContainerClient(Container)
                    .GetBlobsAsync(BlobTraits.None, BlobStates.None, Folder, cancellationToken))
                {
                    if (blob.Name.EndsWith(Lock, StringComparison.Ordinal) && blob.Properties.LeaseState == LeaseState.Leased)
                    {
                        return blob.Name[Folder.Length..^Lock.Length];
                    }
                }
            }
            catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                // No Functions host has ever been here.
            }

            return null;
        }, cancellationToken);
    }
}
