using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Functions.Runs;

/// <summary>What an orchestration is to do next.</summary>
public enum TurnKind
{
    /// <summary>Nothing: the run has ended, or nobody asks for it any more.</summary>
    End,

    /// <summary>Ask again later: another run goes on, or what is stored is being changed.</summary>
    Wait,

    /// <summary>Run.</summary>
    Run,
}

/// <summary>Whose turn it is.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="WaitSeconds">After how many seconds to ask again.</param>
/// <param name="Request">What to run.</param>
public sealed record RunTurn(TurnKind Kind, int WaitSeconds = 0, RunRequest? Request = null)
{
    /// <summary>The turn as the engine carries it.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, FunctionsJson.Default.RunTurn);

    /// <summary>Reads a turn.</summary>
    public static RunTurn Read(JsonElement json) => json.Deserialize(FunctionsJson.Default.RunTurn)!;
}

/// <summary>How a run ended.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">With or without results, or failed.</param>
/// <param name="Message">Why it has no results, or null.</param>
public sealed record RunEnd(string RunId, RunStatus Status, string? Message = null)
{
    /// <summary>The end as the engine carries it.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, FunctionsJson.Default.RunEnd);

    /// <summary>Reads an end.</summary>
    public static RunEnd Read(JsonElement json) => json.Deserialize(FunctionsJson.Default.RunEnd)!;
}

/// <summary>The custom status of an orchestration: how far its step is.</summary>
/// <param name="Step">The step.</param>
/// <param name="Done">Activities that are finished.</param>
/// <param name="Total">Activities that the step has.</param>
public sealed record RunStep(string Step, int Done, int Total)
{
    /// <summary>The step as the engine carries it.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, FunctionsJson.Default.RunStep);

    /// <summary>Reads a custom status; null where there is none, or it is none of ours.</summary>
    public static RunStep? TryRead(string? customStatus)
    {
        if (string.IsNullOrEmpty(customStatus))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(customStatus, FunctionsJson.Default.RunStep) is { Step: not null } step ? step : null;
        }
        catch (JsonException)
        {
            // Written by another version; how far a run is decides nothing.
            return null;
        }
    }
}
