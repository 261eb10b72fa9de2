using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Segmentation.Functions.Http;

/// <summary>Uploads and their ledgers.</summary>
public sealed class UploadsFunctions(ApiEndpoint api)
{
    /// <summary>All uploads.</summary>
    [Function("HttpListUploads")]
    public Task<IActionResult> ListUploadsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "uploads")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>One upload and its ledger.</summary>
    [Function("HttpGetUpload")]
    public Task<IActionResult> GetUploadAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "uploads/{uploadId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>Withdraws an upload.</summary>
    [Function("HttpWithdrawUpload")]
    public Task<IActionResult> WithdrawUploadAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "uploads/{uploadId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);
}
