using Microsoft.Extensions.Logging;
using Segmentation.Core.Storage;

namespace Segmentation.Functions;

/// <summary>What the app logs, by run and upload. Ids of customers are never part of it.</summary>
internal static partial class FunctionsLog
{
    [LoggerMessage(4001, LogLevel.Information, "Run {RunId} is asked for ({Cause}).")]
    public static partial void RunRequested(ILogger logger, string runId, RunCause cause);

    [LoggerMessage(4002, LogLevel.Information, "Run {RunId} begins.")]
    public static partial void RunBegins(ILogger logger, string runId);

    [LoggerMessage(4003, LogLevel.Information, "Run {RunId} ended: {Status}.")]
    public static partial void RunEnded(ILogger logger, string runId, RunStatus status);

    [LoggerMessage(4004, LogLevel.Error, "Run {RunId} failed: {Message}")]
    public static partial void RunFailed(ILogger logger, string runId, string message);

    [LoggerMessage(4005, LogLevel.Warning, "Run {RunId} has no orchestration that works on it; it is started again.")]
    public static partial void RunIsTakenUp(ILogger logger, string runId);

    [LoggerMessage(4006, LogLevel.Information, "Run {RunId} starts over: what is stored changes first.")]
    public static partial void RunStartsOver(ILogger logger, string runId);

    [LoggerMessage(4007, LogLevel.Information, "Earlier runs beyond those to keep were removed: {RunIds}.")]
    public static partial void RunsRemoved(ILogger logger, string runIds);

    [LoggerMessage(4008, LogLevel.Information, "Upload '{Upload}' starts nothing: {Reason}")]
    public static partial void UploadIgnored(ILogger logger, string upload, string reason);

    [LoggerMessage(4009, LogLevel.Warning, "What is not needed any more could not be removed; the next run tries again: {Message}")]
    public static partial void SweepFailed(ILogger logger, string message);

    [LoggerMessage(4010, LogLevel.Information, "The schedule asks for a run; its time was missed: {IsPastDue}.")]
    public static partial void ScheduleIsDue(ILogger logger, bool isPastDue);
}
