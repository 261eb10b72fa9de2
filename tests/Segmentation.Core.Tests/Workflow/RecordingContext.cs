using System.Text.Json;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>
/// Plays a durable engine: gives recorded results to the first calls; further calls run their activity, or stay open for ever where
/// there are no activities.
/// </summary>
internal sealed class RecordingContext(RunRequest request, SegmentationActivities? activities, IReadOnlyList<JsonElement> history) : IWorkflowContext
{
    /// <summary>Name and input of every call, in order.</summary>
    public List<(string Name, string Input)> Calls { get; } = [];

    /// <summary>The result of every call.</summary>
    public List<JsonElement> Results { get; } = [];

    /// <summary>Called between the two runs of an activity that is run twice; null to run each once.</summary>
    public Action<string, string, string>? OnSecond { get; init; }

    /// <summary>Everything that is stored, for <see cref="OnSecond" />.</summary>
    public Func<string> Everything { get; init; } = static () => "";

    public DateTime CurrentUtcDateTime => request.RequestedAt;

    public void SetProgress(RunProgress progress)
    {
    }

    public Task<TOutput> CallActivityAsync<TInput, TOutput>(string name, TInput input)
    {
        int sequence = Calls.Count;
        JsonElement sent = JsonSerializer.SerializeToElement(input, WorkflowJson.TypeInfo<TInput>());
        Calls.Add((name, sent.GetRawText()));
        if (sequence < history.Count)
        {
            return Task.FromResult(history[sequence].Deserialize(WorkflowJson.TypeInfo<TOutput>())!);
        }

        return activities is null ? new TaskCompletionSource<TOutput>().Task : InvokeAsync<TOutput>(activities, name, sent);
    }

    private async Task<TOutput> InvokeAsync<TOutput>(SegmentationActivities run, string name, JsonElement sent)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        JsonElement result = await run.InvokeAsync(name, sent, token);
        if (OnSecond is not null)
        {
            string before = result.GetRawText() + Everything();
            JsonElement again = await run.InvokeAsync(name, sent, token);
            OnSecond(name, before, again.GetRawText() + Everything());
        }

        Results.Add(result);
        return result.Deserialize(WorkflowJson.TypeInfo<TOutput>())!;
    }
}
