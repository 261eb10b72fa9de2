using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Segmentation.Functions.Runs;

namespace Segmentation.Functions.Orchestration;

/// <summary>The activities that begin and end a run.</summary>
public sealed class TurnFunctions(RunTurns turns)
{
    /// <summary>Decides whether a run may begin.</summary>
    public const string BeginRun = nameof(BeginRun);

    /// <summary>Records the end of a run.</summary>
    public const string EndRun = nameof(EndRun);

    /// <summary>Decides whether a run may begin.</summary>
    [Function(BeginRun)]
    public async Task<JsonElement> BeginAsync(
        [ActivityTrigger] string runId, [DurableClient] DurableTaskClient client, FunctionContext context) =>
        (await turns.BeginAsync(runId, client, context.CancellationToken)).ToJson();

    /// <summary>Records the end of a run.</summary>
    [Function(EndRun)]
    public async Task<JsonElement> EndAsync(
        [ActivityTrigger] JsonElement end, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        await turns.EndAsync(RunEnd.Read(end), client, context.CancellationToken);
        return end;
    }
}
