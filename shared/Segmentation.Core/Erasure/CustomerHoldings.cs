using System.Text;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Erasure;

/// <summary>Finds all that is held on a customer. Thread-safe.</summary>
/// <remarks>
/// Cost: of each upload one of 256 buckets and the rejected rows; of each run one row. The customer's rows must fit in memory.
/// </remarks>
public sealed class CustomerHoldings(SegmentationStorage storage)
{
    /// <summary>Finds what uploads and runs hold on a customer.</summary>
    /// <param name="customerId">The id, as a person or a program gives it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>All that is held, or null for nothing.</returns>
    public async Task<HeldOnCustomer?> FindAsync(string customerId, CancellationToken cancellationToken)
    {
        string id = CustomerIds.Normalise(customerId);
        if (id.Length == 0)
        {
            return null;
        }

        byte[] key = Encoding.UTF8.GetBytes(id);
        var lines = new List<HeldLine>();
        var rejected = new List<HeldReject>();
        foreach (UploadRecord record in await UploadRecords.ReadAsync(storage.Clean, cancellationToken))
        {
            if (record.CleanKey is not null)
            {
                await AddLinesAsync(lines, record, key, cancellationToken);
                await AddRejectsAsync(rejected, record, key, cancellationToken);
            }
        }

        var runs = new List<HeldAssignment>();
        foreach (RunRecord run in await storage.Segments.ListRunsAsync(cancellationToken))
        {
            if (await FindAsync(run, id, cancellationToken) is { } assignment)
            {
                runs.Add(Held(run, assignment));
            }
        }

        return lines.Count + rejected.Count + runs.Count == 0 ? null : new HeldOnCustomer(id, lines, rejected, runs);
    }

    private async Task<SegmentAssignment?> FindAsync(RunRecord run, string id, CancellationToken cancellationToken)
    {
        try
        {
            return run.Shards == 0
                ? null
                : await storage.Segments.FindAsync(run.RunId, CustomerBuckets.ShardOf(id, run.Shards), id, cancellationToken);
        }
        catch (BlobNotFoundException)
        {
            // The run is being removed, or has not published this shard.
            return null;
        }
    }

    /// <summary>Whether a file that was not read as transactions, or not yet, holds an id.</summary>
    internal async Task<bool> IsMentionedAsync(string id, CancellationToken cancellationToken)
    {
        var tokens = new TokenRedaction(new OneCustomer(Encoding.UTF8.GetBytes(id)));
        Dictionary<string, UploadRecord> records = (await UploadRecords.ReadAsync(storage.Clean, cancellationToken))
            .ToDictionary(record => record.Name, StringComparer.Ordinal);
        await foreach (BlobEntry blob in storage.Uploads.ListAsync("", cancellationToken))
        {
            if (UploadNames.IsIgnored(blob.Name))
            {
                continue;
            }

            bool isCleaned = records.TryGetValue(blob.Name, out UploadRecord? record) && record.CleanKey is not null && record.IsOf(blob);
            if (!isCleaned && await tokens.IsNeededAsync(storage.Uploads, blob.Name, cancellationToken))
            {
                return true;
            }
        }

        if (storage.Quarantine is { } quarantine)
        {
            await foreach (BlobEntry blob in quarantine.ListAsync("", cancellationToken))
            {
                if (await tokens.IsNeededAsync(quarantine, blob.Name, cancellationToken))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private async Task AddLinesAsync(List<HeldLine> lines, UploadRecord record, byte[] id, CancellationToken cancellationToken)
    {
        Stream stream = await storage.Clean.OpenReadAsync(CleanBlobs.Rows(record.CleanKey!), cancellationToken);
        await using CleanRowFileReader reader = await CleanRowFileReader.OpenAsync(stream, cancellationToken);
        byte[] buffer = [];
        foreach (CleanRowBlock block in await reader.BlocksOfAsync(CustomerBuckets.Of(id), cancellationToken))
        {
            buffer = buffer.Length < block.Length ? new byte[block.Length] : buffer;
            await reader.ReadAsync(block, buffer, cancellationToken);
            for (int position = 0; position < block.Length;)
            {
                int start = position;
                CleanRow.Skip(buffer.AsSpan(0, block.Length), ref position);
                ReadOnlySpan<byte> stored = buffer.AsSpan(start, position - start);
                CleanRow row = CleanRow.Read(stored, 0);
                if (new RecordFields(stored, row.Fields).ReadBytes().SequenceEqual(id))
                {
                    lines.Add(Held(record.Name, stored, row));
                }
            }
        }
    }

    private async Task AddRejectsAsync(List<HeldReject> rejected, UploadRecord record, byte[] id, CancellationToken cancellationToken)
    {
        var check = new ErasedCheck(new OneCustomer(id));
        byte delimiter = (byte)record.Reading!.Dialect.Delimiter[0];
        await using Stream stream = await storage.Clean.OpenReadAsync(CleanBlobs.Rejects(record.CleanKey!), cancellationToken);
        var reader = new RecordStreamReader(stream);
        while (await reader.ReadAsync(cancellationToken))
        {
            OwnReject row = OwnReject.Read(reader.Current.Span, out ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> filled);
            if (RawFields.AnyErased(raw, filled, delimiter, check))
            {
                rejected.Add(new HeldReject(record.Name, row.Line, row.Reason.Name(), Encoding.UTF8.GetString(raw)));
            }
        }
    }

    private static HeldLine Held(string upload, ReadOnlySpan<byte> stored, in CleanRow row)
    {
        var fields = new RecordFields(stored, row.Fields);
        fields.ReadBytes();
        string invoice = fields.ReadText();
        string product = fields.ReadText();
        var time = new DateTime(fields.ReadInt64(), DateTimeKind.Unspecified);
        string country = fields.ReadText();
        var quantity = new DecimalNumber(fields.ReadSigned(), fields.ReadByte());
        var price = new DecimalNumber(fields.ReadSigned(), fields.ReadByte());
        Money amount = fields.ReadMoney();
        return new HeldLine
        {
            Upload = upload,
            Line = row.Line,
            Kind = row.Kind,
            Time = time,
            Invoice = invoice,
            Product = product,
            Country = country,
            Quantity = quantity.ToString(),
            Price = price.ToString(),
            Amount = amount.ToString(),
            Description = fields.ReadText(),
            Category = fields.ReadText(),
            Status = fields.ReadText(),
            DocumentType = fields.ReadText(),
            Raw = row.Raw < 0 ? null : new RecordFields(stored, row.Raw).ReadText(),
        };
    }

    private static HeldAssignment Held(RunRecord run, SegmentAssignment row) => new(
        run.RunId, run.AsOf, row.RecencyDays, row.Frequency, row.Monetary.ToString(),
        row.Scores?.R, row.Scores?.F, row.Scores?.M, row.Cluster, row.Excluded);

    /// <summary>A set of one, known by the id itself.</summary>
    private sealed class OneCustomer(byte[] id) : IErasedSet
    {
        public bool IsEmpty => false;

        public bool Contains(ReadOnlySpan<byte> customerId) => customerId.SequenceEqual(id);
    }
}
