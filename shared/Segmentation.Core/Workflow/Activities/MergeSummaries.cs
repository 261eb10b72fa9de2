using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow.Fitting;
using Segmentation.Numerics.Summaries;

namespace Segmentation.Core.Workflow;

public sealed partial class SegmentationActivities
{
    private const int LeastTriedClusters = 2;

    /// <summary>Merges the shards: ledger, sales, the edges of the scores, and the measures that models are fitted on.</summary>
    public async Task<MergeSummariesResult> MergeSummariesAsync(MergeSummariesInput input, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();

        // The shards are done: what they used is given back before models need memory of their own.
        _aggregationBuffers.Clear();
        (_, SegmentationOptions options) = await ReadRequestAsync(input.RunId, cancellationToken);
        RunInputs inputs = await ReadInputsAsync(input.RunId, cancellationToken);
        LedgerTally[] ledgers = [.. inputs.Uploads.Select(StartOfLedger)];
        var sales = new SalesSummary();
        for (int shard = 0; shard < input.Shards; shard++)
        {
            ShardSummary summary = await _storage.Runs.ReadJsonAsync(
                RunBlobs.ShardSummary(input.RunId, shard), WorkflowJson.Default.ShardSummary, cancellationToken);
            sales.Add(summary.Sales);
            for (int upload = 0; upload < ledgers.Length; upload++)
            {
                ledgers[upload].Add(summary.Tallies[upload]);
            }
        }

        DateOnly asOf = input.AsOf ?? throw new InvalidOperationException("A run with customers has an as-of date.");
        (long customers, long excluded) = await WriteCustomerColumnsAsync(input.RunId, input.Shards, asOf, cancellationToken);
        CustomerMeasures measures = await ReadMeasuresAsync(input.RunId, cancellationToken);
        CustomerMeasures learnt = OutlierTreatment.Apply(measures, options.Selection);
        NoModelCause? noModel = WhyNoModel(learnt, options.Selection);
        bool isSummarised = learnt.Count > ModelPoints.MostCustomers;
        if (isSummarised)
        {
            // Recency is not known before the last shard is: its day decides the as-of date. So the summary is made where all are read anyway.
            byte[] features = WeightedSummaryFormat.Write(ModelPoints.Summarise(learnt.LogFeatures(), WeightedSummary.DefaultMaxCells));
            await _storage.Runs.WriteAsync(
                RunBlobs.FeatureSummary(input.RunId), (stream, token) => stream.WriteAsync(features, token).AsTask(), cancellationToken);
        }

        var merged = new MergedSummary
        {
            AsOf = asOf,
            Customers = customers,
            Excluded = excluded,
            Revenue = measures.Total(),
            Ledgers = ledgers,
            Sales = sales,
            Edges = EdgesOf(measures, options.Rfm),
            Candidates = noModel is null ? Candidates(learnt, options.Selection) : [],
            NoModel = noModel,
            IsSummarised = isSummarised,
        };
        await _storage.Runs.WriteJsonAsync(
            RunBlobs.Merged(input.RunId), merged, WorkflowJson.Default.MergedSummary, cancellationToken);
        return new MergeSummariesResult(customers, merged.Candidates.Count, SecondsSince(start));
    }

    private static LedgerTally StartOfLedger(RunUpload upload)
    {
        var ledger = new LedgerTally { All = upload.Record.Tally.All };
        if (upload.IsTwin)
        {
            ledger.Superseded = ledger.All;
        }
        else
        {
            upload.Record.Tally.Rejected.CopyTo(ledger.Rejected, 0);
        }

        return ledger;
    }

    private async Task<(long Customers, long Excluded)> WriteCustomerColumnsAsync(
        string runId, int shards, DateOnly asOf, CancellationToken cancellationToken)
    {
        long customers = 0;
        long excluded = 0;
        await _storage.Runs.WriteAsync(RunBlobs.Measures(runId), async (measures, first) =>
            await _storage.Runs.WriteAsync(RunBlobs.ItemPrices(runId), async (prices, second) =>
            await _storage.Runs.WriteAsync(RunBlobs.FormerClusters(runId), async (formerClusters, token) =>
            {
                byte[] record = new byte[CustomerMeasures.BytesOfOne];
                byte[] price = new byte[ItemPriceFile.BytesOfOne];
                byte[] formerCluster = new byte[sizeof(int)];
                await foreach ((RfmRecord customer, int former) in ReadCustomersAsync(runId, shards, token))
                {
                    customers++;
                    if (customer.IsExcluded)
                    {
                        excluded++;
                        continue;
                    }

                    CustomerMeasures.Write(record, customer.RecencyDays(asOf), customer.Frequency, customer.Monetary);
                    await measures.WriteAsync(record, token);
                    ItemPriceFile.Write(price, customer.Items.AveragePrice);
                    await prices.WriteAsync(price, token);
                    BinaryPrimitives.WriteInt32LittleEndian(formerCluster, former);
                    await formerClusters.WriteAsync(formerCluster, token);
                }
            }, second), first), cancellationToken);
        return (customers, excluded);
    }

