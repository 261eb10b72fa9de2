using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Erasure;

/// <summary>What erasing a customer came to.</summary>
/// <param name="ErasedAt">When the customer was erased first, UTC.</param>
/// <param name="Uploads">Uploads that held rows of the customer then.</param>
/// <param name="Rows">These rows.</param>
/// <param name="Runs">Runs that had published the customer.</param>
public sealed record ErasureReceipt(DateTime ErasedAt, int Uploads, long Rows, int Runs);

/// <summary>Erases customers for good: no stored byte holds the id but a keyed hash, also when an old file comes again.</summary>
/// <remarks>
/// The tombstone is written first; from then on no run takes rows of the customer. Then all that is stored is scrubbed, which needs the
/// tombstones alone, so that it can be finished after a crash. The caller sees to it that no run is in progress meanwhile, and asks for
/// a new one afterwards. Cost: a pass over all that is stored.
/// </remarks>
/// <param name="storage">All that is stored.</param>
/// <param name="tombstones">Who was erased.</param>
/// <param name="clock">Dates the erasure.</param>
public sealed class CustomerErasure(SegmentationStorage storage, Tombstones tombstones, TimeProvider clock)
{
    private readonly CustomerHoldings _holdings = new(storage);

    /// <summary>Erases a customer. Once more changes nothing, or finishes what was interrupted.</summary>
    /// <param name="customerId">The id, as a person or a program gives it.</param>
    /// <param name="cancellationToken">Stops the work; the next call, or <see cref="ScrubAsync" />, goes on.</param>
    /// <returns>What was erased, or null where nothing is held on the id and it was not erased before.</returns>
    public async Task<ErasureReceipt?> EraseAsync(string customerId, CancellationToken cancellationToken)
    {
        string id = CustomerIds.Normalise(customerId);
        if (id.Length == 0)
        {
            return null;
        }

        if (await FindReceiptAsync(id, cancellationToken) is { } done)
        {
            return done;
        }

        Tombstone? tombstone = await tombstones.FindAsync(id, cancellationToken);
        if (tombstone is null)
        {
            HeldOnCustomer? held = await _holdings.FindAsync(id, cancellationToken);
            if (held is null && !await _holdings.IsMentionedAsync(id, cancellationToken))
            {
                return null;
            }

            IEnumerable<string> uploads = (held?.Lines.Select(line => line.Upload) ?? [])
                .Concat(held?.Rejected.Select(row => row.Upload) ?? []);
            tombstone = new Tombstone
            {
                ErasedAt = clock.GetUtcNow().UtcDateTime,
                Uploads = uploads.Distinct(StringComparer.Ordinal).Count(),
                Rows = held is null ? 0 : held.Lines.Count + held.Rejected.Count,
                Runs = held?.Runs.Count ?? 0,
            };
            await tombstones.AddAsync(id, tombstone, cancellationToken);
        }

        await ScrubAllAsync(cancellationToken);
        return new ErasureReceipt(tombstone.ErasedAt, tombstone.Uploads, tombstone.Rows, tombstone.Runs);
    }

    /// <summary>The receipt of an erasure that is done; null where the customer was not erased, or something is held again.</summary>
    public async Task<ErasureReceipt?> FindReceiptAsync(string customerId, CancellationToken cancellationToken)
    {
        string id = CustomerIds.Normalise(customerId);
        return await tombstones.FindAsync(id, cancellationToken) is { ScrubbedAt: not null } done
            && await _holdings.FindAsync(id, cancellationToken) is null
            && !await _holdings.IsMentionedAsync(id, cancellationToken)
                ? new ErasureReceipt(done.ErasedAt, done.Uploads, done.Rows, done.Runs)
                : null;
    }

    /// <summary>Whether something is held on a customer, or an erasure is to be finished.</summary>
    public async Task<bool> IsErasableAsync(string customerId, CancellationToken cancellationToken)
    {
        string id = CustomerIds.Normalise(customerId);
        return id.Length > 0
            && (await tombstones.FindAsync(id, cancellationToken) is not null
                || await _holdings.FindAsync(id, cancellationToken) is not null
                || await _holdings.IsMentionedAsync(id, cancellationToken));
    }

    /// <summary>Whether an erasure was interrupted, so that <see cref="ScrubAsync" /> has something to do.</summary>
    public async Task<bool> IsPendingAsync(CancellationToken cancellationToken) =>
        (await tombstones.ReadPendingAsync(cancellationToken)).Count > 0;

    /// <summary>Finishes erasures that were interrupted; nothing happens where there is none.</summary>
    /// <exception cref="InvalidDataException">
    /// Something stored is damaged, so that nobody can say what it holds; the message names it.
    /// </exception>
    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        if (await IsPendingAsync(cancellationToken))
        {
            await ScrubAllAsync(cancellationToken);
        }
    }

    private async Task ScrubAllAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, Tombstone> pending = await tombstones.ReadPendingAsync(cancellationToken);
        tombstones.Invalidate();
        ErasedSet erased = await tombstones.ReadFreshAsync(cancellationToken);
        await new UploadScrub(storage, erased).ScrubAsync(cancellationToken);
        await new RunScrub(storage, erased).ScrubAsync(cancellationToken);
        foreach ((string blob, Tombstone tombstone) in pending)
        {
            await tombstones.MarkScrubbedAsync(blob, tombstone, cancellationToken);
        }
    }
}
