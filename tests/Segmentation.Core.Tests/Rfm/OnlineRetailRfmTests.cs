using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Rfm;

/// <summary>Customers of a year of real invoices, against numbers that other software computed.</summary>
public sealed class OnlineRetailRfmTests
{
    private static readonly DateOnly AsOf = new(2011, 12, 10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [SharedFact]
    public async Task Edges_and_named_segments_of_real_customers_are_the_reference_ones()
    {
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Shared, "golden", "online-retail.json"), Token));
        JsonElement variants = document.RootElement.GetProperty("variants");
        var stored = new List<byte[]?>();
        string[] files = Directory.GetFiles(Path.Combine(Repository.Shared, "data", "online-retail"), "20*.csv.gz");
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            stored.Add(await CleanAsync(file));
        }

        // The reference money is that of sales alone; 'base' keeps duplicates and postage, 'full' drops both.
        foreach ((string variant, bool drops) in ((string, bool)[])[("base", false), ("full", true)])
        {
            Aggregation result = await Aggregation.RunAsync(stored, new AggregationRule(drops, drops, ReturnsPolicy.Ignore, null, false, null), shards: 4);
            Assert.Equal(AsOf, result.Customers.Max(customer => customer.LastPurchase).AddDays(1));
            ScoreEdges edges = ScoreEdges.Quintiles(
                [.. result.Customers.Select(customer => (double)customer.RecencyDays(AsOf))], [.. result.Customers.Select(customer => (double)customer.Frequency)],
                [.. result.Customers.Select(customer => customer.Monetary.ToDouble())]);
            JsonElement golden = variants.GetProperty(variant);

            // The reference summed money in doubles and states three decimals: half a thousandth.
            AssertNear(golden.GetProperty("quintile_edges").GetProperty("recency"), edges.Recency);
            AssertNear(golden.GetProperty("quintile_edges").GetProperty("frequency"), edges.Frequency);
            AssertNear(golden.GetProperty("quintile_edges").GetProperty("monetary"), edges.Monetary);
            var segments = result.Customers.GroupBy(customer => SegmentOf(edges, customer).Name, StringComparer.Ordinal)
                .ToDictionary(segment => segment.Key, segment => segment.Count(), StringComparer.Ordinal);
            Assert.Equal(
                golden.GetProperty("segments10").EnumerateObject().ToDictionary(segment => segment.Name, segment => segment.Value.GetInt32(), StringComparer.Ordinal),
                segments);
        }
    }

    [SharedFact]
    public async Task What_an_item_cost_real_customers_is_their_sales_by_their_quantity()
    {
        var stored = new List<byte[]?>();
        var plain = new Dictionary<string, (decimal Quantity, decimal Sales)>(StringComparer.Ordinal);
        string[] files = Directory.GetFiles(Path.Combine(Repository.Shared, "data", "online-retail"), "2011-0*.csv.gz");
        foreach (string file in files.Order(StringComparer.Ordinal).Take(3))
        {
            stored.Add(await CleanAsync(file));
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            foreach (string row in (await reader.ReadToEndAsync(Token)).Split('\n').Skip(1))
            {
                // What stands before the description and behind it: commas in it move nothing.
                string[] cells = row.TrimEnd('\r').Split(',');
                if (cells.Length >= 8 && cells[^2].Length > 0 && !cells[0].StartsWith('C')
                    && decimal.Parse(cells[^5], CultureInfo.InvariantCulture) is > 0 and var quantity
                    && decimal.Parse(cells[^3], CultureInfo.InvariantCulture) is > 0 and var price)
                {
                    string customer = cells[^2].Split('.')[0];
                    (decimal all, decimal sales) = plain.GetValueOrDefault(customer);
                    plain[customer] = (all + quantity, sales + (quantity * price));
                }
            }
        }

        Aggregation result = await Aggregation.RunAsync(stored, new AggregationRule(false, false, ReturnsPolicy.Ignore, null, false, null), shards: 4);
        Assert.Equal(
            plain.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => (one.Key, one.Value.Quantity, one.Value.Sales)),
            result.Customers.OrderBy(customer => customer.CustomerId, StringComparer.Ordinal)
                .Select(customer => (customer.CustomerId, (decimal)customer.Items.Micros / 1_000_000, (decimal)customer.Items.Sales.Micros / 1_000_000)));

        // A shop of small gifts: most customers pay one to three pounds for a piece.
        PriceBand band = PriceBand.OfItems([.. result.Customers.Select(customer => customer.Items.AveragePrice)], [.. Enumerable.Range(0, result.Customers.Count)])!;
        Assert.InRange(band.Low, 1, band.Typical);
        Assert.InRange(band.High, band.Typical, 4);
    }

    private static NamedSegment SegmentOf(ScoreEdges edges, RfmRecord customer)
    {
        RfmScores scores = edges.Score(customer.RecencyDays(AsOf), customer.Frequency, customer.Monetary.ToDouble());
        return NamedSegment.Of(scores.R, scores.F);
    }

    private static void AssertNear(JsonElement expected, IReadOnlyList<double> edges)
    {
        Assert.Equal(expected.GetArrayLength(), edges.Count);
        Assert.All(expected.EnumerateArray().Zip(edges), pair => Assert.Equal(pair.First.GetDouble(), pair.Second, 0.0006));
    }

    private static async Task<byte[]> CleanAsync(string file)
    {
        using var rows = new MemoryStream();
        var sink = new CleanedUploadSink(new CleanRowFileWriter(rows, keepRaw: false), new RecordStreamWriter(Stream.Null));
        await UploadCleaning.ReadAsync(
            _ => Task.FromResult<Stream>(File.OpenRead(file)), new DateTime(2012, 1, 1, 0, 0, 0, DateTimeKind.Utc), new ImportOptions(), new CleaningOptions(),
            sink, Token);
        await sink.CompleteAsync(Token);
        return rows.ToArray();
    }
}
