using Microsoft.Extensions.Logging;

namespace Segmentation.Core.Workflow;

/// <summary>What the activities log, by run and upload. Ids of customers are never part of it.</summary>
internal static partial class WorkflowLog
{
    [LoggerMessage(3001, LogLevel.Information, "Upload {UploadId} '{Upload}' was cleaned by run {RunId}: {Rows} rows, {Rejected} of them rejected.")]
    public static partial void UploadCleaned(ILogger logger, string runId, string uploadId, string upload, long rows, long rejected);

    [LoggerMessage(3002, LogLevel.Warning, "Upload {UploadId} '{Upload}' cannot be used: {Message} (Run {RunId}.)")]
    public static partial void UploadUnusable(ILogger logger, string runId, string uploadId, string upload, string message);

    [LoggerMessage(3003, LogLevel.Information, "Run {RunId} chose {Algorithm} with {Clusters} clusters.")]
    public static partial void ModelChosen(ILogger logger, string runId, string? algorithm, int? clusters);

    [LoggerMessage(3004, LogLevel.Information, "Run {RunId} is the one that readers see.")]
    public static partial void RunActivated(ILogger logger, string runId);

    [LoggerMessage(3005, LogLevel.Debug, "Run {RunId} did {Step} in {Seconds:0.000} s.")]
    public static partial void StepDone(ILogger logger, string? runId, string step, double seconds);
}
