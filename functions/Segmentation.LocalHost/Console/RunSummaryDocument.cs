using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Segmentation.Core.Segments;

namespace Segmentation.LocalHost.Console;

/// <summary>What <c>run</c> writes to standard output.</summary>
/// <param name="RunId">The run.</param>
/// <param name="AsOf">Its as-of date.</param>
/// <param name="Customers">Customers with a row.</param>
/// <param name="Chosen">The chosen model.</param>
/// <param name="Out">The folder of the results.</param>
internal sealed record RunSummaryDocument(string RunId, DateOnly AsOf, long Customers, ChosenModel Chosen, string Out);

/// <summary>The JSON of standard output.</summary>
[JsonSerializable(typeof(RunSummaryDocument))]
internal sealed partial class SummaryJson : JsonSerializerContext
{
    /// <summary>Indented, with letters of every script as they are.</summary>
    public static SummaryJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