    private IAsyncEnumerable<FollowedCustomer> ReadCustomersAsync(string runId, int shards, CancellationToken cancellationToken) =>
        ReadSortedAsync(
            Enumerable.Range(0, shards).Select(shard => RunBlobs.ShardCustomers(runId, shard)),
            record => FollowedCustomer.Read(record.Span),
            customer => customer.Record.CustomerId,
            cancellationToken);

    // Files of shards, each in ordinal order of the customers' ids, as one sequence in that order.
    private async IAsyncEnumerable<T> ReadSortedAsync<T>(
        IEnumerable<string> blobs,
        Func<ReadOnlyMemory<byte>, T> read,
        Func<T, string> customerId,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var files = new OpenBlobs(_storage.Runs);
        IReadOnlyList<Stream> streams = await files.OpenAsync(blobs, cancellationToken);
        IAsyncEnumerable<T> merged = RecordMerge.MergeAsync(
            [.. streams.Select(stream => new RecordStreamReader(stream))], read, customerId, StringComparer.Ordinal, cancellationToken);
        await foreach (T record in merged)
        {
            yield return record;
        }
    }

    private async Task<CustomerMeasures> ReadMeasuresAsync(string runId, CancellationToken cancellationToken)
    {
        await using Stream stream = await _storage.Runs.OpenReadAsync(RunBlobs.Measures(runId), cancellationToken);
        return await CustomerMeasures.ReadAsync(stream, cancellationToken);
    }

    // Null in a run whose measures were written before there were item prices.
    private async Task<double[]?> ReadItemPricesAsync(string runId, int customers, CancellationToken cancellationToken)
    {
        if (!await _storage.Runs.ExistsAsync(RunBlobs.ItemPrices(runId), cancellationToken))
        {
            return null;
        }

        await using Stream stream = await _storage.Runs.OpenReadAsync(RunBlobs.ItemPrices(runId), cancellationToken);
        return await ItemPriceFile.ReadAsync(stream, customers, cancellationToken);
    }

    // Empty where the run was merged by a version that kept none.
    private async Task<int[]> ReadFormerClustersAsync(string runId, CancellationToken cancellationToken)
    {
        if (!await _storage.Runs.ExistsAsync(RunBlobs.FormerClusters(runId), cancellationToken))
        {
            return [];
        }

        await using Stream stream = await _storage.Runs.OpenReadAsync(RunBlobs.FormerClusters(runId), cancellationToken);
        byte[] bytes = new byte[checked((int)stream.Length)];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        int[] clusters = new int[bytes.Length / sizeof(int)];
        for (int customer = 0; customer < clusters.Length; customer++)
        {
            clusters[customer] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(customer * sizeof(int)));
        }

        return clusters;
    }

    private static ScoreEdges EdgesOf(CustomerMeasures measures, RfmOptions options)
    {
        if (options.Scores == ScoreKind.Thresholds)
        {
            return ScoreEdges.Thresholds(options);
        }

        // With every customer excluded there is nothing to divide; no customer is ever scored by these.
        return measures.Count == 0
            ? new ScoreEdges([], [], [])
            : ScoreEdges.Quintiles([.. measures.Recency], [.. measures.Frequency], [.. measures.Monetary]);
    }

    private static NoModelCause? WhyNoModel(CustomerMeasures measures, SelectionOptions options)
    {
        if (options.Algorithms.Count == 0)
        {
            return NoModelCause.SwitchedOff;
        }

        if (measures.Count < options.MinCustomers)
        {
            return NoModelCause.TooFewCustomers;
        }

        return measures.CountDistinct(LeastTriedClusters) < LeastTriedClusters ? NoModelCause.IdenticalCustomers : null;
    }

    private static CandidatePlan[] Candidates(CustomerMeasures measures, SelectionOptions options)
    {
        int most = measures.CountDistinct(options.MaxClusters);
        if (most < LeastTriedClusters)
        {
            return [];
        }

        // One tree has a cut for every k.
        return [.. options.Algorithms.SelectMany(algorithm => algorithm == ClusterAlgorithms.Ward
            ? [new CandidatePlan(algorithm, LeastTriedClusters, most)]
            : Enumerable.Range(LeastTriedClusters, most - LeastTriedClusters + 1).Select(k => new CandidatePlan(algorithm, k, k)))];
    }
}
