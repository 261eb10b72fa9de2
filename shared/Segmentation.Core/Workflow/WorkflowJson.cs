using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow;

/// <summary>The JSON of messages and of the documents between steps: camelCase, made at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(PlanResult))]
[JsonSerializable(typeof(CleanUploadInput))]
[JsonSerializable(typeof(StepResult))]
[JsonSerializable(typeof(FrozenInputs))]
[JsonSerializable(typeof(AggregateShardInput))]
[JsonSerializable(typeof(AggregateShardResult))]
[JsonSerializable(typeof(MergeSummariesInput))]
[JsonSerializable(typeof(MergeSummariesResult))]
[JsonSerializable(typeof(CategorizeProductsInput))]
[JsonSerializable(typeof(CategorizedProducts))]
[JsonSerializable(typeof(FitCandidateInput))]
[JsonSerializable(typeof(FitCandidateResult))]
[JsonSerializable(typeof(SelectModelInput))]
[JsonSerializable(typeof(SelectModelResult))]
[JsonSerializable(typeof(PublishShardInput))]
[JsonSerializable(typeof(WriteRejectsInput))]
[JsonSerializable(typeof(WriteReportInput))]
[JsonSerializable(typeof(ActivateRunInput))]
[JsonSerializable(typeof(ActivateRunResult))]
[JsonSerializable(typeof(RunOutcome))]
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(UploadRecord))]
[JsonSerializable(typeof(UploadError))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(UploadSightings))]
[JsonSerializable(typeof(CleanPlan))]
[JsonSerializable(typeof(WrittenFiles))]
[JsonSerializable(typeof(RunInputs))]
[JsonSerializable(typeof(ShardSummary))]
[JsonSerializable(typeof(MergedSummary))]
[JsonSerializable(typeof(FittedCandidates))]
[JsonSerializable(typeof(SelectedModel))]
[JsonSerializable(typeof(FrozenPrevious))]
[JsonSerializable(typeof(ShardTransitions))]
internal sealed partial class WorkflowJson : JsonSerializerContext
{
    /// <summary>How a type is written.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
}
