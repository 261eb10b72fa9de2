using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Workflow;

/// <summary>How far a step is.</summary>
/// <param name="Step">The step.</param>
/// <param name="Done">Activities that are finished.</param>
/// <param name="Total">Activities that the step has.</param>
public readonly record struct StepProgress(string Step, int Done, int Total);

/// <summary>Runs the workflow in this process and records the result of each finished activity.</summary>
/// <remarks>
/// A run that was interrupted goes on where it stopped when it is run again with the same id: recorded results are given back instead
/// of calling the activity, as a durable engine does on replay. Activities get copies of their inputs through JSON, so that nothing
/// works here that would not work between machines.
/// </remarks>
public sealed class InProcessRunner
{
    private readonly SegmentationActivities _activities;
    private readonly IBlobContainer _runs;
    private readonly int _maxConcurrency;
    private readonly IProgress<StepProgress>? _progress;

    /// <summary>Runs activities with at most so many at a time.</summary>
    public InProcessRunner(
        SegmentationActivities activities, IBlobContainer runs, int maxConcurrency, IProgress<StepProgress>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxConcurrency);
        _activities = activities;
        _runs = runs;
        _maxConcurrency = maxConcurrency;
        _progress = progress;
    }

    /// <summary>Runs a request to its end, or goes on with it.</summary>
    public async Task<RunOutcome> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(_maxConcurrency);
        return await SegmentationWorkflow.RunAsync(new Context(this, slots, request, cancellationToken), request);
    }

    /// <summary>What a run that was begun was asked for, or null where it has not begun: to go on with it as it began.</summary>
    public static async Task<RunRequest?> FindRequestAsync(IBlobContainer runs, string runId, CancellationToken cancellationToken) =>
        await runs.ExistsAsync(RunBlobs.Request(runId), cancellationToken)
            ? await runs.ReadJsonAsync(RunBlobs.Request(runId), WorkflowJson.Default.RunRequest, cancellationToken)
            : null;

    private sealed class Context(
        InProcessRunner runner, SemaphoreSlim slots, RunRequest request, CancellationToken cancellationToken) : IWorkflowContext
    {
        private int _calls;
        private int _done;
        private RunProgress _step = new("plan", 1);

        public DateTime CurrentUtcDateTime => request.RequestedAt;

        public Task<TOutput> CallActivityAsync<TInput, TOutput>(string name, TInput input) =>
            CallAsync<TInput, TOutput>(_calls++, name, input);

        public void SetProgress(RunProgress progress)
        {
            _step = progress;
            Volatile.Write(ref _done, 0);
            runner._progress?.Report(new StepProgress(progress.Step, 0, progress.Tasks));
        }

        private async Task<TOutput> CallAsync<TInput, TOutput>(int sequence, string name, TInput input)
        {
            JsonTypeInfo<TOutput> outputType = WorkflowJson.TypeInfo<TOutput>();
            JsonElement sent = JsonSerializer.SerializeToElement(input, WorkflowJson.TypeInfo<TInput>());
            string record = RunBlobs.History(request.RunId, sequence);
            TOutput output;
            if (await runner._runs.ExistsAsync(record, cancellationToken))
            {
                HistoryEvent recorded = await runner._runs.ReadJsonAsync(record, WorkflowJson.Default.HistoryEvent, cancellationToken);
                if (recorded.Activity != name || !JsonElement.DeepEquals(recorded.Input, sent))
                {
                    throw new InvalidOperationException(
                        $"The history of run {request.RunId} has {recorded.Activity} where the workflow calls {name}, or another input: it was written by another version or for another request.");
                }

                output = recorded.Output.Deserialize(outputType)!;
            }
            else
            {
                output = await InvokeAsync(name, sent, outputType, record);
            }

            runner._progress?.Report(new StepProgress(_step.Step, Interlocked.Increment(ref _done), _step.Tasks));
            return output;
        }

        private async Task<TOutput> InvokeAsync<TOutput>(
            string name, JsonElement sent, JsonTypeInfo<TOutput> outputType, string record)
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                // The activity gets a thread of its own: much of it is computing, and the orchestration must go on to the next call.
                JsonElement returned = await Task.Run(() => runner._activities.InvokeAsync(name, sent, cancellationToken), cancellationToken);
                await runner._runs.WriteJsonAsync(
                    record, new HistoryEvent(name, sent, returned), WorkflowJson.Default.HistoryEvent, cancellationToken);
                return returned.Deserialize(outputType)!;
            }
            finally
            {
                slots.Release();
            }
        }
    }
}

/// <summary>A finished activity, as recorded.</summary>
/// <param name="Activity">Its name.</param>
/// <param name="Input">What it was given.</param>
/// <param name="Output">What it returned.</param>
public sealed record HistoryEvent(string Activity, JsonElement Input, JsonElement Output);
