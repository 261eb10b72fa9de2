using Microsoft.DurableTask.Client;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Functions.Runs;

/// <summary>Runs on the durable engine: a request is a row and an orchestration that waits for its turn.</summary>
public sealed class DurableRunHost(DurableTaskClient client, RunParts parts) : IRunHost
{
    /// <inheritdoc />
    public async Task<RunTicket> RequestRunAsync(RunCause cause, CancellationToken cancellationToken)
    {
        RunTicket ticket = await parts.Requests.RequestAsync(cause, cancellationToken);

        // Files often come in company: a run that one of them starts waits a little for the others.
        DateTimeOffset? startAt = ticket.Cause == RunCause.Uploads
            ? new DateTimeOffset(ticket.RequestedAt.AddSeconds(parts.Options.Workflow.SettleSeconds), TimeSpan.Zero)
            : null;
        if (await client.EnsureAsync(ticket.RunId, startAt, cancellationToken))
        {
            FunctionsLog.RunRequested(parts.Logger, ticket.RunId, cause);
        }

        return ticket;
    }

    /// <inheritdoc />
    public async ValueTask<StepProgress?> FindProgressAsync(string runId, CancellationToken cancellationToken)
    {
        OrchestrationMetadata? instance = await client.GetInstanceAsync(runId, true, cancellationToken);
        return RunStep.TryRead(instance?.SerializedCustomStatus) is { } step ? new StepProgress(step.Step, step.Done, step.Total) : null;
    }

    /// <inheritdoc />
    /// <remarks>
    /// The engine can end an orchestration at once, but not the activities that are under way on other machines, which would go on to
    /// write what they have read before the change. So the run is not terminated but asked to stop: its activities stop by themselves
    /// when they see the hold, and the orchestration says when none is left. It starts over when the hold is gone.
    /// </remarks>
    /// <exception cref="TimeoutException">A run does not stop in time, or another change goes on; nothing was changed.</exception>
    public async Task<RunTicket> ChangeAloneAsync(RunCause cause, Func<CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        try
        {
            await using StoreHold hold = await parts.Holds.TakeAsync(cancellationToken);
            using (var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost))
            {
                await WaitForStopAsync(hold.Id, linked.Token);
            }

            // Begun, it goes on to its end, whether the caller waits or was cut off: only a hold that is lost stops it.
            RunTicket ticket = await parts.Requests.RequestAsync(cause, hold.Lost);
            await StartOverAsync(hold.Lost);
            await change(hold.Lost);
            return ticket;
        }
        finally
        {
            // Also after a change that failed: what it asked for, and what it stopped, is not left without an orchestration.
            await EnsureAllAsync(CancellationToken.None);
        }
    }

    private async Task WaitForStopAsync(string holdId, CancellationToken cancellationToken)
    {
        long start = parts.Clock.GetTimestamp();
        foreach (RunRecord run in await RunningAsync(cancellationToken))
        {
            while (!await parts.Holds.IsAcknowledgedAsync(holdId, run.RunId, cancellationToken)
                && await client.IsLiveAsync(run.RunId, cancellationToken))
            {
                parts.Holds.ThrowIfTooLong(start, $"Run {run.RunId} does not stop.");
                await Task.Delay(StoreHolds.Poll, parts.Clock, cancellationToken);
            }
        }
    }

    private async Task StartOverAsync(CancellationToken cancellationToken)
    {
        var restart = new RunRestart(parts.Storage, parts.Requests, parts.Clock);
        foreach (string runId in await restart.RestartAsync(cancellationToken))
        {
            FunctionsLog.RunStartsOver(parts.Logger, runId);
        }
    }

    private async Task EnsureAllAsync(CancellationToken cancellationToken)
    {
        foreach (RunRecord run in await RunningAsync(cancellationToken))
        {
            await client.EnsureAsync(run.RunId, null, cancellationToken);
        }

        if (await parts.Storage.Segments.FindRequestAsync(cancellationToken) is { } ticket)
        {
            await client.EnsureAsync(ticket.RunId, null, cancellationToken);
        }
    }

    private async Task<IEnumerable<RunRecord>> RunningAsync(CancellationToken cancellationToken) =>
        (await parts.Storage.Segments.ListRunsAsync(cancellationToken)).Where(run => run.Status == RunStatus.Running);
}
