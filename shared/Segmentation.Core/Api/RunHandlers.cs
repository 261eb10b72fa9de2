using System.Text.Json.Serialization.Metadata;
using Segmentation.Core.Api.Documents;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Api;

/// <summary>Runs: asked for, listed, followed, made current.</summary>
internal sealed class RunHandlers(ApiPorts ports)
{
    private const int DigitsOfDay = 8;
    private const int DigitsOfTime = 6;
    private const int DigitsOfMilliseconds = 3;

    private ISegmentStore Store => ports.Storage.Segments;

    public async Task<ApiResult<RunDocument>> RequestAsync(CancellationToken cancellationToken)
    {
        RunTicket ticket = await ports.Runs.RequestRunAsync(RunCause.Request, cancellationToken);
        return ApiResult<RunDocument>.Accepted(Waiting(ticket), ticket.RunId);
    }

    public async Task<ApiResult<RunsDocument>> ListAsync(CancellationToken cancellationToken)
    {
        // The request is read first: one that begins meanwhile is then seen as a run, and never missed.
        RunTicket? ticket = await Store.FindRequestAsync(cancellationToken);
        string? current = await Store.FindCurrentRunAsync(cancellationToken);
        IReadOnlyList<RunRecord> runs = await Store.ListRunsAsync(cancellationToken);
        var documents = new List<RunDocument>();
        if (ticket is not null && runs.All(run => run.RunId != ticket.RunId))
        {
            documents.Add(Waiting(ticket));
        }

        foreach (RunRecord run in runs)
        {
            documents.Add(await DescribeAsync(run, current, cancellationToken));
        }

        return new RunsDocument(current, documents);
    }

    public async Task<ApiResult<RunDocument>> FindAsync(ApiCall call, CancellationToken cancellationToken)
    {
        string runId = call["runId"];
        if (!IsId(runId))
        {
            return ApiProblem.UnknownRun();
        }

        RunTicket? ticket = await Store.FindRequestAsync(cancellationToken);
        if (await Store.FindRunAsync(runId, cancellationToken) is { } run)
        {
            return await DetailAsync(run, cancellationToken);
        }

        return ticket?.RunId == runId ? Waiting(ticket) : ApiProblem.UnknownRun();
    }

    public async Task<ApiResult<RunDocument>> ActivateAsync(ApiCall call, CancellationToken cancellationToken)
    {
        string runId = call["runId"];
        if (!IsId(runId))
        {
            return ApiProblem.UnknownRun();
        }

        RunTicket? ticket = await Store.FindRequestAsync(cancellationToken);
        RunRecord? run = await Store.FindRunAsync(runId, cancellationToken);
        if (run is null)
        {
            return ticket?.RunId == runId ? ApiProblem.NotActivatable("The run waits and has not begun.") : ApiProblem.UnknownRun();
        }

        if (run.Status != RunStatus.Completed)
        {
            return ApiProblem.NotActivatable(WhyNot(run));
        }

        await ports.Segments.ActivateAsync(runId, cancellationToken);
        return await DetailAsync(await Store.FindRunAsync(runId, cancellationToken) ?? run, cancellationToken);
    }

    /// <summary>How far a run is, where the host knows.</summary>
    public async ValueTask<ProgressDocument?> FindProgressAsync(string runId, CancellationToken cancellationToken) =>
        await ports.Runs.FindProgressAsync(runId, cancellationToken) is { } progress
            ? new ProgressDocument(progress.Step, progress.Done, progress.Total)
            : null;

    /// <summary>A result of a run, or null where it has none of that name.</summary>
    public async Task<T?> ReadResultAsync<T>(string runId, string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ports.Storage.Runs.ReadJsonAsync(RunBlobs.Result(runId, name), type, cancellationToken);
        }
        catch (BlobNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Ids become names of blobs: only what an id can be is looked for.</summary>
    private static bool IsId(string runId) =>
        runId.Split('-') is [var day, var time, var milliseconds]
        && IsDigits(day, DigitsOfDay) && IsDigits(time, DigitsOfTime) && IsDigits(milliseconds, DigitsOfMilliseconds);

    private static bool IsDigits(string text, int count) => text.Length == count && text.All(char.IsAsciiDigit);

    private static string WhyNot(RunRecord run) => run.Status switch
    {
        RunStatus.Running => "The run is not finished; ask again when its status is completed.",
        RunStatus.NothingUsable => "The run ended without results: the uploads hold no purchase that counts.",
        _ => $"The run failed{(run.Message is null ? "." : $": {run.Message}")}",
    };

    private static RunDocument Waiting(RunTicket ticket) => new(
        ticket.RunId, RunState.Requested, ticket.Cause, ticket.RequestedAt, null, null, false, null, null, null, null, null, null);

    private async Task<RunDocument> DetailAsync(RunRecord run, CancellationToken cancellationToken)
    {
        RunDocument document = await DescribeAsync(run, await Store.FindCurrentRunAsync(cancellationToken), cancellationToken);
        if (run.Status != RunStatus.Completed)
        {
            return document;
        }

        LedgerDocument? ledger = await ReadResultAsync(run.RunId, LedgerFile.Name, ResultJson.Readable.LedgerDocument, cancellationToken);
        ModelSelection? selection = await ReadResultAsync(
            run.RunId, "model-selection.json", ResultJson.Readable.ModelSelection, cancellationToken);
        TransitionsDocument? transitions = await ReadResultAsync(
            run.RunId, SegmentationActivities.TransitionsFile, ResultJson.Readable.TransitionsDocument, cancellationToken);
        return document with { Results = new RunResults(ledger?.Total, selection?.Chosen, transitions) };
    }

    private async Task<RunDocument> DescribeAsync(RunRecord run, string? current, CancellationToken cancellationToken) => new(
        run.RunId,
        run.Status switch
        {
            RunStatus.Completed => RunState.Completed,
            RunStatus.Running => RunState.Running,
            RunStatus.NothingUsable => RunState.NothingUsable,
            _ => RunState.Failed,
        },
        run.Cause,
        run.RequestedAt,
        run.FinishedAt,
        run.ActivatedAt,
        run.RunId == current,
        run.AsOf,
        run.Status == RunStatus.Completed ? run.Customers : null,
        run.Clusters,
        run.Message,
        run.Status == RunStatus.Running ? await FindProgressAsync(run.RunId, cancellationToken) : null,
        null);
}
