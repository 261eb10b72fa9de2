using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Tests.Transactions;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Rfm;

/// <summary>The aggregation against the definitions written down plainly, on thousands of small stores where everything collides.</summary>
public sealed class RfmAggregatorOracleTests
{
    private static readonly DateOnly FirstDay = new(2024, 1, 1);

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public async Task Any_small_store_comes_out_as_the_definitions_say(ulong seed, bool withInvoices)
    {
        var random = new Xoshiro256StarStar(seed);
        for (int i = 0; i < 1_000; i++)
        {
            AggregationRule rule = RandomRule(random);
            TestRow[][] uploads = RandomUploads(random, withInvoices);
            UploadPart[] parts = RandomParts(random, uploads.Length);
            byte[]?[] stored = await StoreAsync(uploads);
            string expected = PlainAggregation.Of(uploads, rule, parts).Describe();
            int shards = 1 + random.NextInt32(6);
            long passBytes = random.NextInt32(2) == 0 ? RfmAggregator.DefaultPassBytes : 1 + random.NextInt32(300);
            string found = (await Aggregation.RunAsync(stored, rule, shards, passBytes, parts, QuantitiesOf(uploads))).Describe();
            Assert.True(
                string.Equals(expected, found, StringComparison.Ordinal),
                $"Seed {seed}, case {i}, {rule}, {shards} shards, passes of {passBytes} bytes, {string.Join(' ', parts)}.\nExpected:\n{expected}\nFound:\n{found}\nRows:\n"
                + string.Join('\n', uploads.SelectMany((rows, upload) => rows.Select(row => $"{upload} {row}"))));
        }
    }

    [Fact]
    public async Task Shards_and_passes_change_nothing()
    {
        const ulong seed = 33;
        var random = new Xoshiro256StarStar(seed);
        for (int i = 0; i < 10; i++)
        {
            AggregationRule rule = RandomRule(random);
            TestRow[][] uploads = RandomUploads(random, withInvoices: true, customers: 60, rows: 200);
            byte[]?[] stored = await StoreAsync(uploads);
            UploadPart[] parts = RandomParts(random, stored.Length);
            string expected = (await Aggregation.RunAsync(stored, rule, parts: parts, quantities: QuantitiesOf(uploads))).Describe();
            foreach ((int shards, long passBytes) in ((int, long)[])[(2, 100), (7, 1_000), (256, 100)])
            {
                string found = (await Aggregation.RunAsync(stored, rule, shards, passBytes, parts, QuantitiesOf(uploads))).Describe();
                Assert.True(string.Equals(expected, found, StringComparison.Ordinal), $"Seed {seed}, case {i}: {shards} shards, passes of {passBytes} bytes");
            }
        }
    }

    private static async Task<byte[]?[]> StoreAsync(TestRow[][] uploads)
    {
        var stored = new byte[]?[uploads.Length];
        for (int i = 0; i < uploads.Length; i++)
        {
            stored[i] = uploads[i].Length == 0 && i % 2 == 0 ? null : await TestRow.StoreAsync(uploads[i]);
        }

        return stored;
    }

    private static AggregationRule RandomRule(Xoshiro256StarStar random)
    {
        bool isGiven = random.NextInt32(2) == 0;
        DateOnly? asOf = isGiven || random.NextInt32(2) == 0 ? FirstDay.AddDays(random.NextInt32(8)) : null;
        return new AggregationRule(
            random.NextInt32(4) > 0, random.NextInt32(4) > 0, random.NextInt32(3) > 0 ? ReturnsPolicy.Net : ReturnsPolicy.Ignore, asOf, isGiven,
            asOf is not null && random.NextInt32(2) == 0 ? 1 + random.NextInt32(5) : null);
    }

    // Half of the stores have corrections; some of those correct an upload that comes later, or none that is there.
    private static UploadPart[] RandomParts(Xoshiro256StarStar random, int uploads)
    {
        bool hasCorrections = random.NextInt32(2) == 0;
        return [.. Enumerable.Range(0, uploads).Select(upload => hasCorrections && random.NextInt32(3) > 0
            ? new UploadPart(random.NextInt32(2), random.NextInt32(4) / 3, 1 + random.NextInt32(2))
            : new UploadPart(upload, 0, 0))];
    }

    private static TestRow[][] RandomUploads(Xoshiro256StarStar random, bool withInvoices, int customers = 3, int rows = 14) =>
        [.. Enumerable.Range(0, 1 + random.NextInt32(5)).Select(upload =>
        {
            // Two tables in some uploads, and one of them without quantities.
            (int secondTable, bool isFirst) = (random.NextInt32(2 * rows), random.NextInt32(3) > 0);
            return Enumerable.Range(0, random.NextInt32(rows)).Select(row => RandomRow(random, withInvoices, customers) with
            {
                Line = 2 + row, Raw = $"{upload}/{row}", HasQuantity = row < secondTable == isFirst,
            }).ToArray();
        })];

    private static QuantityLines[] QuantitiesOf(TestRow[][] uploads) => [.. uploads.Select(rows =>
        Readings.QuantitiesOf([.. rows.Where((row, i) => i == 0 || row.HasQuantity != rows[i - 1].HasQuantity).Select(row => (row.Line, row.HasQuantity))]))];

    // What a line is follows from its fields, as it does in the product.
    private static TestRow RandomRow(Xoshiro256StarStar random, bool withInvoices, int customers)
    {
        string[] invoices = ["", "1", "1", "2", "C3", "C4"];
        string[] products = ["", "A", "A", "B", "POST"];
        string[] statuses = ["", "", "", "cancelled"];
        string[] types = ["", "", "", "return"];
        string invoice = withInvoices ? invoices[random.NextInt32(invoices.Length)] : "";
        string product = products[random.NextInt32(products.Length)];
        string status = statuses[random.NextInt32(statuses.Length)];
        string type = types[random.NextInt32(types.Length)];
        bool isCancelled = invoice.StartsWith('C');
        LineKind kind = isCancelled || type != "" ? LineKind.Return : status != "" ? LineKind.Void : LineKind.Sale;
        var quantity = new DecimalNumber(isCancelled ? -1 - random.NextInt32(2) : 1 + random.NextInt32(2), random.NextInt32(4) == 0 ? 1 : 0);
        var price = new DecimalNumber(1 + random.NextInt32(2), 1);
        Money amount = quantity.Times(price);
        return new TestRow(
            $"k{random.NextInt32(customers)}", invoice, product, FirstDay.AddDays(random.NextInt32(7)).ToDateTime(new TimeOnly(12 * random.NextInt32(2), 0)),
            quantity, price, kind == LineKind.Return && !isCancelled ? -amount : amount)
        {
            Kind = kind,
            IsNonProduct = product == "POST",
            Country = random.NextInt32(2) == 0 ? "" : "Россия",
            Description = random.NextInt32(5) == 0 ? "lamp" : "",
            Category = random.NextInt32(5) == 0 ? "light" : "",
            Status = status,
            DocumentType = type,
        };
    }
}
