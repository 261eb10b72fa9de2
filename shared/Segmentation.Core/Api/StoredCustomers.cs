using Segmentation.Core.Api.Documents;
using Segmentation.Core.Erasure;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Api;

/// <summary>What a store holds of customers, as the API asks for it.</summary>
public sealed class StoredCustomers(SegmentationStorage storage, Tombstones tombstones, TimeProvider clock) : ICustomersPort
{
    private readonly CustomerHoldings _holdings = new(storage);
    private readonly CustomerErasure _erasure = new(storage, tombstones, clock);

    /// <inheritdoc />
    public async Task<CustomerDocument?> FindAsync(string customerId, CancellationToken cancellationToken) =>
        await _holdings.FindAsync(customerId, cancellationToken) is { } held
            ? new CustomerDocument(
                held.CustomerId,
                [.. held.Lines.Select(Document)],
                [.. held.Rejected.Select(row => new CustomerReject(row.Upload, row.Line, row.Reason, row.Raw))],
                [.. held.Runs.Select(Document)])
            : null;

    /// <inheritdoc />
    public async Task<ErasedCustomer?> FindErasedAsync(string customerId, CancellationToken cancellationToken) =>
        Erased(await _erasure.FindReceiptAsync(customerId, cancellationToken));

    /// <inheritdoc />
    public Task<bool> IsErasableAsync(string customerId, CancellationToken cancellationToken) =>
        _erasure.IsErasableAsync(customerId, cancellationToken);

    /// <inheritdoc />
    public async Task<ErasedCustomer?> EraseAsync(string customerId, CancellationToken cancellationToken) =>
        Erased(await _erasure.EraseAsync(customerId, cancellationToken));

    private static ErasedCustomer? Erased(ErasureReceipt? receipt) =>
        receipt is null ? null : new ErasedCustomer(receipt.ErasedAt, receipt.Uploads, receipt.Rows, receipt.Runs);

    private static CustomerAssignment Document(HeldAssignment run) => new(
        run.RunId,
        run.AsOf,
        new RfmAnswer(run.RecencyDays, run.Frequency, Money.Parse(run.Monetary), run.R, run.F, run.M),
        run.Cluster,
        run.Excluded);

    private static CustomerLine Document(HeldLine line) => new(
        line.Upload, line.Line, line.Kind, line.Time, line.Invoice, line.Product, line.Description, line.Category, line.Country, line.Status,
        line.DocumentType, line.Quantity, line.Price, line.Amount, line.Raw);
}
