using System.Text.Json;

namespace Segmentation.Functions.Runs;

/// <summary>What an activity tells the orchestration: its result, or why there is none although nothing is to be tried again.</summary>
/// <param name="Output">The result, or null without one.</param>
/// <param name="IsStopped">Whether it stopped because what is stored is about to change.</param>
/// <param name="Fault">A fault that no repetition mends, or null.</param>
public sealed record ActivityAnswer(JsonElement? Output, bool IsStopped = false, string? Fault = null)
{
    /// <summary>The answer as the engine carries it.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, FunctionsJson.Default.ActivityAnswer);

    /// <summary>Reads an answer.</summary>
    public static ActivityAnswer Read(JsonElement json) => json.Deserialize(FunctionsJson.Default.ActivityAnswer)!;
}
