namespace Segmentation.Core.Workflow;

/// <summary>What an orchestration may use: the calls whose results the engine records and gives back on replay.</summary>
/// <remarks>
/// The rules of replay bind every method that is handed a context. It awaits only tasks that the context returned (and
/// <see cref="Task.WhenAll(Task[])" /> over them), never <c>ConfigureAwait(false)</c>; it reads no clock, random source, setting or
/// storage; the order and the inputs of its calls depend on nothing but its own input and earlier results. Engines run it many times
/// over a growing history and expect the same calls each time.
/// </remarks>
public interface IWorkflowContext
{
    /// <summary>The engine's clock, the same on every replay.</summary>
    DateTime CurrentUtcDateTime { get; }

    /// <summary>Calls an activity by its name. Inputs and outputs are JSON: names of blobs and small numbers, never data.</summary>
    Task<TOutput> CallActivityAsync<TInput, TOutput>(string name, TInput input);

    /// <summary>Says how far the run is.</summary>
    void SetProgress(RunProgress progress);
}

/// <summary>How far a run is.</summary>
/// <param name="Step">The step: <c>clean</c>, <c>aggregate</c>, <c>fit</c>, <c>select</c>, <c>publish</c>, <c>report</c>, <c>activate</c>.</param>
/// <param name="Tasks">How many activities the step has.</param>
public sealed record RunProgress(string Step, int Tasks);
