using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>What is told of a run to whoever collects traces and metrics.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Every_activity_is_a_span_of_its_run_and_the_figures_are_those_of_the_ledger()
    {
        // Listeners hear every test of the process: spans are told apart by the run, figures by being heard within the run's own flow.
        string run = "telemetry-1";
        var spans = new ConcurrentBag<Activity>();
        var figures = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        var mine = new AsyncLocal<bool>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SegmentationTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("segmentation.run.id"), run))
                {
                    spans.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(activities);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == SegmentationTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument.Name, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument.Name, value, tags));
        meters.Start();
        mine.Value = true;
        Store store = new Store().WithThreeGroups();

        await store.RunAsync(run);

        JsonElement total = JsonElement.Parse(store.Result(run, "ledger.json")).GetProperty("total");
        foreach (string fate in new[] { "kept", "merged", "returned", "superseded" })
        {
            Assert.Equal(total.GetProperty(fate).GetInt64(), figures[$"segmentation.run.rows segmentation.outcome={fate}"]);
        }

        Assert.Equal(total.GetProperty("rejected").EnumerateObject().Sum(reason => reason.Value.GetInt64()), figures["segmentation.run.rows segmentation.outcome=rejected"]);
        Assert.Equal(total.GetProperty("rows").GetInt64(), figures["segmentation.rows"]);
        Assert.Equal(1, figures["segmentation.rows.rejected segmentation.reason=field-count"]);
        Assert.Equal(3, figures["segmentation.uploads segmentation.outcome=cleaned"]);
        Assert.Equal(1, figures["segmentation.uploads segmentation.outcome=unusable"]);
        Assert.Equal(30, figures["segmentation.run.customers"]);
        Assert.Equal(3, figures["segmentation.run.clusters"]);
        Assert.InRange(figures["segmentation.model.silhouette"], 0.5, 1);
        string[] told = [.. spans.Select(span => span.OperationName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                ActivityNames.ActivateRun, ActivityNames.AggregateShard, ActivityNames.CleanUpload, ActivityNames.FitCandidate, ActivityNames.FreezeInputs,
                ActivityNames.MergeSummaries, ActivityNames.PlanRun, ActivityNames.PublishShard, ActivityNames.SelectModel, ActivityNames.WriteRejects,
                ActivityNames.WriteReport,
            ],
            told,
            StringComparer.Ordinal);
        Assert.All(spans, span => Assert.Equal("done", span.GetTagItem("segmentation.outcome")));

        void Hear(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (mine.Value)
            {
                string key = tags.Length == 0 ? name : $"{name} {tags[0].Key}={tags[0].Value}";
                figures.AddOrUpdate(key, value, (_, before) => name.StartsWith("segmentation.run.", StringComparison.Ordinal) ? value : before + value);
            }
        }
    }
}
