using System.Globalization;
using System.Text;
using Segmentation.Core.Products;
using Segmentation.Core.Rfm;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Tests.Transactions;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Rfm;

/// <summary>What an aggregation came to, in a form that compares as text.</summary>
internal sealed record Aggregation(LedgerTally[] Tallies)
{
    public List<RfmRecord> Customers { get; } = [];

    public SalesSummary Sales { get; } = new();

    /// <summary>What was sold of each product, and to whom.</summary>
    public List<string> ProductSales { get; } = [];

    public List<(int Upload, long Line, RejectionReason Reason, string Raw)> LateRejects { get; } = [];

    /// <summary>Runs the product's aggregation shard by shard and adds the shards up.</summary>
    public static async Task<Aggregation> RunAsync(
        IReadOnlyList<byte[]?> stored,
        AggregationRule rule,
        int shards = 1,
        long passBytes = RfmAggregator.DefaultPassBytes,
        UploadPart[]? parts = null,
        IReadOnlyList<QuantityLines>? quantities = null)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var result = new Aggregation([.. stored.Select(_ => new LedgerTally())]);
        var readers = new CleanRowFileReader?[stored.Count];
        for (int i = 0; i < readers.Length; i++)
        {
            readers[i] = stored[i] is { } bytes ? await TestRow.OpenAsync(bytes) : null;
        }

        var buffers = new AggregationBuffers();
        var products = new ProductSummary();
        for (int shard = 0; shard < shards; shard++)
        {
            (int Upload, long Line) last = (-1, -1);
            var purchases = new List<byte[]>();
            var aggregator = new RfmAggregator(rule, parts ?? UploadPart.EachAlone(stored.Count), buffers, passBytes)
            {
                Quantities = quantities ?? [.. stored.Select(_ => QuantityLines.All)],
                WriteLateReject = (record, _) =>
                {
                    LateReject reject = LateReject.Read(record.Span);
                    Assert.True((reject.Upload, reject.Line).CompareTo(last) > 0, "A run of late rejects does not ascend.");
                    last = (reject.Upload, reject.Line);
                    result.LateRejects.Add((reject.Upload, reject.Line, reject.Reason, reject.Raw));
                    return ValueTask.CompletedTask;
                },
                EndLateRejectRun = () => last = (-1, -1),
                Products = new ProductFold
                {
                    WritePurchases = (record, _) =>
                    {
                        purchases.Add(record.ToArray());
                        return ValueTask.CompletedTask;
                    },
                },
            };
            foreach (int bucket in CustomerBuckets.OfShard(shard, shards))
            {
                await aggregator.AddBucketAsync(readers, bucket, token);
            }

            aggregator.Complete();
            result.Customers.AddRange(aggregator.Customers);
            using var written = new MemoryStream();
            await aggregator.Products.Summary.WriteAsync(written, token);
            await products.AddAsync(written, token);
            Dictionary<ulong, string> names = aggregator.Products.Summary.Products.Keys.ToDictionary(StableHash.Compute);
            result.ProductSales.AddRange(purchases.SelectMany(record => Purchases(record, names)));
            result.Sales.Add(aggregator.Sales);
            for (int i = 0; i < result.Tallies.Length; i++)
            {
                result.Tallies[i].Add(aggregator.Tallies[i]);
            }
        }

        result.ProductSales.AddRange(products.Products.Select(product => DescribeProduct(
            product.Key, product.Value.Sales, product.Value.Names.Counts, product.Value.Categories.Counts, product.Value.Prices.Counts)));
        return result;
    }

    /// <summary>A product in a form that compares as text.</summary>
    public static string DescribeProduct(
        string key,
        RowTally sales,
        IEnumerable<KeyValuePair<string, long>> names,
        IEnumerable<KeyValuePair<string, long>> categories,
        IEnumerable<KeyValuePair<Money, long>> prices) => string.Create(
            CultureInfo.InvariantCulture,
            $"{key}: {sales}; {string.Join(' ', names.OrderBy(name => name.Key, StringComparer.Ordinal))}; {string.Join(' ', categories.OrderBy(name => name.Key, StringComparer.Ordinal))}; {string.Join(' ', prices.OrderBy(price => price.Key))}");

    private static List<string> Purchases(byte[] record, Dictionary<ulong, string> names)
    {
        var purchases = new List<string>();
        var fields = new RecordFields(record);
        string customer = fields.ReadText();
        for (int left = fields.ReadLength(); left > 0; left--)
        {
            string product = names[unchecked((ulong)fields.ReadInt64())];
            purchases.Add($"{customer} {product} {fields.ReadMoney()}");
        }

        return purchases;
    }

    public string Describe()
    {
        var text = new StringBuilder();
        foreach (RfmRecord customer in Customers.OrderBy(customer => customer.CustomerId, StringComparer.Ordinal))
        {
            var buffer = new RecordBuffer();
            customer.Write(buffer);
            Assert.Equal(customer, RfmRecord.Read(buffer.Written));
            text.Append(customer).AppendLine();
        }

        foreach (LedgerTally tally in Tallies)
        {
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"kept {tally.Kept}, merged {tally.Merged}, returned {tally.Returned} counted {tally.ReturnedCounted}, superseded {tally.Superseded}"));
            text.AppendJoin(", ", tally.Rejected).AppendLine();
        }

        text.AppendJoin(' ', Sales.ByDay).AppendLine();
        text.AppendJoin(' ', Sales.ByCountry!).AppendLine();
        text.AppendJoin(' ', Sales.ByNonProduct!).AppendLine();
        text.AppendJoin('\n', ProductSales.Order(StringComparer.Ordinal)).AppendLine();
        text.AppendJoin('\n', LateRejects.Order());
        return text.ToString();
    }
}
