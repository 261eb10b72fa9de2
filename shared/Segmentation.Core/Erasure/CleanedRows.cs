using Segmentation.Core.Storage;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Erasure;

/// <summary>The stored rows of one upload: those of erased customers are found, and left out.</summary>
internal sealed class CleanedRows(IBlobContainer clean, UploadRecord record, IErasedSet erased)
{
    private readonly ErasedCheck _erased = new(erased);
    private readonly byte _delimiter = (byte)record.Reading!.Dialect.Delimiter[0];

    /// <summary>Finds the rows of erased customers.</summary>
    public async Task<ErasedRows> FindAsync(CancellationToken cancellationToken)
    {
        var found = new ErasedRows();
        await ForEachAsync((_, stored, row) =>
        {
            if (IsErased(stored, row))
            {
                found.Lines.Add(row.Line);
                found.Accepted = found.Accepted.Plus(row.Amount);
            }
        }, null, cancellationToken);
        await ForEachRejectAsync(stored =>
        {
            OwnReject reject = OwnReject.Read(stored, out ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> filled);
            if (RawFields.AnyErased(raw, filled, _delimiter, _erased))
            {
                found.Lines.Add(reject.Line);
                found.Rejected.Reject(reject.Reason, reject.Amount);
            }
        }, null, cancellationToken);
        found.Lines.Sort();
        return found;
    }

    /// <summary>Writes all other rows under another key, which counts once the record names it.</summary>
    /// <returns>Bytes of the cleaned rows.</returns>
    public async Task<long> CopyOthersAsync(string key, CancellationToken cancellationToken)
    {
        long bytes = 0;
        await clean.WriteAsync(CleanBlobs.Rows(key), async (stream, token) =>
        {
            var writer = new CleanRowFileWriter(stream, keepRaw: false);
            await ForEachAsync((bucket, stored, row) =>
            {
                if (!IsErased(stored, row))
                {
                    writer.Copy(bucket, stored);
                }
            }, () => writer.DrainAsync(token), token);
            await writer.CompleteAsync(token);
            bytes = stream.Position;
        }, cancellationToken);
        await clean.WriteAsync(CleanBlobs.Rejects(key), async (stream, token) =>
        {
            var writer = new RecordStreamWriter(stream);
            await ForEachRejectAsync(stored =>
            {
                OwnReject.Read(stored, out ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> filled);
                if (!RawFields.AnyErased(raw, filled, _delimiter, _erased))
                {
                    writer.Buffer(stored);
                }
            }, () => writer.FlushAsync(token), token);
            await writer.FlushAsync(token);
        }, cancellationToken);
        return bytes;
    }

    private delegate void TakeRow(int bucket, ReadOnlySpan<byte> stored, CleanRow row);

    private delegate void TakeReject(ReadOnlySpan<byte> stored);

    private bool IsErased(ReadOnlySpan<byte> stored, in CleanRow row) =>
        _erased.Contains(new RecordFields(stored, row.Fields).ReadBytes());

    private async Task ForEachAsync(TakeRow take, Func<ValueTask>? afterBlock, CancellationToken cancellationToken)
    {
        Stream stream = await clean.OpenReadAsync(CleanBlobs.Rows(record.CleanKey!), cancellationToken);
        await using CleanRowFileReader reader = await CleanRowFileReader.OpenAsync(stream, cancellationToken);
        byte[] buffer = [];
        for (int bucket = 0; bucket < CustomerBuckets.Count; bucket++)
        {
            foreach (CleanRowBlock block in await reader.BlocksOfAsync(bucket, cancellationToken))
            {
                buffer = buffer.Length < block.Length ? new byte[block.Length] : buffer;
                await reader.ReadAsync(block, buffer, cancellationToken);
                TakeAll(buffer.AsSpan(0, block.Length), bucket, take);
                if (afterBlock is not null)
                {
                    await afterBlock();
                }
            }
        }
    }

    private static void TakeAll(ReadOnlySpan<byte> block, int bucket, TakeRow take)
    {
        for (int position = 0; position < block.Length;)
        {
            int start = position;
            CleanRow.Skip(block, ref position);
            ReadOnlySpan<byte> stored = block[start..position];
            take(bucket, stored, CleanRow.Read(stored, 0));
        }
    }

    private async Task ForEachRejectAsync(TakeReject take, Func<ValueTask>? afterEach, CancellationToken cancellationToken)
    {
        const int flushEvery = 1_000;
        await using Stream stream = await clean.OpenReadAsync(CleanBlobs.Rejects(record.CleanKey!), cancellationToken);
        var reader = new RecordStreamReader(stream);
        for (int taken = 1; await reader.ReadAsync(cancellationToken); taken++)
        {
            take(reader.Current.Span);
            if (afterEach is not null && taken % flushEvery == 0)
            {
                await afterEach();
            }
        }
    }
}

/// <summary>The stored rows of erased customers in one upload.</summary>
internal sealed class ErasedRows
{
    /// <summary>The lines on which they start, ascending once all are found.</summary>
    public List<long> Lines { get; } = [];

    /// <summary>Those that had passed.</summary>
    public RowTally Accepted { get; set; }

    /// <summary>Those that had been rejected, by reason.</summary>
    public LedgerTally Rejected { get; } = new();

    /// <summary>All of them.</summary>
    public RowTally All => Accepted + Rejected.AllRejected();

    /// <summary>The tally of the upload with these rows in the place of erased ones.</summary>
    public LedgerTally MovedIn(LedgerTally tally)
    {
        var moved = new LedgerTally();
        moved.Add(tally);
        foreach (RejectionReason reason in RejectionReasons.All)
        {
            RowTally rows = Rejected.Rejected[(int)reason];
            RowTally left = moved.Rejected[(int)reason];
            moved.Rejected[(int)reason] = new RowTally(left.Rows - rows.Rows, left.Revenue - rows.Revenue);
        }

        moved.Rejected[(int)RejectionReason.ErasedCustomer] += All;
        return moved;
    }
}
