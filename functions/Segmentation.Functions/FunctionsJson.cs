using System.Text.Json;
using System.Text.Json.Serialization;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Runs;

namespace Segmentation.Functions;

/// <summary>The JSON of what orchestrations and activities say to each other beside the messages of the workflow.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ActivityAnswer))]
[JsonSerializable(typeof(RunTurn))]
[JsonSerializable(typeof(RunEnd))]
[JsonSerializable(typeof(RunStep))]
[JsonSerializable(typeof(HoldMark))]
[JsonSerializable(typeof(RunRequest))]
internal sealed partial class FunctionsJson : JsonSerializerContext;
