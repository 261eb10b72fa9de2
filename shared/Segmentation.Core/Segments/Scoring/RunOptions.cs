using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Segments.Scoring;

/// <summary>The options that a run was made with.</summary>
public static class RunOptions
{
    /// <summary>Reads them.</summary>
    /// <param name="runs">Container <c>runs</c>.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="BlobNotFoundException">The run kept no request.</exception>
    /// <exception cref="InvalidDataException">What it kept is damaged.</exception>
    public static async Task<SegmentationOptions> ReadAsync(IBlobContainer runs, string runId, CancellationToken cancellationToken)
    {
        RunRequest request = await runs.ReadJsonAsync(RunBlobs.Request(runId), WorkflowJson.Default.RunRequest, cancellationToken);
        OptionReading reading = OptionCatalog.Read(null, null, request.Options.Select(option => $"{option.Key}={option.Value}"));
        return reading.IsValid
            ? reading.Options
            : throw new InvalidDataException($"The options of run {runId} are not valid: {string.Join(' ', reading.Faults)}");
    }
}
