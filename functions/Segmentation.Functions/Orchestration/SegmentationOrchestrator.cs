using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Runs;

namespace Segmentation.Functions.Orchestration;

/// <summary>The orchestration of one run: waits for its turn, runs the workflow, records the end.</summary>
/// <remarks>
/// The id of the instance is the id of the run, which is all it needs to know. It awaits nothing but what its context returns, and reads no
/// clock, setting or storage: everything else is in activities.
/// </remarks>
public static class SegmentationOrchestrator
{
    private const string NothingUsable = "The uploads hold no purchase that counts.";

    /// <summary>Runs.</summary>
    [Function(RunInstances.Orchestrator)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        RunTurn turn = RunTurn.Read(await context.CallActivityAsync<JsonElement>(
            TurnFunctions.BeginRun, context.InstanceId, ActivityRetries.Patient));
        if (turn.Kind == TurnKind.End)
        {
            return;
        }

        if (turn.Kind == TurnKind.Wait)
        {
            // Anew each time, so that a long wait makes no long history.
            await context.CreateTimer(context.CurrentUtcDateTime.AddSeconds(turn.WaitSeconds), CancellationToken.None);
            context.ContinueAsNew();
            return;
        }

        if (await TryRunAsync(context, turn.Request!) is not { } end)
        {
            context.ContinueAsNew();
            return;
        }

        await context.CallActivityAsync<JsonElement>(TurnFunctions.EndRun, end.ToJson(), ActivityRetries.Patient);
    }

    /// <returns>How the run ended, or null where it is to start over.</returns>
    private static async Task<RunEnd?> TryRunAsync(TaskOrchestrationContext context, RunRequest request)
    {
        var workflow = new DurableWorkflowContext(context);
        string message;
        try
        {
            RunOutcome outcome = await SegmentationWorkflow.RunAsync(workflow, request);
            return new RunEnd(
                request.RunId, outcome.Status, outcome.Status == RunStatus.NothingUsable ? NothingUsable : outcome.Message);
        }
        catch (TaskFailedException fault)
        {
            message = $"{fault.TaskName} failed: {fault.FailureDetails.ErrorMessage}";
        }
        catch (Exception fault)
        {
            // Whatever it is, the run must not stay behind as one that goes on.
            message = fault.Message;
        }

        // Others of the same step may still be under way.
        await workflow.SettleAsync();
        return workflow.IsStopped ? null : new RunEnd(request.RunId, RunStatus.Failed, message);
    }
}
