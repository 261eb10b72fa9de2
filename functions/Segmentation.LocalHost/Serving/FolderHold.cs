using Segmentation.Core.Api;
using Segmentation.Core.Storage;
using Segmentation.Storage.Files;

namespace Segmentation.LocalHost.Serving;

/// <summary>A store in a folder, held by a lock that ends with the process and never before.</summary>
internal sealed class FolderHold : IStoreHold
{
    private const long LeastFreeBytes = 100L << 20;
    private const string Probe = ".health";
    private readonly string _data;
    private readonly StoreLock _lock;

    private FolderHold(string data, StoreLock storeLock, SegmentationStorage storage)
    {
        _data = data;
        _lock = storeLock;
        Storage = storage;
    }

    /// <inheritdoc />
    public SegmentationStorage Storage { get; }

    /// <inheritdoc />
    public string UploadsPlace => UploadsOf(_data);

    /// <summary>Takes a store, and makes its folders where there are none.</summary>
    /// <exception cref="CommandFault">Another process holds it, or it cannot be used.</exception>
    public static FolderHold Take(string data)
    {
        StoreLock storeLock = StoreLock.Take(data);
        try
        {
            SegmentationStorage storage = FolderStorage.Open(data, isDurable: true);
            FolderStorage.Sweep(data);
            Directory.CreateDirectory(UploadsOf(data));
            return new FolderHold(data, storeLock, storage);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            storeLock.Dispose();
            throw new CommandFault(
                ExitCodes.Usage, $"--data: the store '{data}' cannot be used ({fault.Message}); choose a folder that you may read and write.");
        }
    }

    /// <inheritdoc />
    /// <remarks>Written, not only asked: a disk may be full or read-only, whatever it says of itself.</remarks>
    public async Task<HealthCheck> CheckAsync(CancellationToken cancellationToken)
    {
        const string name = "disk";
        string probe = Path.Combine(_data, Probe);
        try
        {
            await File.WriteAllTextAsync(probe, "ok\n", cancellationToken);
            File.Delete(probe);
            long free = new DriveInfo(Path.GetFullPath(_data)).AvailableFreeSpace;
            return free < LeastFreeBytes
                ? new HealthCheck(name, HealthStatus.Degraded, FormattableString.Invariant($"Only {free >> 20} MiB are free; free some space."))
                : new HealthCheck(name, HealthStatus.Healthy, FormattableString.Invariant($"{free >> 20} MiB are free."));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new HealthCheck(name, HealthStatus.Degraded, $"The store cannot be written: {fault.Message}");
        }
    }

    /// <inheritdoc />
    public Task WorkAsync(Func<CancellationToken, Task> work, Action<string?> tell, CancellationToken cancellationToken) => work(cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        (Storage.Segments as IDisposable)?.Dispose();
        _lock.Dispose();
        return default;
    }

    private static string UploadsOf(string data) => Path.Combine(data, "uploads");
}
