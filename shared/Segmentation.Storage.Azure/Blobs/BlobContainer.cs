using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Segmentation.Core.Storage;

namespace Segmentation.Storage.Azure.Blobs;

/// <summary>A container of Blob Storage; it is made when it is first written.</summary>
/// <remarks>
/// A blob is committed when it is complete, so a writer that fails leaves nothing that anybody sees. A stream that was opened reads the
/// version that it was opened on: what it has not fetched when the blob is replaced or removed is an <see cref="IOException" />.
/// Of two that write one large blob at the same time, one may fail with an <see cref="IOException" />. Failures of the account are
/// <see cref="IOException" /> and <see cref="UnauthorizedAccessException" />.
/// </remarks>
/// <param name="container">The container.</param>
public sealed class BlobContainer(BlobContainerClient container) : IBlobContainer
{
    // On accounts with a hierarchical namespace folders are listed too, marked so.
    private const string FolderMark = "hdi_isfolder";

    /// <summary>The container as the service's library knows it.</summary>
    internal BlobContainerClient Client => container;

    /// <inheritdoc />
    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        BlobReadStream.OpenAsync(Blob(name), Describe(name), cancellationToken);

    /// <inheritdoc />
    public async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await using var stream = new BlobWriteStream(container, Blob(name), $"Writing {Describe(name)}");
        await write(stream, cancellationToken);
        await stream.CommitAsync(cancellationToken);
    }

    /// <inheritdoc />
    /// <remarks>
    /// The listing is read whole before the first entry: the order of the service is not the ordinal one. Blobs of other programs whose
    /// names are none here, with an empty part or a dot at the end, are left out: they could not be opened, and one would be in the way of all.
    /// </remarks>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<BlobEntry> entries = await StorageFaults.ExplainAsync(
            $"Listing '{prefix}' in container '{container.Name}'", () => ReadAllAsync(prefix, cancellationToken), cancellationToken);
        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (BlobEntry entry in entries)
        {
            yield return entry;
        }
    }

    /// <inheritdoc />
    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        BlockBlobClient blob = Blob(name);
        return StorageFaults.ExplainAsync($"Looking for {Describe(name)}", async () =>
        {
            try
            {
                BlobProperties found = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
                return new BlobEntry(name, found.ContentLength, found.LastModified) { Version = VersionOf(found.ETag) };
            }
            catch (RequestFailedException fault) when (fault.Status == 404)
            {
                return null;
            }
        }, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) is not null;

    /// <inheritdoc />
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        BlockBlobClient blob = Blob(name);
        return StorageFaults.ExplainAsync(
            $"Deleting {Describe(name)}",
            async () => (await blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken)).Value,
            cancellationToken);
    }

    private async Task<List<BlobEntry>> ReadAllAsync(string prefix, CancellationToken cancellationToken)
    {
        var entries = new List<BlobEntry>();
        try
        {
            await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken))
            {
                if (!blob.Metadata.ContainsKey(FolderMark) && BlobName.IsName(blob.Name))
                {
                    entries.Add(new BlobEntry(blob.Name, blob.Properties.ContentLength ?? 0, blob.Properties.LastModified ?? default)
                    {
                        Version = VersionOf(blob.Properties.ETag ?? default),
                    });
                }
            }
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // Nothing was written yet.
            entries.Clear();
        }

        return entries;
    }

    // A listing may give it without the quotes of the header.
    private static string VersionOf(ETag etag) => etag.ToString().Trim('"');

    private BlockBlobClient Blob(string name) => container.GetBlockBlobClient(BlobName.Check(name));

    private string Describe(string name) => $"blob '{name}' of container '{container.Name}'";
}
