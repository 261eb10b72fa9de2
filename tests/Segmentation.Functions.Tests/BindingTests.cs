using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Segmentation.Core.Workflow;
using Segmentation.Functions.Orchestration;
using Segmentation.Functions.Tests.Support;

namespace Segmentation.Functions.Tests;

/// <summary>What the attributes of the functions say.</summary>
public sealed class BindingTests
{
    [Fact]
    public async Task Every_route_of_the_api_has_one_function_and_every_http_function_has_a_route()
    {
        using var app = new App();
        JsonElement paths = (await app.SendAsync("GET", "/api/openapi.json")).Json.GetProperty("paths");
        string[] described =
        [
            .. paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Select(operation => $"Http{Pascal(operation.Value.GetProperty("operationId").GetString()!)} {operation.Name} {path.Name}")),
        ];
        string[] bound =
        [
            .. from function in FunctionTable.All
               let http = function.Trigger<HttpTriggerAttribute>()
               where http is not null && function.Name != "HttpOther"
               select $"{function.Name} {string.Join('+', http.Value.Attribute.Methods).Replace("get+head", "get", StringComparison.Ordinal)} /api/{http.Value.Attribute.Route}",
        ];
        Assert.Equal(described.Order(StringComparer.Ordinal), bound.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_http_function_asks_for_a_key() => Assert.All(
        FunctionTable.All.Select(function => function.Trigger<HttpTriggerAttribute>()).Where(http => http is not null),
        http => Assert.Equal(AuthorizationLevel.Function, http!.Value.Attribute.Level));

    [Fact]
    public void Every_activity_of_the_workflow_is_a_function()
    {
        IEnumerable<string> named = typeof(ActivityNames).GetFields().Select(field => ActivityFunctions.NameOf((string)field.GetRawConstantValue()!))
            .Concat([TurnFunctions.BeginRun, TurnFunctions.EndRun]);
        IEnumerable<string> bound = FunctionTable.All.Where(function => function.Trigger<ActivityTriggerAttribute>() is not null).Select(function => function.Name);
        Assert.Equal(named.Order(StringComparer.Ordinal), bound.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_are_unique_and_each_function_has_one_trigger()
    {
        Assert.Equal(FunctionTable.All.Count, FunctionTable.All.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(FunctionTable.All, function => Assert.Single(
            function.Method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes(inherit: false)),
            attribute => attribute.GetType().Name.EndsWith("TriggerAttribute", StringComparison.Ordinal)));
    }

    [Fact]
    public void Uploads_come_by_events_and_the_schedule_is_a_setting()
    {
        BlobTriggerAttribute blob = FunctionTable.Find("CleanUpload").Trigger<BlobTriggerAttribute>()!.Value.Attribute;
        Assert.Equal(("uploads/{name}", BlobTriggerSource.EventGrid), (blob.BlobPath, blob.Source));
        Assert.Equal("%SegmentationSchedule%", FunctionTable.Find("MonthlySegmentation").Trigger<TimerTriggerAttribute>()!.Value.Attribute.Schedule);
        Assert.NotNull(FunctionTable.Find("SegmentationOrchestrator").Trigger<OrchestrationTriggerAttribute>());
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
