using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Segmentation.Core.Workflow;

namespace Segmentation.Telemetry;

/// <summary>Sends the traces and metrics of <see cref="SegmentationTelemetry" /> by OTLP to a collector, from either host.</summary>
/// <remarks>
/// Protocol, headers, intervals and the name of the service are the standard variables of OpenTelemetry, which the exporters read themselves:
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/.
/// </remarks>
public sealed class OtlpExport : IDisposable
{
    /// <summary>The setting that says where to send; nothing is sent where it is missing.</summary>
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private OtlpExport(TracerProvider? traces, MeterProvider? metrics)
    {
        _traces = traces;
        _metrics = metrics;
    }

    /// <summary>Whether anything is sent.</summary>
    public bool IsOn => _traces is not null;

    /// <summary>Begins to send.</summary>
    /// <param name="endpoint">The value of <see cref="EndpointSetting" />; the exporters read it too. Null or blank: nothing is sent.</param>
    public static OtlpExport Start(string? endpoint)
    {
        if (string.IsNullOrWhiteSpace(endpoint))
        {
            return new OtlpExport(null, null);
        }

        // Last, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
        ResourceBuilder resource = ResourceBuilder.CreateEmpty()
            .AddService(SegmentationTelemetry.Name, serviceVersion: SegmentationTelemetry.Version)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        return new OtlpExport(
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(SegmentationTelemetry.Name).AddOtlpExporter().Build(),
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(SegmentationTelemetry.Name).AddOtlpExporter().Build());
    }

    /// <summary>Sends what is left, for some seconds at most, and ends.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
