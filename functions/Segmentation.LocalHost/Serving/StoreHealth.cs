using Segmentation.Core.Api;

namespace Segmentation.LocalHost.Serving;

/// <summary>How well the host and what is under the store are.</summary>
internal sealed class StoreHealth(IStoreHold hold, HostHealth health) : IHealthChecks
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(CancellationToken cancellationToken) =>
    [
        await hold.CheckAsync(cancellationToken),
        .. health.Faults.Select(part => part.Value is { } fault
            ? new HealthCheck(part.Key, HealthStatus.Degraded, fault)
            : new HealthCheck(part.Key, HealthStatus.Healthy, "All is well.")),
    ];
}
