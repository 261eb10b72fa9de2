using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Segmentation.Functions.Http;

/// <summary>What is held of a customer, and its erasure.</summary>
public sealed class CustomersFunctions(ApiEndpoint api)
{
    /// <summary>All that is held of a customer.</summary>
    [Function("HttpGetCustomerData")]
    public Task<IActionResult> GetCustomerDataAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "customers/{customerId}/data")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>Erases a customer.</summary>
    [Function("HttpEraseCustomer")]
    public Task<IActionResult> EraseCustomerAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "customers/{customerId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);
}
