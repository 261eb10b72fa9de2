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
        Assert.Equal(0, figures["segmentation.run.customers.excluded"]);
        JsonElement selection = JsonElement.Parse(store.Result(run, "model-selection.json"));
        JsonElement chosen = selection.GetProperty("candidates").EnumerateArray().Single(one =>
            one.GetProperty("k").GetInt32() == 3
            && string.Equals(one.GetProperty("algorithm").GetString(), selection.GetProperty("chosen").GetProperty("algorithm").GetString(), StringComparison.Ordinal));
        foreach ((string metric, string field) in new[]
        {
            ("silhouette", "silhouette"), ("stability", "stability"), ("davies_bouldin", "daviesBouldin"), ("calinski_harabasz", "calinskiHarabasz"),
            ("smallest_share", "smallestShare"),
        })
        {
            Assert.Equal(chosen.GetProperty(field).GetDouble(), figures[$"segmentation.model.{metric}"]);
        }

        string[] told = [.. spans.Select(span => span.OperationName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                ActivityNames.ActivateRun, ActivityNames.AggregateShard, ActivityNames.CategorizeProducts, ActivityNames.CleanUpload, ActivityNames.FitCandidate, ActivityNames.FreezeInputs,
                ActivityNames.MergeSummaries, ActivityNames.PlanRun, ActivityNames.PublishShard, ActivityNames.SelectModel, ActivityNames.WriteRejects,
                ActivityNames.WriteReport,
            ],
            told,
            StringComparer.Ordinal);
        Assert.All(spans, span => Assert.Equal("done", span.GetTagItem("segmentation.outcome")));
        Assert.Equal(told.Sum(step => figures[$"seconds of {step}"]), spans.Count);
        Assert.Equal(total.GetProperty("rows").GetInt64(), SumOf(ActivityNames.CleanUpload, "segmentation.rows"));
        Assert.Equal(
            figures.Where(figure => figure.Key.StartsWith("segmentation.rows.rejected ", StringComparison.Ordinal)).Sum(figure => figure.Value),
            SumOf(ActivityNames.CleanUpload, "segmentation.rows.rejected"));
        Assert.Equal(
            4, spans.Where(span => span.OperationName == ActivityNames.CleanUpload).Select(span => span.GetTagItem("segmentation.upload.id")).Distinct().Count());
        Assert.Equal(30, SumOf(ActivityNames.AggregateShard, "segmentation.customers"));
        Assert.Equal(30, SumOf(ActivityNames.PublishShard, "segmentation.customers"));
        Assert.Equal(
            selection.GetProperty("candidates").EnumerateArray()
                .Where(one => !string.Equals(one.GetProperty("algorithm").GetString(), "ward", StringComparison.Ordinal))
                .Select(one => one.GetProperty("silhouette"))
                .Where(silhouette => silhouette.ValueKind == JsonValueKind.Number)
                .Select(silhouette => silhouette.GetDouble())
                .Order(),
            spans.Select(span => span.GetTagItem("segmentation.model.silhouette")).OfType<double>().Order());
        Assert.Equal(3, spans.Single(span => span.OperationName == ActivityNames.SelectModel).GetTagItem("segmentation.model.clusters"));

        long SumOf(string step, string figure) => spans.Where(span => span.OperationName == step)
            .Sum(span => Convert.ToInt64(span.GetTagItem(figure), System.Globalization.CultureInfo.InvariantCulture));

        void Hear(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (mine.Value)
            {
                if (name == "segmentation.step.duration")
                {
                    // What is counted is that each step told its seconds; how many they were is the machine's.
                    figures.AddOrUpdate($"seconds of {tags[0].Value}", 1, (_, before) => before + 1);
                    Assert.True(value >= 0);
                    return;
                }

                string key = tags.Length == 0 ? name : $"{name} {tags[0].Key}={tags[0].Value}";
                figures.AddOrUpdate(key, value, (_, before) => name.StartsWith("segmentation.run.", StringComparison.Ordinal) || name.StartsWith("segmentation.model.", StringComparison.Ordinal) ? value : before + value);
            }
        }
    }
}
