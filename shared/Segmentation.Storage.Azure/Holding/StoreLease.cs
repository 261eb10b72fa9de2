using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure.Blobs;

namespace Segmentation.Storage.Azure.Holding;

/// <summary>Holds a store in a storage account for one process, by a lease of the blob <c>host.lock</c> in container <c>clean</c>.</summary>
/// <remarks>
/// The lease is renewed while <see cref="WorkAsync" /> goes on. A process that was killed leaves it to end by itself, <see cref="Duration" />
/// after the last renewal. Where the account cannot be reached the work stops before that, so that two processes never work at a time, and
/// goes on when the lease could be renewed.
/// </remarks>
public sealed class StoreLease : IAsyncDisposable
{
    /// <summary>How long a lease lasts that nobody renews.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    /// <summary>The blob, in container <c>clean</c>.</summary>
    public const string BlobName = "host.lock";

    // The work has the rest of the time to stop in: it asks its token between pieces of some hundred milliseconds.
    private static readonly TimeSpan SafeFor = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(4);

    // The clocks of the service and of this machine need not run alike.
    private static readonly TimeSpan LongestWait = Duration + TimeSpan.FromSeconds(5);

    private readonly BlockBlobClient _blob;
    private readonly BlobLeaseClient _lease;
    private readonly TimeProvider _time;
    private long _renewedAt;

    private StoreLease(BlockBlobClient blob, BlobLeaseClient lease, TimeProvider time, long renewedAt)
    {
        _blob = blob;
        _lease = lease;
        _time = time;
        _renewedAt = renewedAt;
    }

    /// <summary>Takes a store; where another process holds it, waits for as long as a lease of one that was killed lasts.</summary>
    /// <param name="storage">The store, opened by <see cref="AzureStorage" />.</param>
    /// <param name="self">Who takes it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="waiting">Told once, before the wait, of who holds it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StoreHeldException">It is still held.</exception>
    /// <exception cref="IOException">The account cannot be reached; <see cref="UnauthorizedAccessException" /> where it refuses.</exception>
    public static Task<StoreLease> TakeAsync(
        SegmentationStorage storage, StoreHolder self, TimeProvider time, Action<StoreHolder?> waiting, CancellationToken cancellationToken)
    {
        BlobContainerClient container = ContainerOf(storage);
        BlockBlobClient blob = container.GetBlockBlobClient(BlobName);
        BlobLeaseClient lease = blob.GetBlobLeaseClient();
        return StorageFaults.ExplainAsync($"Taking the store of the storage account '{container.AccountName}'", async () =>
        {
            long start = time.GetTimestamp();
            for (bool isFirst = true; true; isFirst = false)
            {
                long asked = time.GetTimestamp();
                if (await TryTakeAsync(container, blob, lease, cancellationToken))
                {
                    await WriteAsync(blob, self, new BlobRequestConditions { LeaseId = lease.LeaseId }, cancellationToken);
                    return new StoreLease(blob, lease, time, asked);
                }

                StoreHolder? holder = await FindHolderAsync(blob, cancellationToken);
                if (time.GetElapsedTime(start) > LongestWait)
                {
                    throw new StoreHeldException(holder);
                }

                if (isFirst)
                {
                    waiting(holder);
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
        }, cancellationToken);
    }

    /// <summary>The name of the account of a store.</summary>
    public static string AccountOf(SegmentationStorage storage) => ContainerOf(storage).AccountName;

    /// <summary>Works while the store is held; work that was stopped because the account could not be reached is begun again.</summary>
    /// <param name="work">What is done, until its token stops it; it must be able to begin again.</param>
    /// <param name="tell">Told why the work stands still, and null when it goes on.</param>
    /// <param name="cancellationToken">Stops the work for good.</param>
    /// <exception cref="StoreHeldException">Another process took the store.</exception>
    public async Task WorkAsync(Func<CancellationToken, Task> work, Action<string?> tell, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var held = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task working = work(held.Token);
            Task<string> keeping = KeepAsync(held.Token);
            bool isLapsed = await Task.WhenAny(working, keeping) == keeping;
            await held.CancelAsync();
            await Task.WhenAll(working, keeping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!isLapsed || working.IsFaulted)
            {
                await working;
                return;
            }

            tell(await keeping);
            await RegainAsync(cancellationToken);
            tell(null);
        }
    }

    /// <summary>Lets the store go.</summary>
    public async ValueTask DisposeAsync()
    {
        using var time = new CancellationTokenSource(AttemptTime, _time);
        try
        {
            await _lease.ReleaseAsync(cancellationToken: time.Token);
        }
        catch (Exception fault) when (StorageFaults.Are(fault, CancellationToken.None))
        {
            // It ends by itself, or somebody else has it.
        }
    }

    private static BlobContainerClient ContainerOf(SegmentationStorage storage) => storage.Clean is BlobContainer container
        ? container.Client
        : throw new ArgumentException("The store is in no storage account.", nameof(storage));

    private static async Task<bool> TryTakeAsync(
        BlobContainerClient container, BlockBlobClient blob, BlobLeaseClient lease, CancellationToken cancellationToken)
    {
        try
        {
            await lease.AcquireAsync(Duration, cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await MakeAsync(blob, cancellationToken);
            return await TryTakeAsync(container, blob, lease, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            return false;
        }
    }

    // There is nothing to lease before there is a blob. Of two that make it one comes too late.
    private static async Task MakeAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            await blob.UploadAsync(
                Stream.Null, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status is 409 or 412)
        {
            // It is there.
        }
    }

    private static async Task WriteAsync(BlockBlobClient blob, StoreHolder holder, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(holder, HolderJson.Default.StoreHolder));
        await blob.UploadAsync(json, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
    }

    private static async Task<StoreHolder?> FindHolderAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadResult found = await blob.DownloadContentAsync(cancellationToken);
            return JsonSerializer.Deserialize(found.Content.ToMemory().Span, HolderJson.Default.StoreHolder);
        }
        catch (Exception fault) when (fault is JsonException or RequestFailedException { Status: 404 })
        {
            // Its holder has not said yet who it is.
            return null;
        }
    }

