using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Segmentation.Core.Storage;
using Segmentation.Functions.Runs;

namespace Segmentation.Functions.Triggers;

/// <summary>The schedule asks for a run; a time that was missed is made up for by the timer itself.</summary>
public sealed class MonthlySegmentation(RunParts parts, ILogger<MonthlySegmentation> logger)
{
    /// <summary>Asks for a run.</summary>
    [Function(nameof(MonthlySegmentation))]
    public Task RunAsync(
        [TimerTrigger("%SegmentationSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        FunctionsLog.ScheduleIsDue(logger, timer.IsPastDue);
        return new DurableRunHost(client, parts).RequestRunAsync(RunCause.Schedule, context.CancellationToken);
    }
}
