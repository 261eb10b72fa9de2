using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Segmentation.Core.Erasure;
using Segmentation.Core.Options;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Workflow;

/// <summary>The activities of a run. Each is idempotent: run twice, it leaves the same blobs and returns the same figures (but for seconds).</summary>
/// <remarks>Thread-safe; hosts call it by <see cref="InvokeAsync" /> or by the methods.</remarks>
public sealed partial class SegmentationActivities
{
    private readonly SegmentationStorage _storage;
    private readonly TimeProvider _clock;
    private readonly IRunReport _report;
    private readonly CurrentRun? _current;
    private readonly ILogger _logger;
    private readonly Tombstones _tombstones;
    private readonly UploadWithdrawal _withdrawal;

    /// <summary>Activities on a storage.</summary>
    /// <param name="storage">Where everything is stored.</param>
    /// <param name="clock">Measures seconds and dates the end of a run.</param>
    /// <param name="report">Renders the report of a run.</param>
    /// <param name="current">What readers of this process see, told when a run makes itself current; null where nobody reads.</param>
    /// <param name="logger">Takes what is worth a line; null for nobody.</param>
    public SegmentationActivities(
        SegmentationStorage storage, TimeProvider clock, IRunReport report, CurrentRun? current = null, ILogger<SegmentationActivities>? logger = null)
    {
        _logger = logger ?? NullLogger<SegmentationActivities>.Instance;
        _current = current;
        _storage = storage;
        _clock = clock;
        _report = report;
        _tombstones = new Tombstones(storage.Clean, clock);
        _withdrawal = new UploadWithdrawal(storage, clock);
    }

    /// <summary>Calls an activity by name with its input as JSON, and tells of it as a span and in the histogram of steps.</summary>
    /// <exception cref="ArgumentException">There is no activity of that name.</exception>
    public Task<JsonElement> InvokeAsync(string name, JsonElement input, CancellationToken cancellationToken)
    {
        // Every input names its run.
        string? runId = input.TryGetProperty("runId", out JsonElement named) ? named.GetString() : null;
        var tags = new TagList { { SegmentationTelemetry.RunTag, runId } };
        return SegmentationTelemetry.MeasureAsync(
            name, SegmentationTelemetry.StepSeconds, _clock, tags, () => CallAndLogAsync(runId, name, input, cancellationToken));
    }

    private async Task<JsonElement> CallAndLogAsync(string? runId, string name, JsonElement input, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        JsonElement result = await CallAsync(name, input, cancellationToken);
        WorkflowLog.StepDone(_logger, runId, name, SecondsSince(start));
        return result;
    }

    private async Task<JsonElement> CallAsync(string name, JsonElement input, CancellationToken cancellationToken) => name switch
    {
        ActivityNames.PlanRun => Json(await PlanRunAsync(Read<RunRequest>(input), cancellationToken)),
        ActivityNames.CleanUpload => Json(await CleanUploadAsync(Read<CleanUploadInput>(input), cancellationToken)),
        ActivityNames.FreezeInputs => Json(await FreezeInputsAsync(Read<RunRequest>(input), cancellationToken)),
        ActivityNames.AggregateShard => Json(await AggregateShardAsync(Read<AggregateShardInput>(input), cancellationToken)),
        ActivityNames.MergeSummaries => Json(await MergeSummariesAsync(Read<MergeSummariesInput>(input), cancellationToken)),
        ActivityNames.WriteRejects => Json(await WriteRejectsAsync(Read<WriteRejectsInput>(input), cancellationToken)),
        ActivityNames.CategorizeProducts => Json(await CategorizeProductsAsync(Read<CategorizeProductsInput>(input), cancellationToken)),
        ActivityNames.FitCandidate => Json(await FitCandidateAsync(Read<FitCandidateInput>(input), cancellationToken)),
        ActivityNames.SelectModel => Json(await SelectModelAsync(Read<SelectModelInput>(input), cancellationToken)),
        ActivityNames.PublishShard => Json(await PublishShardAsync(Read<PublishShardInput>(input), cancellationToken)),
        ActivityNames.WriteReport => Json(await WriteReportAsync(Read<WriteReportInput>(input), cancellationToken)),
        ActivityNames.ActivateRun => Json(await ActivateRunAsync(Read<ActivateRunInput>(input), cancellationToken)),
        _ => throw new ArgumentException($"There is no activity '{name}'.", nameof(name)),
    };

    private static T Read<T>(JsonElement input) => input.Deserialize(WorkflowJson.TypeInfo<T>())!;

    private static JsonElement Json<T>(T output) => JsonSerializer.SerializeToElement(output, WorkflowJson.TypeInfo<T>());

    private double SecondsSince(long start) => _clock.GetElapsedTime(start).TotalSeconds;

    private async Task<(RunRequest Request, SegmentationOptions Options)> ReadRequestAsync(
        string runId, CancellationToken cancellationToken)
    {
        RunRequest request = await _storage.Runs.ReadJsonAsync(
            RunBlobs.Request(runId), WorkflowJson.Default.RunRequest, cancellationToken);
        return (request, OptionsOf(request));
    }

    private static SegmentationOptions OptionsOf(RunRequest request)
    {
        OptionReading reading = OptionCatalog.Read(null, null, request.Options.Select(option => $"{option.Key}={option.Value}"));
        return reading.Faults.Count == 0
            ? reading.Options
            : throw new InvalidDataException($"The options of run {request.RunId} are not valid: {string.Join(' ', reading.Faults)}");
    }
}
