using System.Text.Json;

namespace Segmentation.Core.Workflow;

/// <summary>The messages between steps as JSON, for hosts whose engine carries them.</summary>
public static class WorkflowMessages
{
    /// <summary>A message as JSON.</summary>
    public static JsonElement ToJson<T>(T message) => JsonSerializer.SerializeToElement(message, WorkflowJson.TypeInfo<T>());

    /// <summary>A message from JSON.</summary>
    /// <exception cref="JsonException">It is none of this type.</exception>
    public static T FromJson<T>(JsonElement json) =>
        json.Deserialize(WorkflowJson.TypeInfo<T>()) ?? throw new JsonException($"Expected a {typeof(T).Name}, found null.");
}
