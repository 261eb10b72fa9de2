using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Segmentation.Telemetry;

namespace Segmentation.Functions.Composition;

/// <summary>Sends the product's traces and metrics for as long as the app is up.</summary>
internal sealed class TelemetryExport(IConfiguration configuration) : IHostedService, IDisposable
{
    private OtlpExport? _export;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _export = OtlpExport.Start(configuration[OtlpExport.EndpointSetting]);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        // What is still to be sent is sent now: an instance that was scaled in gets no other time.
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _export?.Dispose();
        _export = null;
    }
}
