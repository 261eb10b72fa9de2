using System.Globalization;
using System.Net.Sockets;
using Azure;

namespace Segmentation.Storage.Azure;

/// <summary>Failures of the storage account as what a disk would throw, so that hosts treat both alike; the message says what to do.</summary>
internal static class StorageFaults
{
    private const int TooManyRequests = 429;

    /// <summary>Whether a failure is one of the storage account, and not of this program or the wish of the caller.</summary>
    public static bool Are(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException attempts => attempts.InnerExceptions.Any(attempt => Are(attempt, cancellationToken)),
        RequestFailedException or HttpRequestException or HttpIOException or IOException { InnerException: SocketException } => true,
        _ => false,
    };

    /// <summary>A failure as an <see cref="IOException" /> or, where access was refused, an <see cref="UnauthorizedAccessException" />.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="what">What was being done, as the start of a sentence: <c>Reading blob 'a' of container 'runs'</c>.</param>
    public static Exception Explain(Exception fault, string what)
    {
        Exception last = fault is AggregateException attempts ? attempts.InnerExceptions[^1] : fault;
        string reason = last is RequestFailedException { Status: not 0 } told
            ? string.Create(CultureInfo.InvariantCulture, $"status {told.Status}{(told.ErrorCode is null ? "" : $" {told.ErrorCode}")}")
            : last is OperationCanceledException ? "no answer in time" : FirstLine(last.Message);
        int status = (last as RequestFailedException)?.Status ?? 0;
        return status switch
        {
            401 or 403 => new UnauthorizedAccessException(
                $"{what} was refused by the storage account ({reason}): check the key or signature, the account's firewall, and the clock of this machine; "
                    + "an identity needs the roles Storage Blob Data Contributor and Storage Table Data Contributor.",
                fault),
            TooManyRequests or 503 => new IOException($"{what} failed: the storage account is throttled or busy ({reason}). Try again later, or with less at a time.", fault),
            0 or 408 or >= 500 => new IOException(
                $"{what} failed: the storage account cannot be reached or does not answer ({reason}). Check its address and the network, and try again.", fault),
            412 => new IOException($"{what} failed: another writer changed or removed it meanwhile ({reason}). Try again.", fault),
            _ => new IOException($"{what} failed: the storage account refused it ({reason}).", fault),
        };
    }

    /// <summary>Does something with the storage account and explains its failures.</summary>
    public static async Task<T> ExplainAsync<T>(string what, Func<Task<T>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Exception fault) when (Are(fault, cancellationToken))
        {
            throw Explain(fault, what);
        }
    }

    /// <summary>Does something with the storage account and explains its failures.</summary>
    public static async Task ExplainAsync(string what, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (Are(fault, cancellationToken))
        {
            throw Explain(fault, what);
        }
    }

    /// <summary>The status of a failure, 0 for none.</summary>
    public static int StatusOf(Exception fault) => (fault as RequestFailedException)?.Status ?? 0;

    private static string FirstLine(string text) => text.AsSpan().TrimStart().IndexOfAny('\r', '\n') is >= 0 and int end
        ? text.TrimStart()[..end].TrimEnd('.')
        : text.Trim().TrimEnd('.');
}
