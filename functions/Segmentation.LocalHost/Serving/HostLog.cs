using Microsoft.Extensions.Logging;
using Segmentation.Core.Storage;

namespace Segmentation.LocalHost.Serving;

/// <summary>What the host says in its log. Ids of customers are never among it.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1, LogLevel.Information, "Run {RunId} begins ({Cause}).")]
    public static partial void RunBegins(ILogger logger, string runId, RunCause cause);

    [LoggerMessage(2, LogLevel.Information, "Run {RunId} goes on where it stopped.")]
    public static partial void RunGoesOn(ILogger logger, string runId);

    [LoggerMessage(3, LogLevel.Information, "Run {RunId} ended after {Seconds:0.0} s: {Customers} customers, clusters: {Clusters}.")]
    public static partial void RunEnded(ILogger logger, string runId, double seconds, long customers, int? clusters);

    [LoggerMessage(4, LogLevel.Warning, "Run {RunId} is kept but readers do not see it: {Reason}")]
    public static partial void RunNotActivated(ILogger logger, string runId, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Run {RunId} ended without results: {Message}")]
    public static partial void RunWithoutResults(ILogger logger, string runId, string message);

    [LoggerMessage(6, LogLevel.Error, "Run {RunId} failed: {Message}")]
    public static partial void RunFailed(ILogger logger, string runId, string message, Exception fault);

    [LoggerMessage(7, LogLevel.Warning, "Run {RunId} is held up and tries again in {Seconds:0} s: {Message}")]
    public static partial void RunHeldUp(ILogger logger, string runId, double seconds, string message);

    [LoggerMessage(8, LogLevel.Information, "Run {RunId} starts over: what is stored changes first.")]
    public static partial void RunStartsOver(ILogger logger, string runId);

    [LoggerMessage(9, LogLevel.Information, "{Count} uploads are new or changed, the last one is {Upload}.")]
    public static partial void UploadsSeen(ILogger logger, int count, string upload);

    [LoggerMessage(10, LogLevel.Error, "The uploads cannot be looked at: {Message} Looking goes on.")]
    public static partial void WatchFailed(ILogger logger, string message);

    [LoggerMessage(11, LogLevel.Information, "The uploads can be looked at again.")]
    public static partial void WatchIsWell(ILogger logger);

    [LoggerMessage(12, LogLevel.Information, "Earlier runs beyond those to keep were removed: {RunIds}.")]
    public static partial void RunsRemoved(ILogger logger, string runIds);

    [LoggerMessage(13, LogLevel.Warning, "What is not needed any more could not be removed; the next run tries again: {Message}")]
    public static partial void SweepFailed(ILogger logger, string message);

    [LoggerMessage(14, LogLevel.Error, "Runs stand still, for the hold of the store could not be renewed: {Message}")]
    public static partial void HoldIsLost(ILogger logger, string message);

    [LoggerMessage(15, LogLevel.Information, "The store is held again; runs go on.")]
    public static partial void HoldIsWell(ILogger logger);
}
