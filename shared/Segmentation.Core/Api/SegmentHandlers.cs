using System.Globalization;
using Segmentation.Core.Api.Documents;
using Segmentation.Core.Options;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Segments.Scoring;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Api;

/// <summary>Lookups, profiles, scoring and the report: all that is read from the current run.</summary>
internal sealed class SegmentHandlers(ApiPorts ports)
{
    private const int MostRejectionsShown = 100;

    public async Task<ApiResult<SegmentAnswer>> FindAsync(ApiCall call, CancellationToken cancellationToken)
    {
        try
        {
            // The customer may have been erased since the caller got this version: it is looked up in any case.
            return await ports.Segments.FindAsync(call["customerId"], cancellationToken) is { } found
                ? ApiResult<SegmentAnswer>.Versioned(found.Answer, found.Version, call)
                : ApiProblem.UnknownCustomer();
        }
        catch (NoCurrentRunException)
        {
            return ApiProblem.NoRunYet();
        }
    }

    public async Task<ApiResult<LookupDocument>> FindAllAsync(ApiCall call, CancellationToken cancellationToken)
    {
        (LookupRequest? request, ApiProblem? problem) = LookupBody.Read(call.Body);
        if (request is null)
        {
            return problem!;
        }

        try
        {
            FoundSegments found = await ports.Segments.FindAllAsync(request.CustomerIds, cancellationToken);
            return ((ApiResult<LookupDocument>)found.Answers) with { Version = found.Version };
        }
        catch (NoCurrentRunException)
        {
            return ApiProblem.NoRunYet();
        }
    }

    public async Task<ApiResult<SegmentsDocument>> ListAsync(ApiCall call, CancellationToken cancellationToken) =>
        await ports.Segments.FindCurrentAsync(cancellationToken) is { } current
            ? ApiResult<SegmentsDocument>.Versioned(
                new SegmentsDocument(current.Run.RunId, current.Run.AsOf!.Value, current.Profiles), current.Version, call)
            : ApiProblem.NoRunYet();

    public async Task<ApiResult<CustomerScore>> ScoreAsync(ApiCall call, CancellationToken cancellationToken)
    {
        (ScoreBody? body, ApiProblem? problem) = ScoreBody.Read(call.Body);
        if (body is null)
        {
            return problem!;
        }

        if (await ports.Segments.FindCurrentAsync(cancellationToken) is not { } current)
        {
            return ApiProblem.NoRunYet();
        }

        var scoring = new CustomerScoring(current.Run.RunId, current.Run.AsOf!.Value, current.Model, current.Profiles);
        if (body.Figures is { } figures)
        {
            return scoring.Score(figures);
        }

        SegmentationOptions options = await RunOptions.ReadAsync(ports.Storage.Runs, current.Run.RunId, cancellationToken);
        try
        {
            TransactionScore judged = await scoring.ScoreAsync(
                body.Transactions!, options, ports.Clock.GetUtcNow().UtcDateTime, cancellationToken);
            return judged.Score is { } score ? score : NothingCounts(judged.Rejected);
        }
        catch (UnusableUploadException unusable)
        {
            // No line could be read at all, for example because each has a text beyond the limit.
            return ApiProblem.NothingCounts(unusable.Message, []);
        }
    }

    public async Task<ApiResult<StoredPage>> ReportAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (await ports.Segments.FindCurrentAsync(cancellationToken) is not { } current)
        {
            return ApiProblem.NoRunYet();
        }

        if (call.Has(current.Version))
        {
            return ApiResult<StoredPage>.NotModified(current.Version);
        }

        try
        {
            Stream page = await ports.Storage.Runs.OpenReadAsync(RunBlobs.Result(current.Run.RunId, "report.html"), cancellationToken);
            return ((ApiResult<StoredPage>)new StoredPage(page)) with { Version = current.Version };
        }
        catch (BlobNotFoundException)
        {
            return ApiProblem.NoReport();
        }
    }

    private static ApiProblem NothingCounts(IReadOnlyList<RejectedTransaction> rejected)
    {
        string more = rejected.Count > MostRejectionsShown ? $" The first {MostRejectionsShown} are listed." : "";
        string detail = string.Create(
            CultureInfo.InvariantCulture,
            $"None of the transactions is a purchase that counts: {rejected.Count} "
            + $"{(rejected.Count == 1 ? "was" : "were")} rejected, the others are returns or cancelled.{more}");
        return ApiProblem.NothingCounts(detail, [.. rejected.Take(MostRejectionsShown).Select(reject => new FaultDocument(
            string.Create(CultureInfo.InvariantCulture, $"/transactions/{reject.Index}"), $"{reject.Reason}: {reject.Detail}."))]);
    }
}
