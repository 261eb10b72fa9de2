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
            ? new CustomerDocument(held.CustomerId, [.. held.Runs.Select(Document)], [.. held.Lines.Select(Document)])
            : null;

    /// <inheritdoc />
    public async Task<ErasedCustomer?> EraseAsync(string customerId, CancellationToken cancellationToken) =>
        await _erasure.EraseAsync(customerId, cancellationToken) is { } receipt
            ? new ErasedCustomer(CustomerIds.Normalise(customerId), receipt.ErasedAt, receipt.Runs, receipt.Rows)
            : null;

    private static Documents.HeldAssignment Document(Erasure.HeldAssignment run) => new(
        run.RunId, run.AsOf, new RfmAnswer(run.RecencyDays, run.Frequency, Money.Parse(run.Monetary), run.R, run.F, run.M), run.Cluster, run.Excluded);

    private static HeldTransaction Document(HeldLine line) => new(
        line.Upload, line.Line, line.Kind, line.Time, TextOf(line.Invoice), TextOf(line.Product), TextOf(line.Description), TextOf(line.Category),
        TextOf(line.Country), TextOf(line.Status), TextOf(line.DocumentType), line.Quantity, line.Price, Money.Parse(line.Amount));

    private static string? TextOf(string text) => text.Length == 0 ? null : text;
}
