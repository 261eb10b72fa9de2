using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Runs;

namespace Segmentation.Functions.Orchestration;

/// <summary>The activities of the workflow, one function each.</summary>
public sealed class ActivityFunctions(ActivityInvoker activities)
{
    /// <summary>The function of <see cref="ActivityNames.CleanUpload" />: the trigger on uploads has that name already.</summary>
    public const string CleanPlannedUpload = nameof(CleanPlannedUpload);

    /// <summary>The function that an activity is.</summary>
    public static string NameOf(string activity) => activity == ActivityNames.CleanUpload ? CleanPlannedUpload : activity;

    /// <summary>Lists the uploads that are to be cleaned.</summary>
    [Function(ActivityNames.PlanRun)]
    public Task<JsonElement> PlanRunAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.PlanRun, input, context.CancellationToken);

    /// <summary>Cleans one upload of the plan.</summary>
    [Function(CleanPlannedUpload)]
    public Task<JsonElement> CleanUploadAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.CleanUpload, input, context.CancellationToken);

    /// <summary>Fixes which cleaned uploads the run is made of.</summary>
    [Function(ActivityNames.FreezeInputs)]
    public Task<JsonElement> FreezeInputsAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.FreezeInputs, input, context.CancellationToken);

    /// <summary>Aggregates the customers of one shard.</summary>
    [Function(ActivityNames.AggregateShard)]
    public Task<JsonElement> AggregateShardAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.AggregateShard, input, context.CancellationToken);

    /// <summary>Merges the summaries of the shards.</summary>
    [Function(ActivityNames.MergeSummaries)]
    public Task<JsonElement> MergeSummariesAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.MergeSummaries, input, context.CancellationToken);

    /// <summary>Writes the rejected rows.</summary>
    [Function(ActivityNames.WriteRejects)]
    public Task<JsonElement> WriteRejectsAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.WriteRejects, input, context.CancellationToken);

    /// <summary>Puts products into categories.</summary>
    [Function(ActivityNames.CategorizeProducts)]
    public Task<JsonElement> CategorizeProductsAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.CategorizeProducts, input, context.CancellationToken);

    /// <summary>Fits and measures one candidate model.</summary>
    [Function(ActivityNames.FitCandidate)]
    public Task<JsonElement> FitCandidateAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.FitCandidate, input, context.CancellationToken);

    /// <summary>Chooses the model and describes the segments.</summary>
    [Function(ActivityNames.SelectModel)]
    public Task<JsonElement> SelectModelAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.SelectModel, input, context.CancellationToken);

    /// <summary>Writes the customers of one shard under the run's keys.</summary>
    [Function(ActivityNames.PublishShard)]
    public Task<JsonElement> PublishShardAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.PublishShard, input, context.CancellationToken);

    /// <summary>Writes the results of the run.</summary>
    [Function(ActivityNames.WriteReport)]
    public Task<JsonElement> WriteReportAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.WriteReport, input, context.CancellationToken);

    /// <summary>Records the run and lets readers see it.</summary>
    [Function(ActivityNames.ActivateRun)]
    public Task<JsonElement> ActivateRunAsync([ActivityTrigger] JsonElement input, FunctionContext context) =>
        activities.InvokeAsync(ActivityNames.ActivateRun, input, context.CancellationToken);
}
