using Segmentation.Core.Api.Documents;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Api;

/// <summary>What is held of a customer: told, and erased.</summary>
internal sealed class CustomerHandlers(ApiPorts ports)
{
    public async Task<ApiResult<CustomerDocument>> FindAsync(ApiCall call, CancellationToken cancellationToken) =>
        await ports.Customers.FindAsync(call["customerId"], cancellationToken) is { } held ? held : ApiProblem.NothingHeld();

    private static ErasureDocument Document(ErasedCustomer erased, string? runId) =>
        new(erased.ErasedAt, erased.Uploads, erased.Rows, erased.Runs, runId);

    public async Task<ApiResult<ErasureDocument>> EraseAsync(ApiCall call, CancellationToken cancellationToken)
    {
        string id = call["customerId"];
        if (await ports.Customers.FindErasedAsync(id, cancellationToken) is { } before)
        {
            return Document(before, null);
        }

        // Asked first, so that whoever is unknown stops no run.
        if (!await ports.Customers.IsErasableAsync(id, cancellationToken))
        {
            return ApiProblem.NothingHeld();
        }

        ErasedCustomer? erased = null;
        RunTicket ticket = await ports.Runs.ChangeAloneAsync(
            RunCause.Erasure, async token => erased = await ports.Customers.EraseAsync(id, token), cancellationToken);
        return erased is null ? ApiProblem.NothingHeld() : Document(erased, ticket.RunId);
    }
}
