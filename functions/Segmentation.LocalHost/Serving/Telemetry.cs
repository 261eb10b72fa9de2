using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Segmentation.Core.Workflow;

namespace Segmentation.LocalHost.Serving;

/// <summary>Sends traces and metrics where the standard variables of OpenTelemetry say; nowhere where they say nothing.</summary>
internal sealed class Telemetry : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private Telemetry(TracerProvider? traces, MeterProvider? metrics)
    {
        _traces = traces;
        _metrics = metrics;
    }

    /// <summary>Begins to send, where an endpoint is set. The exporters read it, and all other settings, themselves.</summary>
    public static Telemetry Start(IConfiguration environment)
    {
        if (string.IsNullOrWhiteSpace(environment[Endpoint]))
        {
            return new Telemetry(null, null);
        }

        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService(SegmentationTelemetry.Name, serviceVersion: SegmentationTelemetry.Version);
        return new Telemetry(
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(SegmentationTelemetry.Name).AddOtlpExporter().Build(),
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(SegmentationTelemetry.Name).AddOtlpExporter().Build());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
