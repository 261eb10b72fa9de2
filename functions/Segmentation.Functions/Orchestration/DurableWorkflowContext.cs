using System.Text.Json;
using Microsoft.DurableTask;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Runs;

namespace Segmentation.Functions.Orchestration;

/// <summary>The durable engine as the workflow sees it. One a turn; it keeps the rules of <see cref="IWorkflowContext" />.</summary>
internal sealed class DurableWorkflowContext(TaskOrchestrationContext durable) : IWorkflowContext
{
    private readonly List<Task> _calls = [];
    private RunProgress _step = new("plan", 1);
    private int _done;

    /// <inheritdoc />
    public DateTime CurrentUtcDateTime => durable.CurrentUtcDateTime;

    /// <summary>Whether an activity stopped because what is stored is about to change: the run must start over.</summary>
    public bool IsStopped { get; private set; }

    /// <inheritdoc />
    public Task<TOutput> CallActivityAsync<TInput, TOutput>(string name, TInput input)
    {
        Task<TOutput> call = CallAsync<TInput, TOutput>(name, input);
        _calls.Add(call);
        return call;
    }

    /// <inheritdoc />
    public void SetProgress(RunProgress progress)
    {
        _step = progress;
        _done = 0;
        Tell();
    }

    /// <summary>Waits until no activity is under way.</summary>
    public async Task SettleAsync()
    {
        foreach (Task call in _calls)
        {
            try
            {
                await call;
            }
            catch (Exception fault) when (fault is RunStoppedException or RunFaultException or TaskFailedException)
            {
                // The workflow was told already; here it only matters that the activity is over.
            }
        }
    }

    private async Task<TOutput> CallAsync<TInput, TOutput>(string name, TInput input)
    {
        if (IsStopped)
        {
            throw new RunStoppedException();
        }

        JsonElement said = await durable.CallActivityAsync<JsonElement>(
            ActivityFunctions.NameOf(name), WorkflowMessages.ToJson(input), ActivityRetries.Of(name));
        ActivityAnswer answer = ActivityAnswer.Read(said);
        if (answer.IsStopped)
        {
            IsStopped = true;
            throw new RunStoppedException();
        }

        if (answer.Fault is { } fault)
        {
            throw new RunFaultException(fault);
        }

        _done++;
        Tell();
        return WorkflowMessages.FromJson<TOutput>(answer.Output!.Value);
    }

    private void Tell() => durable.SetCustomStatus(new RunStep(_step.Step, _done, _step.Tasks).ToJson());
}

/// <summary>The run stops because what is stored is about to change.</summary>
internal sealed class RunStoppedException() : Exception("The run stops: what is stored is about to change.");

/// <summary>An activity has a fault that no repetition mends.</summary>
internal sealed class RunFaultException(string message) : Exception(message);
