using System.Globalization;
using Microsoft.Extensions.Logging;
using Segmentation.Core.Api.Documents;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Api;

/// <summary>Says how the service is, by reading what it needs: a port that is open says nothing.</summary>
internal sealed class HealthHandlers(ApiPorts ports, RunHandlers runs, ILogger logger)
{
    public async Task<ApiResult<HealthDocument>> CheckAsync(CancellationToken cancellationToken)
    {
        var document = new HealthDocument(HealthStatus.Healthy, ports.Version, null, null, null, null, []);
        var checks = new List<HealthCheck>();
        document = await TryAsync("storage", checks,
            () => ReadRunsAsync(document, checks, cancellationToken), cancellationToken) ?? document;
        await TryAsync("model", checks, () => ReadModelAsync(checks, cancellationToken), cancellationToken);
        await TryAsync("host", checks, async () =>
        {
            checks.AddRange(await ports.Health.CheckAsync(cancellationToken));
            return checks;
        }, cancellationToken);
        HealthStatus worst = checks.Max(check => check.Status);
        return ApiResult<HealthDocument>.Of(worst == HealthStatus.Unhealthy ? 503 : 200, document with { Status = worst, Checks = checks });
    }

    private async Task<HealthDocument> ReadRunsAsync(HealthDocument document, List<HealthCheck> checks, CancellationToken cancellationToken)
    {
        ISegmentStore store = ports.Storage.Segments;
        RunTicket? waiting = await store.FindRequestAsync(cancellationToken);
        IReadOnlyList<RunRecord> all = await store.ListRunsAsync(cancellationToken);
        string? pointer = await store.FindCurrentRunAsync(cancellationToken);
        RunRecord? current = pointer is null ? null : await store.FindRunAsync(pointer, cancellationToken);
        RunRecord? running = all.FirstOrDefault(run => run.Status == RunStatus.Running);
        RunRecord? failed = all.FirstOrDefault(run => run.Status == RunStatus.Failed);
        checks.Add(pointer is not null && current is null
            ? new HealthCheck("storage", HealthStatus.Unhealthy,
                $"The pointer names run {pointer}, which has no row; make another run current.")
            : new HealthCheck("storage", HealthStatus.Healthy, "The rows of the runs can be read."));
        checks.Add(LastRun(all.FirstOrDefault(run => run.Status != RunStatus.Running)));
        RunRecord? completed = all.FirstOrDefault(run => run.Status == RunStatus.Completed);
        if (completed is not null)
        {
            checks.Add(await UploadsAsync(completed, cancellationToken));
        }

        return document with
        {
            CurrentRun = current is null ? null : new HealthCurrentRun(current.RunId, current.AsOf, current.Customers, current.FinishedAt),
            Running = running is null ? null :
                new HealthRunning(running.RunId, await runs.FindProgressAsync(running.RunId, cancellationToken)),
            Waiting = waiting is null || all.Any(run => run.RunId == waiting.RunId) ? null : new HealthWaiting(waiting.RunId),
            LastFailure = failed is null ? null : new HealthFailure(failed.RunId, failed.FinishedAt, failed.Message),
        };
    }

    private static HealthCheck LastRun(RunRecord? last) => last?.Status switch
    {
        RunStatus.Failed => new HealthCheck("runs", HealthStatus.Degraded,
            $"Run {last.RunId} failed: {last.Message ?? "no reason is recorded"}"),
        RunStatus.NothingUsable => new HealthCheck(
            "runs", HealthStatus.Degraded, $"Run {last.RunId} found no purchase that counts; GET /api/uploads says why."),
        RunStatus.Completed when last.ActivatedAt is null => new HealthCheck(
            "runs",
            HealthStatus.Degraded,
            $"Run {last.RunId} was completed and is held back: {last.Message} Readers see the run before; POST /api/runs/{last.RunId}/activate makes it current."),

        // Who makes a run current by hand has read why it was held back.
        RunStatus.Completed when last.Message is not null && last.ActivatedAt <= last.FinishedAt => new HealthCheck(
            "runs",
            HealthStatus.Degraded,
            $"Run {last.RunId} is current because of workflow.activate=always: {last.Message} POST /api/runs/{last.RunId}/activate once that is in order."),
        RunStatus.Completed => new HealthCheck("runs", HealthStatus.Healthy, $"Run {last.RunId} was completed."),
        _ => new HealthCheck("runs", HealthStatus.Healthy, "No run has ended yet."),
    };

    private async Task<HealthCheck> UploadsAsync(RunRecord completed, CancellationToken cancellationToken)
    {
        LedgerDocument? ledger = await runs.ReadResultAsync(
            completed.RunId, LedgerFile.Name, ResultJson.Readable.LedgerDocument, cancellationToken);
        int unusable = ledger?.Uploads.Count(upload => upload.Error is not null) ?? 0;
        return unusable == 0
            ? new HealthCheck("uploads", HealthStatus.Healthy, "Every upload of the last completed run could be used.")
            : new HealthCheck("uploads", HealthStatus.Degraded, string.Create(
                CultureInfo.InvariantCulture,
                $"{unusable} {(unusable == 1 ? "upload" : "uploads")} of run {completed.RunId} could not be used; GET /api/uploads says why."));
    }

    private async Task<HealthDocument?> ReadModelAsync(List<HealthCheck> checks, CancellationToken cancellationToken)
    {
        CurrentSegments? current = await ports.Segments.FindCurrentAsync(cancellationToken);
        checks.Add(new HealthCheck(
            "model", HealthStatus.Healthy, current is null
                ? "No run has been published yet." : $"The model of run {current.Run.RunId} can be read."));
        return null;
    }

    /// <summary>Runs one check; whatever keeps it from being made is its result, and no other check is left out for it.</summary>
    private async Task<T?> TryAsync<T>(string name, List<HealthCheck> checks, Func<Task<T>> check, CancellationToken cancellationToken)
        where T : class?
    {
        try
        {
            return await check();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            ApiLog.CheckFailed(logger, fault, name);
            string found = fault is InvalidDataException ? fault.Message : ApiFaults.ProblemOf(fault).Detail;
            checks.Add(new HealthCheck(name, HealthStatus.Unhealthy, found));
            return null;
        }
    }
}
