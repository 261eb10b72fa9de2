using Segmentation.Core.Storage;

namespace Segmentation.Core.Workflow;

/// <summary>
/// The run, written once for every host: clean what is new, aggregate by shard, fit the candidates, choose, publish by shard, report,
/// activate. It decides nothing but the order; the rules of replay are on <see cref="IWorkflowContext" />.
/// </summary>
public static class SegmentationWorkflow
{
    /// <summary>Runs the whole workflow.</summary>
    public static async Task<RunOutcome> RunAsync(IWorkflowContext context, RunRequest request)
    {
        string runId = request.RunId;
        PlanResult plan = await context.CallActivityAsync<RunRequest, PlanResult>(ActivityNames.PlanRun, request);

        context.SetProgress(new RunProgress("clean", plan.UploadsToClean));
        StepResult[] cleaned = await FanOutAsync(plan.UploadsToClean, index =>
            context.CallActivityAsync<CleanUploadInput, StepResult>(ActivityNames.CleanUpload, new CleanUploadInput(runId, index)));
        FrozenInputs inputs = await context.CallActivityAsync<RunRequest, FrozenInputs>(ActivityNames.FreezeInputs, request);
        if (inputs.UsableUploads == 0)
        {
            return new RunOutcome(RunStatus.NothingUsable, 0, null, Activated: false);
        }

        context.SetProgress(new RunProgress("aggregate", inputs.Shards * (inputs.NeedsAsOfFirst ? 2 : 1)));
        double aggregateSeconds = 0;
        DateOnly? asOf = inputs.AsOf;
        if (inputs.NeedsAsOfFirst)
        {
            AggregateShardResult[] dated = await AggregateAsync(context, runId, inputs.Shards, asOf: null, onlyLastPurchase: true);
            aggregateSeconds += dated.Sum(shard => shard.Seconds);
            asOf = DayAfterLast(dated);
        }

        AggregateShardResult[] shards = await AggregateAsync(context, runId, inputs.Shards, asOf, onlyLastPurchase: false);
        aggregateSeconds += shards.Sum(shard => shard.Seconds);
        asOf ??= DayAfterLast(shards);
        if (shards.Sum(shard => shard.Customers) == 0)
        {
            return new RunOutcome(RunStatus.NothingUsable, 0, null, Activated: false);
        }

        MergeSummariesResult merged = await context.CallActivityAsync<MergeSummariesInput, MergeSummariesResult>(
            ActivityNames.MergeSummaries, new MergeSummariesInput(runId, inputs.Shards, asOf));

        // Rejected rows and products need no model: they are seen to while candidates are fitted.
        context.SetProgress(new RunProgress("fit", merged.Candidates + 2));
        Task<StepResult> rejects = context.CallActivityAsync<WriteRejectsInput, StepResult>(
            ActivityNames.WriteRejects, new WriteRejectsInput(runId, inputs.Shards));
        Task<StepResult> products = context.CallActivityAsync<CategorizeProductsInput, StepResult>(
            ActivityNames.CategorizeProducts, new CategorizeProductsInput(runId, inputs.Shards));
        Task<FitCandidateResult[]> fits = FanOutAsync(merged.Candidates, index =>
            context.CallActivityAsync<FitCandidateInput, FitCandidateResult>(
                ActivityNames.FitCandidate, new FitCandidateInput(runId, index)));
        await Task.WhenAll(rejects, products, fits);
        FitCandidateResult[] candidates = await fits;

        context.SetProgress(new RunProgress("select", 1));
        SelectModelResult selected = await context.CallActivityAsync<SelectModelInput, SelectModelResult>(
            ActivityNames.SelectModel, new SelectModelInput(runId, merged.Candidates));

        context.SetProgress(new RunProgress("publish", inputs.Shards));
        StepResult[] published = await FanOutAsync(inputs.Shards, shard =>
            context.CallActivityAsync<PublishShardInput, StepResult>(ActivityNames.PublishShard, new PublishShardInput(runId, shard)));

        context.SetProgress(new RunProgress("report", 1));
        var seconds = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["clean"] = cleaned.Sum(step => step.Seconds),
            ["aggregate"] = aggregateSeconds + merged.Seconds,
            ["fit"] = candidates.Sum(candidate => candidate.FitSeconds),
            ["measure"] = candidates.Sum(candidate => candidate.MeasureSeconds),
            ["stability"] = candidates.Sum(candidate => candidate.StabilitySeconds),
            ["select"] = selected.Seconds,
            ["publish"] = published.Sum(step => step.Seconds),
            ["report"] = (await rejects).Seconds + (await products).Seconds,
        };
        await context.CallActivityAsync<WriteReportInput, StepResult>(
            ActivityNames.WriteReport, new WriteReportInput(runId, inputs.Shards, seconds));

        context.SetProgress(new RunProgress("activate", 1));
        ActivateRunResult activated = await context.CallActivityAsync<ActivateRunInput, ActivateRunResult>(
            ActivityNames.ActivateRun, new ActivateRunInput(runId));
        return new RunOutcome(RunStatus.Completed, merged.Customers, selected.Clusters, activated.Activated, activated.Reason);
    }

    private static Task<AggregateShardResult[]> AggregateAsync(
        IWorkflowContext context, string runId, int shards, DateOnly? asOf, bool onlyLastPurchase) =>
        FanOutAsync(shards, shard => context.CallActivityAsync<AggregateShardInput, AggregateShardResult>(
            ActivityNames.AggregateShard, new AggregateShardInput(runId, shard, asOf, onlyLastPurchase)));

    private static Task<T[]> FanOutAsync<T>(int count, Func<int, Task<T>> call)
    {
        var calls = new Task<T>[count];
        for (int i = 0; i < count; i++)
        {
            calls[i] = call(i);
        }

        return Task.WhenAll(calls);
    }

    private static DateOnly? DayAfterLast(AggregateShardResult[] shards) => shards.Max(shard => shard.LastPurchase)?.AddDays(1);
}
