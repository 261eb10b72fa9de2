using System.Collections.Concurrent;
using Segmentation.Core.Options;
using Segmentation.Core.Products;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    // As many as activities ran at a time; a failed activity's are left to the garbage collector.
    private readonly ConcurrentBag<AggregationBuffers> _aggregationBuffers = [];

    /// <summary>Judges the rows of one shard with their customers' other rows and folds them to one record a customer.</summary>
    public async Task<AggregateShardResult> AggregateShardAsync(AggregateShardInput input, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        (_, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        RunInputs inputs = await ReadInputsAsync(input.RunId, cancellationToken);
        var rule = new AggregationRule(
            options.Cleaning.DropDuplicates,
            options.Cleaning.DropNonProducts,
            options.Cleaning.Returns,
            input.AsOf,
            AsOfIsGiven: options.Rfm.AsOf != AsOfKind.Data,
            options.Rfm.WindowDays);

        if (!_aggregationBuffers.TryTake(out AggregationBuffers? buffers))
        {
            buffers = new AggregationBuffers();
        }

        RfmAggregator aggregator;
        if (input.OnlyLastPurchase)
        {
            // The rows will be judged again when the as-of date is known. Nothing is written, so that a late repetition of this pass
            // cannot spoil what the other wrote.
            aggregator = new RfmAggregator(rule, new CorrectedUploads(inputs.Uploads).Parts, buffers);
            await AggregateAsync(aggregator, inputs, input.Shard, cancellationToken);
        }
        else
        {
            aggregator = await AggregateAndWriteAsync(input, inputs, rule, buffers, cancellationToken);
        }

        _aggregationBuffers.Add(buffers);
        SegmentationTelemetry.Tell(SegmentationTelemetry.ShardTag, input.Shard);
        SegmentationTelemetry.Tell(SegmentationTelemetry.CustomersName, aggregator.Customers.Count);
        DateOnly? last = aggregator.Customers.Count == 0 ? null : aggregator.Customers.Max(customer => customer.LastPurchase);
        return new AggregateShardResult(aggregator.Customers.Count, last, SecondsSince(start));
    }

    private async Task<RfmAggregator> AggregateAndWriteAsync(
        AggregateShardInput input,
        RunInputs inputs,
        AggregationRule rule,
        AggregationBuffers buffers,
        CancellationToken cancellationToken)
    {
        RfmAggregator aggregator = null!;
        var rejectRuns = new List<long>();
        await _storage.Runs.WriteAsync(RunBlobs.ShardRejects(input.RunId, input.Shard), async (stream, token) =>
        {
            var rejects = new RecordStreamWriter(stream);
            await _storage.Runs.WriteAsync(RunBlobs.ShardPurchases(input.RunId, input.Shard), async (into, innerToken) =>
            {
                var purchases = new RecordStreamWriter(into);
                aggregator = new RfmAggregator(rule, new CorrectedUploads(inputs.Uploads).Parts, buffers)
                {
                    WriteLateReject = rejects.WriteAsync,
                    EndLateRejectRun = () => EndRun(rejectRuns, rejects.Position),
                    Products = new ProductFold { WritePurchases = purchases.WriteAsync },
                    Quantities = [.. inputs.Uploads.Select(upload => QuantityLines.Of(upload.Record.Reading))],
                };
                await AggregateAsync(aggregator, inputs, input.Shard, innerToken);
                await purchases.FlushAsync(innerToken);
            }, token);
            await rejects.FlushAsync(token);
        }, cancellationToken);
        await _storage.Runs.WriteAsync(
            RunBlobs.ShardProducts(input.RunId, input.Shard), aggregator.Products!.Summary.WriteAsync, cancellationToken);

        aggregator.Customers.Sort((a, b) => string.CompareOrdinal(a.CustomerId, b.CustomerId));
        Dictionary<string, int> formerClusters = await ReadFormerClustersAsync(input, inputs, cancellationToken);
        await _storage.Runs.WriteAsync(RunBlobs.ShardCustomers(input.RunId, input.Shard), async (stream, token) =>
        {
            var writer = new RecordStreamWriter(stream);
            var record = new RecordBuffer();
            foreach (RfmRecord customer in aggregator.Customers)
            {
                new FollowedCustomer(customer, formerClusters.GetValueOrDefault(customer.CustomerId)).Write(record);
                await writer.WriteAsync(record.WrittenMemory, token);
            }

            await writer.FlushAsync(token);
        }, cancellationToken);
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.ShardSummary(input.RunId, input.Shard),
            new ShardSummary(aggregator.Tallies, aggregator.Sales, rejectRuns),
            WorkflowJson.Default.ShardSummary,
            cancellationToken);
        return aggregator;
    }

    private async Task AggregateAsync(RfmAggregator aggregator, RunInputs inputs, int shard, CancellationToken cancellationToken)
    {
        var readers = new CleanRowFileReader?[inputs.Uploads.Count];
        try
        {
            for (int i = 0; i < readers.Length; i++)
            {
                if (inputs.Uploads[i].TakesPart)
                {
                    Stream rows = await _storage.Clean.OpenReadAsync(
                        CleanBlobs.Rows(inputs.Uploads[i].Record.CleanKey!), cancellationToken);
                    readers[i] = await CleanRowFileReader.OpenAsync(rows, cancellationToken);
                }
            }

            foreach (int bucket in CustomerBuckets.OfShard(shard, inputs.Shards))
            {
                await aggregator.AddBucketAsync(readers, bucket, cancellationToken);
            }

            aggregator.Complete();
        }
        finally
        {
            foreach (CleanRowFileReader? reader in readers)
            {
                if (reader is not null)
                {
                    await reader.DisposeAsync();
                }
            }
        }
    }

    private static void EndRun(List<long> runs, long position)
    {
        if (position > (runs.Count == 0 ? 0 : runs[^1]))
        {
            runs.Add(position);
        }
    }

    private Task<RunInputs> ReadInputsAsync(string runId, CancellationToken cancellationToken) =>
        _storage.Runs.ReadJsonAsync(RunBlobs.Inputs(runId), WorkflowJson.Default.RunInputs, cancellationToken);
}
