using Microsoft.DurableTask.Client;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Functions.Runs;

/// <summary>Decides at the beginning and at the end of an orchestration whose turn it is: one run at a time, and no wake-up lost.</summary>
/// <remarks>
/// Each request has an orchestration of its own, which waits for its turn here. A run takes its turn by its row, which only its own
/// orchestration writes; the rows and the marks of <see cref="StoreHolds" /> are all there is to know, so that any instance of the app goes
/// on after a crash. Called while no activity of the run is under way. Thread-safe.
/// </remarks>
public sealed class RunTurns(RunParts parts)
{
    private const int SecondsForAnother = 10;
    private const int SecondsForChange = 3;

    /// <summary>Whether a run may begin, or go on from its beginning.</summary>
    /// <param name="runId">The run of the orchestration.</param>
    /// <param name="client">The engine.</param>
    /// <param name="cancellationToken">Stops it; asked again it goes on.</param>
    public async Task<RunTurn> BeginAsync(string runId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await IsHeldAsync(runId, cancellationToken))
        {
            return new RunTurn(TurnKind.Wait, SecondsForChange);
        }

        ISegmentStore store = parts.Storage.Segments;
        RunRecord? own = await store.FindRunAsync(runId, cancellationToken);
        RunTicket? ticket = await store.FindRequestAsync(cancellationToken);
        if (own is null ? ticket?.RunId != runId : own.Status != RunStatus.Running)
        {
            await EnsureNextAsync(ticket, client, cancellationToken);
            return new RunTurn(TurnKind.End);
        }

        if (await parts.Requests.TakeAsync(parts.Language, cancellationToken) is not { } run)
        {
            return new RunTurn(TurnKind.Wait, SecondsForAnother);
        }

        if (run.RunId != runId)
        {
            if (await client.EnsureAsync(run.RunId, null, cancellationToken))
            {
                FunctionsLog.RunIsTakenUp(parts.Logger, run.RunId);
            }

            return new RunTurn(TurnKind.Wait, SecondsForAnother);
        }

        // Looked at again now that the row is written: whoever took a hold before has not seen it.
        if (await IsHeldAsync(runId, cancellationToken))
        {
            return new RunTurn(TurnKind.Wait, SecondsForChange);
        }

        await parts.Erasure.ScrubAsync(cancellationToken);
        FunctionsLog.RunBegins(parts.Logger, runId);
        RunRequest request = await InProcessRunner.FindRequestAsync(parts.Storage.Runs, runId, cancellationToken)
            ?? new RunRequest(runId, run.RequestedAt!.Value, run.Language, OptionCatalog.Describe(parts.Options));
        return new RunTurn(TurnKind.Run, 0, request);
    }

    /// <summary>Records the end of a run, removes what is needed no more, and wakes the run that waits.</summary>
    public async Task EndAsync(RunEnd end, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (end.Status != RunStatus.Completed && await parts.Storage.Segments.FindRunAsync(end.RunId, cancellationToken) is not null)
        {
            await parts.Requests.EndAsync(end.RunId, end.Status, end.Message, cancellationToken);
        }

        // A crash while the run began may have left its request, which is no other one.
        await parts.Storage.Segments.DeleteRequestAsync(end.RunId, cancellationToken);
        if (end.Status == RunStatus.Failed)
        {
            FunctionsLog.RunFailed(parts.Logger, end.RunId, end.Message ?? "");
        }
        else
        {
            FunctionsLog.RunEnded(parts.Logger, end.RunId, end.Status);
        }

        await SweepAsync(cancellationToken);
        await EnsureNextAsync(await parts.Storage.Segments.FindRequestAsync(cancellationToken), client, cancellationToken);
    }

    private async Task<bool> IsHeldAsync(string runId, CancellationToken cancellationToken)
    {
        if (await parts.Holds.FindAsync(cancellationToken) is not { } hold)
        {
            return false;
        }

        await parts.Holds.AcknowledgeAsync(hold, runId, cancellationToken);
        return true;
    }

    // A crash between writing a request and scheduling it leaves one that nobody works on.
    private static async Task EnsureNextAsync(RunTicket? ticket, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (ticket is not null)
        {
            await client.EnsureAsync(ticket.RunId, null, cancellationToken);
        }
    }

    // The run that waits may begin at once, and a sweep would take its files for leftovers: it is held off meanwhile.
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using StoreHold hold = await parts.Holds.TakeAsync(cancellationToken);
            IReadOnlyList<RunRecord> runs = await parts.Storage.Segments.ListRunsAsync(cancellationToken);
            if (runs.Any(run => run.Status == RunStatus.Running))
            {
                // It was quicker; its own end sweeps for both.
                return;
            }

            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost);
            IReadOnlyList<string> removed = await parts.Retention.SweepAsync(parts.Options.Workflow.KeepRuns, linked.Token);
            if (removed.Count > 0)
            {
                FunctionsLog.RunsRemoved(parts.Logger, string.Join(", ", removed));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or TimeoutException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            FunctionsLog.SweepFailed(parts.Logger, fault.Message);
        }
    }
}
