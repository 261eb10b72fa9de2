using Microsoft.DurableTask.Client;
using Segmentation.Core.Api;
using Segmentation.Core.Storage;

namespace Segmentation.Functions.Runs;

/// <summary>Whether the engine works on what the rows of runs say.</summary>
public sealed class RunHealth(DurableTaskClient client, RunParts parts) : IHealthChecks
{
    private const string Name = "orchestration";

    /// <inheritdoc />
    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunRecord> runs = await parts.Storage.Segments.ListRunsAsync(cancellationToken);
        foreach (RunRecord run in runs.Where(run => run.Status == RunStatus.Running))
        {
            if (!await client.IsLiveAsync(run.RunId, cancellationToken))
            {
                return
                [
                    new HealthCheck(
                        Name, HealthStatus.Degraded, $"Nothing works on run {run.RunId}; ask for a run, which takes it up again."),
                ];
            }
        }

        return [new HealthCheck(Name, HealthStatus.Healthy, "Every run that goes on is worked on.")];
    }
}
