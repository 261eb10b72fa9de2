using Microsoft.Extensions.Logging;

namespace Segmentation.Core.Api;

/// <summary>What the API logs. Ids of customers are never part of it: routes are named by their templates.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(4001, LogLevel.Error, "{Operation} failed and was answered with {Status}.")]
    public static partial void Failed(ILogger logger, Exception fault, string operation, int status);

    [LoggerMessage(4002, LogLevel.Error, "{Operation} failed and was answered with {Status}: {Fault} at {Place}")]
    public static partial void FailedWithoutMessage(ILogger logger, string operation, int status, string fault, string? place);

    [LoggerMessage(4003, LogLevel.Warning, "The health check {Check} could not be made.")]
    public static partial void CheckFailed(ILogger logger, Exception fault, string check);
}
