using System.Globalization;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Workflow;

/// <summary>
/// One run at a time, and one request that waits: the rows <c>requested</c> and those of the runs are all there is to know, so a host
/// that was killed goes on from them.
/// </summary>
/// <remarks>Thread-safe. Any process may ask for a run; hosts see to it that one at a time takes them.</remarks>
public sealed class RunRequests : IDisposable
{
    private readonly ISegmentStore _store;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Requests to a store.</summary>
    public RunRequests(ISegmentStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>Asks for a run; a request that waits already, of this process or another, is the same one.</summary>
    public Task<RunTicket> RequestAsync(RunCause cause, CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        while (true)
        {
            RunTicket waiting = await _store.FindRequestAsync(cancellationToken) ?? await AddAsync(cause, cancellationToken);
            if (await IsNewAsync(waiting, cancellationToken))
            {
                return waiting;
            }

            // It has begun, just now or before a crash, and may have read its uploads: another run is needed.
            await _store.DeleteRequestAsync(waiting.RunId, cancellationToken);
        }
    }, cancellationToken);

    /// <summary>The run to work on now: one that was interrupted, else the request that waits; null when there is neither.</summary>
    /// <param name="language">Of names and texts of a run that begins.</param>
    /// <param name="cancellationToken">Stops before anything is written, or between two writes, which the next call mends.</param>
    public Task<RunRecord?> TakeAsync(string language, CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        IReadOnlyList<RunRecord> runs = await _store.ListRunsAsync(cancellationToken);
        if (runs.LastOrDefault(run => run.Status == RunStatus.Running) is { } interrupted)
        {
            return interrupted;
        }

        if (await _store.FindRequestAsync(cancellationToken) is not { } ticket)
        {
            return null;
        }

        RunRecord? begun = null;
        if (await IsNewAsync(ticket, cancellationToken))
        {
            begun = new RunRecord
            {
                RunId = ticket.RunId,
                Status = RunStatus.Running,
                Cause = ticket.Cause,
                RequestedAt = ticket.RequestedAt,
                Language = language,
            };
            await _store.SaveRunAsync(begun, cancellationToken);
        }

        await _store.DeleteRequestAsync(ticket.RunId, cancellationToken);
        return begun;
    }, cancellationToken);

    /// <summary>Records that a run ended without results; one with results was recorded by its last activity.</summary>
    public Task EndAsync(string runId, RunStatus status, string? message, CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        RunRecord run = await _store.FindRunAsync(runId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no run {runId} to end.");
        if (run.Status == RunStatus.Running)
        {
            run = run with { Status = status, Message = message, FinishedAt = _clock.GetUtcNow().UtcDateTime };
            await _store.SaveRunAsync(run, cancellationToken);
        }

        return run;
    }, cancellationToken);

    /// <summary>The id of a run that begins now: the time, moved on where another run has it.</summary>
    public static string NextId(DateTime now, string? newest)
    {
        string id = IdOf(now);
        while (newest is not null && string.CompareOrdinal(id, newest) <= 0)
        {
            // The clock may have been set back: ids ascend all the same.
            now = DateTime.TryParseExact(
                newest, IdFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime last)
                ? last.AddMilliseconds(1)
                : throw new InvalidDataException($"'{newest}' is no id of a run; expected a time as {IdFormat}.");
            id = IdOf(now);
        }

        return id;
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private const string IdFormat = "yyyyMMdd-HHmmss-fff";

    private static string IdOf(DateTime time) => time.ToString(IdFormat, CultureInfo.InvariantCulture);

    // Another process may have been quicker: then its request is the answer.
    private async Task<RunTicket> AddAsync(RunCause cause, CancellationToken cancellationToken)
    {
        DateTime now = _clock.GetUtcNow().UtcDateTime;
        IReadOnlyList<RunRecord> runs = await _store.ListRunsAsync(cancellationToken);
        var ticket = new RunTicket(NextId(now, runs.Count == 0 ? null : runs[0].RunId), now, cause);
        return await _store.AddRequestAsync(ticket, cancellationToken);
    }

    // A crash between the two writes of TakeAsync leaves the row of a request that has begun.
    private async Task<bool> IsNewAsync(RunTicket ticket, CancellationToken cancellationToken) =>
        await _store.FindRunAsync(ticket.RunId, cancellationToken) is null;

    private async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _gate.Release();
        }
    }
}
