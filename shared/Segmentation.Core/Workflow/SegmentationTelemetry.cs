using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace Segmentation.Core.Workflow;

/// <summary>What the product tells of its work: traces and metrics that any host can collect under one name. Costs next to nothing where nobody listens.</summary>
/// <remarks>Ids of customers are in none of it.</remarks>
public static class SegmentationTelemetry
{
    /// <summary>The name of the source of traces and of the meter.</summary>
    public const string Name = "Segmentation";

    /// <summary>The version of the product.</summary>
    public static string Version { get; } =
        typeof(SegmentationTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    internal const string RunTag = "segmentation.run.id";
    internal const string StepTag = "segmentation.step";
    internal const string OutcomeTag = "segmentation.outcome";
    internal const string ReasonTag = "segmentation.reason";
    internal const string OperationTag = "segmentation.operation";
    internal const string StatusTag = "http.response.status_code";
    internal const string UploadTag = "segmentation.upload.id";
    internal const string ShardTag = "segmentation.shard";
    internal const string AlgorithmTag = "segmentation.model.algorithm";
    internal const string RowsName = "segmentation.rows";
    internal const string RejectedName = "segmentation.rows.rejected";
    internal const string CustomersName = "segmentation.customers";
    internal const string ClustersName = "segmentation.model.clusters";
    internal const string SilhouetteName = "segmentation.model.silhouette";
    internal const string StabilityName = "segmentation.model.stability";

    internal static readonly ActivitySource Source = new(Name, Version);

    private static readonly Meter Meter = new(Name, Version);

    internal static readonly Histogram<double> StepSeconds = Meter.CreateHistogram<double>(
        "segmentation.step.duration", "s", "Seconds of one activity of a run, by step and outcome.");

    internal static readonly Histogram<double> RequestSeconds = Meter.CreateHistogram<double>(
        "segmentation.request.duration", "s", "Seconds of one answer of the API, by operation and status.");

    internal static readonly Counter<long> Uploads = Meter.CreateCounter<long>(
        "segmentation.uploads", "{upload}", "Uploads that were cleaned, by whether they could be used.");

    internal static readonly Counter<long> Rows = Meter.CreateCounter<long>(
        RowsName, "{row}", "Rows of uploads that were read.");

    internal static readonly Counter<long> RejectedRows = Meter.CreateCounter<long>(
        RejectedName, "{row}", "Rows that were rejected by themselves, by reason.");

    internal static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "segmentation.runs", "{run}", "Runs that wrote their results.");

    internal static readonly Gauge<long> RunRows = Meter.CreateGauge<long>(
        "segmentation.run.rows", "{row}", "Rows of all uploads of the last run, by where they went.");

    internal static readonly Gauge<long> RunCustomers = Meter.CreateGauge<long>(
        "segmentation.run.customers", "{customer}", "Customers of the last run, the excluded ones included.");

    internal static readonly Gauge<long> RunExcluded = Meter.CreateGauge<long>(
        "segmentation.run.customers.excluded", "{customer}", "Customers of the last run that count in no figure, for they returned as much as they bought.");

    internal static readonly Gauge<long> RunClusters = Meter.CreateGauge<long>(
        "segmentation.run.clusters", "{cluster}", "Clusters of the model that the last run chose; 0 where it chose none.");

    internal static readonly Gauge<double> ModelSilhouette = Meter.CreateGauge<double>(
        SilhouetteName, null, "Silhouette of the model that the last run chose.");

    internal static readonly Gauge<double> ModelStability = Meter.CreateGauge<double>(
        StabilityName, null, "Bootstrap stability of the model that the last run chose.");

    internal static readonly Gauge<double> ModelDaviesBouldin = Meter.CreateGauge<double>(
        "segmentation.model.davies_bouldin", null, "Davies-Bouldin index of the model that the last run chose.");

    internal static readonly Gauge<double> ModelCalinskiHarabasz = Meter.CreateGauge<double>(
        "segmentation.model.calinski_harabasz", null, "Calinski-Harabasz index of the model that the last run chose.");

    internal static readonly Gauge<double> ModelSmallestShare = Meter.CreateGauge<double>(
        "segmentation.model.smallest_share", null, "Share of the customers in the smallest cluster of the model that the last run chose.");

    /// <summary>Adds a figure to the span of the step that goes on, if somebody collects it.</summary>
    internal static void Tell(string name, object? value)
    {
        if (Activity.Current is { } activity && activity.Source == Source)
        {
            activity.SetTag(name, value);
        }
    }

    /// <summary>Measures one piece of work as a span and in a histogram.</summary>
    internal static async Task<T> MeasureAsync<T>(
        string name, Histogram<double> histogram, TimeProvider clock, TagList tags, Func<Task<T>> work)
    {
        using Activity? activity = Source.StartActivity(name, ActivityKind.Internal, parentContext: default, tags);
        long start = clock.GetTimestamp();
        string outcome = "failed";
        try
        {
            T result = await work();
            outcome = "done";
            return result;
        }
        catch (OperationCanceledException)
        {
            outcome = "stopped";
            throw;
        }
        catch (Exception fault)
        {
            activity?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
            throw;
        }
        finally
        {
            activity?.SetTag(OutcomeTag, outcome);
            histogram.Record(
                clock.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>(StepTag, name), new KeyValuePair<string, object?>(OutcomeTag, outcome));
        }
    }
}
