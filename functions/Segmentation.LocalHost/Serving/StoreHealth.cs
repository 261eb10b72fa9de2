using Segmentation.Core.Api;

namespace Segmentation.LocalHost.Serving;

/// <summary>How well the host and the disk under the store are.</summary>
internal sealed class StoreHealth(string data, HostHealth health) : IHealthChecks
{
    private const long LeastFreeBytes = 100L << 20;
    private const string Probe = ".health";

    /// <inheritdoc />
    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        var checks = new List<HealthCheck> { await DiskAsync(cancellationToken) };
        checks.AddRange(health.Faults.Select(part => part.Value is { } fault
            ? new HealthCheck(part.Key, HealthStatus.Degraded, fault)
            : new HealthCheck(part.Key, HealthStatus.Healthy, "All is well.")));
        return checks;
    }

    // Written, not only asked: a disk may be full or read-only, whatever it says of itself.
    private async Task<HealthCheck> DiskAsync(CancellationToken cancellationToken)
    {
        const string name = "disk";
        string probe = Path.Combine(data, Probe);
        try
        {
            await File.WriteAllTextAsync(probe, "ok\n", cancellationToken);
            File.Delete(probe);
            long free = new DriveInfo(Path.GetFullPath(data)).AvailableFreeSpace;
            return free < LeastFreeBytes
                ? new HealthCheck(name, HealthStatus.Degraded, FormattableString.Invariant($"Only {free >> 20} MiB are free; free some space."))
                : new HealthCheck(name, HealthStatus.Healthy, FormattableString.Invariant($"{free >> 20} MiB are free."));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new HealthCheck(name, HealthStatus.Degraded, $"The store cannot be written: {fault.Message}");
        }
    }
}