    /// <summary>Renews the lease until it cannot be renewed in time.</summary>
    /// <returns>Why.</returns>
    private async Task<string> KeepAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait = RenewEvery;
        while (true)
        {
            await Task.Delay(wait, _time, cancellationToken);
            TimeSpan left = SafeFor - _time.GetElapsedTime(_renewedAt);
            string? fault = left > TimeSpan.Zero
                ? await TryRenewAsync(left < AttemptTime ? left : AttemptTime, cancellationToken)
                : "This process stood still.";
            if (fault is not null && _time.GetElapsedTime(_renewedAt) >= SafeFor)
            {
                return fault;
            }

            wait = fault is null ? RenewEvery : Pause;
        }
    }

    private async Task RegainAsync(CancellationToken cancellationToken)
    {
        while (await TryRenewAsync(AttemptTime, cancellationToken) is not null)
        {
            await Task.Delay(Pause, _time, cancellationToken);
        }
    }

    /// <summary>Renews the lease, also one that has ended and that nobody has taken since.</summary>
    /// <returns>Why it could not, or null.</returns>
    private async Task<string?> TryRenewAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(within, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        long asked = _time.GetTimestamp();
        try
        {
            await _lease.RenewAsync(cancellationToken: either.Token);
            _renewedAt = asked;
            return null;
        }
        catch (RequestFailedException fault) when (fault.Status is 404 or 409 or 412)
        {
            throw new StoreHeldException(await FindHolderAsync(_blob, cancellationToken));
        }
        catch (Exception fault) when (StorageFaults.Are(fault, cancellationToken))
        {
            return StorageFaults.Explain(fault, "Holding the store").Message;
        }
    }
}
