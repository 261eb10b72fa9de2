using Segmentation.Core.Api.Documents;
using Segmentation.Core.Storage;

namespace Segmentation.Core.Api;

/// <summary>What is held of a customer: told, and erased.</summary>
internal sealed class CustomerHandlers(ApiPorts ports)
{
    public async Task<ApiResult<CustomerDocument>> FindAsync(ApiCall call, CancellationToken cancellationToken) =>
        await ports.Customers.FindAsync(call["customerId"], cancellationToken) is { } held ? held : ApiProblem.NothingHeld();

    public async Task<ApiResult<ErasureDocument>> EraseAsync(ApiCall call, CancellationToken cancellationToken)
    {
        ErasedCustomer? erased = null;
        await ports.Runs.ChangeAloneAsync(
            async token => erased = await ports.Customers.EraseAsync(call["customerId"], token), cancellationToken);
        if (erased is null)
        {
            return ApiProblem.NothingHeld();
        }

        RunTicket ticket = await ports.Runs.RequestRunAsync(RunCause.Erasure, cancellationToken);
        return new ErasureDocument(erased.ErasedAt, erased.Uploads, erased.Rows, erased.Runs, ticket.RunId);
    }
}
