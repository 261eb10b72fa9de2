using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Segmentation.Core.Segments.Scoring;

/// <summary>The JSON of scores, the same as over HTTP: camelCase, made at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CustomerScore))]
public sealed partial class ScoreJson : JsonSerializerContext
{
    /// <summary>Indented, with letters of every script as they are, for people.</summary>
    public static ScoreJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
