using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Segmentation.Functions.Runs;

/// <summary>The orchestrations of runs: the id of the instance is that of the run, so that the engine itself allows one a run.</summary>
public static class RunInstances
{
    /// <summary>The name of the orchestrator.</summary>
    public const string Orchestrator = "SegmentationOrchestrator";

    /// <summary>Whether the engine has an orchestration of a run that has not ended.</summary>
    public static async Task<bool> IsLiveAsync(this DurableTaskClient client, string runId, CancellationToken cancellationToken) =>
        (await client.GetInstanceAsync(runId, false, cancellationToken))?.RuntimeStatus
            is OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending
            or OrchestrationRuntimeStatus.ContinuedAsNew or OrchestrationRuntimeStatus.Suspended;

    /// <summary>Schedules the orchestration of a run unless one has not ended: that one must not be scheduled again.</summary>
    /// <param name="client">The engine.</param>
    /// <param name="runId">The run.</param>
    /// <param name="startAt">When it begins; null for now.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether it was scheduled by this call.</returns>
    public static async Task<bool> EnsureAsync(
        this DurableTaskClient client, string runId, DateTimeOffset? startAt, CancellationToken cancellationToken)
    {
        if (await client.IsLiveAsync(runId, cancellationToken))
        {
            return false;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                Orchestrator, null, new StartOrchestrationOptions { InstanceId = runId, StartAt = startAt }, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The engine refuses an instance that exists: another caller was quicker.
            if (await client.IsLiveAsync(runId, cancellationToken))
            {
                return false;
            }

            throw;
        }
    }
}
