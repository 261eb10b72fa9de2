using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Workflow;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>The item prices of <c>profiles.json</c>, against sums over the rows that were dropped.</summary>
public sealed class ItemPriceTests
{
    private const string TotalsHeader = "InvoiceNo,InvoiceDate,Amount,CustomerID\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_customers_of_three_lines_come_out_as_by_hand()
    {
        var store = new Store();
        store.Drop(
            "a.csv",
            "1,A1,Lamp,4,2024-01-01 10:00:00,0.50,k1,UK\n1,A2,Desk,1,2024-01-01 10:00:00,3.00,k1,UK\n2,A1,Lamp,2,2024-01-01 10:00:00,2.50,k2,UK\n");
        await store.RunAsync("run-1", ("selection.algorithms", "none"));

        // 5 for 5 items, and 5 for 2; both bought once on the same day, so they are in one segment.
        JsonElement segment = Segments(store).Single(segment => segment.GetProperty("size").GetInt32() == 2);
        Assert.Equal("""{"low":1.375,"typical":1.75,"high":2.125}""", Compact(segment.GetProperty("itemPriceBand")));
        Assert.Equal("""{"low":5,"typical":5,"high":5}""", Compact(segment.GetProperty("priceBand")));
        Assert.EndsWith(" A typical order comes to 5.00. Per item, half of them pay 1.38 to 2.13 on average.", segment.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bands_are_quartiles_of_sums_over_the_rows_whatever_the_shards()
    {
        const ulong seed = 91;
        var random = new Xoshiro256StarStar(seed);
        var sales = new Dictionary<string, (decimal Quantity, decimal Amount)>(StringComparer.Ordinal);
        StringBuilder[] files = [new(Store.Header), new(Store.Header), new(TotalsHeader)];
        for (int i = 0; i < 600; i++)
        {
            string customer = $"k{random.NextInt32(70)}";
            decimal quantity = (1 + random.NextInt32(120)) / (random.NextInt32(5) == 0 ? 10m : 1m);
            decimal price = (1 + random.NextInt32(2_000)) / 100m;
            DateTime time = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(random.NextInt32(120));
            int file = random.NextInt32(3);
            bool isReturned = random.NextInt32(10) == 0;
            string invoice = isReturned ? $"C{i}" : $"{i}";
            quantity = isReturned ? -quantity / 10 : quantity;
            files[file].Append(file < 2
                ? string.Create(CultureInfo.InvariantCulture, $"{invoice},A{i},Lamp,{quantity},{time:yyyy-MM-dd HH:mm:ss},{price},{customer},UK\n")
                : string.Create(CultureInfo.InvariantCulture, $"{invoice},{time:yyyy-MM-dd HH:mm:ss},{quantity * price},{customer}\n"));
            if (file < 2 && !isReturned)
            {
                (decimal all, decimal money) = sales.GetValueOrDefault(customer);
                sales[customer] = (all + quantity, money + (quantity * price));
            }
        }

        string? profiles = null;
        foreach (string shards in (string[])["1", "7", "64"])
        {
            var store = new Store();
            foreach ((int file, StringBuilder rows) in files.Index())
            {
                store.Uploads[$"{file}.csv"] = rows.ToString();
            }

            await store.RunAsync(Store.Request("run-1", ("workflow.shards", shards)), 2);
            profiles ??= store.Result("run-1", "profiles.json");
            Assert.Equal(profiles, store.Result("run-1", "profiles.json"));
            AssertBands(store, sales.ToDictionary(one => one.Key, one => (double)(one.Value.Amount * 1_000_000) / (double)(one.Value.Quantity * 1_000_000), StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Line_totals_alone_say_nothing_of_items()
    {
        var store = new Store();
        store.Uploads["a.csv"] = TotalsHeader + string.Concat(Enumerable.Range(0, 40).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{i},2024-01-{1 + (i % 20):D2} 10:00:00,{5 + i}.50,k{i % 12}\n")));
        await store.RunAsync("run-1");
        AssertBands(store, []);
        Assert.DoesNotContain("item", string.Concat(Segments(store).Select(segment => segment.GetProperty("description").GetString())), StringComparison.Ordinal);
        Assert.Contains(Segments(store), segment => segment.GetProperty("priceBand").ValueKind == JsonValueKind.Object);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_began_before_quantities_were_counted_goes_on_without_item_prices(bool isMerged)
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        string customers = store.Result("run-1", "customers.csv");
        Assert.Contains(await ProfilesAsync(store), profile => profile.ItemPriceBand is not null);

        // What its steps left there, as the version before wrote it.
        await store.Runs.DeleteAsync(RunBlobs.ItemPrices("run-1"), Token);
        for (int shard = 0; shard < 3; shard++)
        {
            await WithoutItemsAsync(store, RunBlobs.ShardCustomers("run-1", shard));
        }

        MergedSummary merged = JsonSerializer.Deserialize(store.Runs[RunBlobs.Merged("run-1")], WorkflowJson.Default.MergedSummary)!;
        if (!isMerged)
        {
            await store.Activities.MergeSummariesAsync(new MergeSummariesInput("run-1", 3, merged.AsOf), Token);
        }

        await store.Activities.SelectModelAsync(new SelectModelInput("run-1", merged.Candidates.Count), Token);
        IReadOnlyList<SegmentProfile> profiles = await ProfilesAsync(store);
        Assert.All(profiles, profile => Assert.Null(profile.ItemPriceBand));
        Assert.All(profiles, profile => Assert.Equal(profile.Size > 0, profile.PriceBand is not null));
        for (int shard = 0; shard < 3; shard++)
        {
            await store.Activities.PublishShardAsync(new PublishShardInput("run-1", shard), Token);
        }

        Assert.Equal(customers, store.Result("run-1", "customers.csv"));
    }

    private static async Task<IReadOnlyList<SegmentProfile>> ProfilesAsync(Store store)
    {
        await using Stream stream = await store.Runs.OpenReadAsync(RunBlobs.Model("run-1"), Token);
        return (await JsonSerializer.DeserializeAsync(stream, WorkflowJson.Default.SelectedModel, Token))!.Profiles;
    }

    private static async Task WithoutItemsAsync(Store store, string blob)
    {
        var records = new List<byte[]>();
        await using (Stream stream = await store.Runs.OpenReadAsync(blob, Token))
        {
            var reader = new RecordStreamReader(stream);
            while (await reader.ReadAsync(Token))
            {
                records.Add(ItemsCutOff(reader.Current.Span));
            }
        }

        Assert.NotEmpty(records);
        await store.Runs.WriteAsync(blob, async (stream, token) =>
        {
            var writer = new RecordStreamWriter(stream);
            foreach (byte[] record in records)
            {
                await writer.WriteAsync(record, token);
            }

            await writer.FlushAsync(token);
        }, Token);
    }

    private static byte[] ItemsCutOff(ReadOnlySpan<byte> record)
    {
        FollowedCustomer customer = FollowedCustomer.Read(record);
        var added = new RecordBuffer();
        added.WriteMoney(new Core.Transactions.Money(customer.Record.Items.Micros));
        added.WriteMoney(customer.Record.Items.Sales);
        added.WriteUnsigned((ulong)customer.FormerCluster);
        return record[..^added.Length].ToArray();
    }

    // The quartiles of the customers that customers.csv puts into each segment.
    private static void AssertBands(Store store, Dictionary<string, double> prices)
    {
        string[][] customers = [.. store.Result("run-1", "customers.csv").Split('\n')[1..^1].Select(row => row.Split(','))];
        foreach (JsonElement segment in Segments(store))
        {
            (int column, string key) = segment.GetProperty("kind").GetString() == "rfm" ? (7, "name") : (8, "id");
            string label = segment.GetProperty(key).GetString()!;
            double[] paid = [.. customers.Where(row => row[column] == label && prices.ContainsKey(row[0])).Select(row => prices[row[0]]).Order()];
            JsonElement band = segment.GetProperty("itemPriceBand");
            Assert.Equal(paid.Length == 0 ? JsonValueKind.Null : JsonValueKind.Object, band.ValueKind);
            if (paid.Length > 0)
            {
                double[] expected = [.. ((double[])[0.25, 0.5, 0.75]).Select(part => QuantileOf(paid, part))];
                double[] found = [.. ((string[])["low", "typical", "high"]).Select(name => band.GetProperty(name).GetDouble())];
                Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, pair.First * 1e-12));
            }
        }
    }

    private static double QuantileOf(double[] sorted, double part)
    {
        double place = (sorted.Length - 1) * part;
        (double below, double above) = (sorted[(int)place], sorted[Math.Min((int)place + 1, sorted.Length - 1)]);
        return below + ((above - below) * (place - (int)place));
    }

    private static List<JsonElement> Segments(Store store) =>
        [.. JsonElement.Parse(store.Result("run-1", "profiles.json")).GetProperty("segments").EnumerateArray()];

    private static string Compact(JsonElement element) => element.GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
