using Segmentation.Core.Api.Documents;

namespace Segmentation.Core.Api;

internal static partial class ApiRoutes
{
    private static IEnumerable<ApiRoute> Runs() =>
    [
        new ApiRoute<RunDocument>(
            "POST", "/api/runs", "requestRun", "Runs", ApiJson.Answers.RunDocument,
            static (api, _, token) => api.Runs.RequestAsync(token))
        {
            Summary = "Ask for a run",
            Description = "While a run goes on, the request is remembered, and one more run follows; a second request is the same one.",
            Successes = [(202, "The run that waits; `Location` says where to follow it.")],
            Problems = Failures,
            Example = ApiExamples.RequestedRun,
        },
        new ApiRoute<RunsDocument>(
            "GET", "/api/runs", "listRuns", "Runs", ApiJson.Answers.RunsDocument,
            static (api, _, token) => api.Runs.ListAsync(token))
        {
            Summary = "The runs",
            Description = "The one that waits, then the others, newest first.",
            Successes = [(200, "The runs.")],
            Problems = Failures,
        },
        new ApiRoute<RunDocument>(
            "GET", "/api/runs/{runId}", "getRun", "Runs", ApiJson.Answers.RunDocument,
            static (api, call, token) => api.Runs.FindAsync(call, token))
        {
            Summary = "One run",
            Description = "How far it is, and what it came to.",
            Parameters = [RunId],
            Successes = [(200, "The run.")],
            Problems = [BadId, (404, "There is no such run."), .. Failures],
            Example = ApiExamples.CompletedRun,
        },
        new ApiRoute<RunDocument>(
            "POST", "/api/runs/{runId}/activate", "activateRun", "Runs", ApiJson.Answers.RunDocument,
            static (api, call, token) => api.Runs.ActivateAsync(call, token))
        {
            Summary = "Make an earlier run current",
            Description = "Readers see it within 5 seconds. Nothing happens where it is current already.",
            Parameters = [RunId],
            Successes = [(200, "The run, now current.")],
            Problems = [BadId, (404, "There is no such run."), (409, "The run has no results."), .. Failures],
        },
    ];

    private static IEnumerable<ApiRoute> Uploads() =>
    [
        new ApiRoute<UploadsDocument>(
            "GET", "/api/uploads", "listUploads", "Uploads", ApiJson.Answers.UploadsDocument,
            static (api, _, token) => api.Uploads.ListAsync(token))
        {
            Summary = "The uploads",
            Description = "Every upload that was seen, in order of precedence: the time first seen, then the name.",
            Successes = [(200, "The uploads.")],
            Problems = Failures,
        },
        new ApiRoute<UploadDetailDocument>(
            "GET", "/api/uploads/{uploadId}", "getUpload", "Uploads", ApiJson.Answers.UploadDetailDocument,
            static (api, call, token) => api.Uploads.FindAsync(call, token))
        {
            Summary = "One upload",
            Description = "How it was read, and where its rows went in the current run.",
            Parameters = [UploadId],
            Successes = [(200, "The upload.")],
            Problems = [BadId, (404, "There is no such upload."), .. Failures],
        },
        new ApiRoute<UploadDetailDocument>(
            "DELETE", "/api/uploads/{uploadId}", "withdrawUpload", "Uploads", ApiJson.Answers.UploadDetailDocument,
            static (api, call, token) => api.Uploads.WithdrawAsync(call, token))
        {
            Summary = "Withdraw an upload",
            Description = "Its rows take part in no run that begins from now on; lines of other uploads that it superseded count again.",
            Parameters = [UploadId],
            Successes = [(202, "The upload; `Location` names the run that makes its withdrawal effective.")],
            Problems = [BadId, (404, "There is no such upload, or it was withdrawn already: `type` tells which."), .. Failures],
        },
    ];
}
