using System.Globalization;
using System.IO.Compression;
using System.Text;
using Segmentation.Core.Rfm;
using Segmentation.Core.Synthetic;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments;

/// <summary>Customers of generated and of real stores, aggregated plainly.</summary>
internal static class Shops
{
    /// <summary>Customers with the measures given.</summary>
    public static async Task<CustomerMeasures> OfAsync(IEnumerable<(int Recency, long Frequency, double Monetary)> customers)
    {
        var stream = new MemoryStream();
        byte[] record = new byte[CustomerMeasures.BytesOfOne];
        foreach ((int recency, long frequency, double monetary) in customers)
        {
            CustomerMeasures.Write(record, recency, frequency, new Money((Int128)(monetary * 1e6)));
            stream.Write(record);
        }

        stream.Position = 0;
        return await CustomerMeasures.ReadAsync(stream, TestContext.Current.CancellationToken);
    }

    /// <summary>Random customers: many with one order, some with very many.</summary>
    public static Task<CustomerMeasures> RandomAsync(ulong seed, int customers)
    {
        var random = new Xoshiro256StarStar(seed, 31);
        return OfAsync(Enumerable.Range(0, customers).Select(_ =>
        {
            long orders = random.NextInt32(3) == 0 ? 1 : 1 + (random.NextInt32(6) * random.NextInt32(6));
            return (1 + random.NextInt32(400), orders, Math.Round(orders * (5 + (200 * random.NextDouble() * random.NextDouble())), 2));
        }));
    }

    /// <summary>The customers of a synthetic store.</summary>
    public static async Task<CustomerMeasures> GeneratedAsync(ulong seed)
    {
        var file = new MemoryStream();
        var options = new SyntheticShopOptions { Customers = 150, Rows = 3_000, Seed = seed };
        await SyntheticShop.WriteAsync(options, file, cancellationToken: TestContext.Current.CancellationToken);
        return await OfLinesAsync(Encoding.UTF8.GetString(file.ToArray()).Split('\n').Skip(1).Select(Cells));
    }

    /// <summary>The customers of the months of Online Retail up to one.</summary>
    public static async Task<CustomerMeasures> OnlineRetailAsync(int months)
    {
        string folder = Path.Combine(Repository.Shared, "data", "online-retail");
        var lines = new List<string[]>();
        foreach (string file in Directory.GetFiles(folder, "20*.csv.gz").Order(StringComparer.Ordinal).Take(months))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            string[] rows = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');
            lines.AddRange(rows.Skip(1).Select(Cells));
        }

        return await OfLinesAsync(lines);
    }

    /// <summary>The customers of CDNOW.</summary>
    public static async Task<CustomerMeasures> CdnowAsync()
    {
        string[] rows = await File.ReadAllLinesAsync(
            Path.Combine(Repository.Shared, "data", "cdnow-sample", "CDNOW_sample.txt"), TestContext.Current.CancellationToken);
        return await OfPurchasesAsync(rows.Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(cells => cells.Length == 5)
            .Select(cells => (cells[1], cells[2], DateOnly.ParseExact(cells[2], "yyyyMMdd", CultureInfo.InvariantCulture), Number(cells[4]))));
    }

    // Customer, date and money are behind the description, whose commas move what stands before them only.
    private static string[] Cells(string line)
    {
        string[] cells = line.TrimEnd('\r').Split(',');
        return cells.Length < 8 ? [] : [cells[0], cells[^5], cells[^4], cells[^3], cells[^2]];
    }

    private static Task<CustomerMeasures> OfLinesAsync(IEnumerable<string[]> lines) => OfPurchasesAsync(lines
        .Where(cells => cells.Length == 5 && cells[4].Length > 0 && !cells[0].StartsWith('C'))
        .Select(cells => (cells[4], cells[0], DateOnly.Parse(cells[2].AsSpan(0, 10), CultureInfo.InvariantCulture), Number(cells[1]) * Number(cells[3]))));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Task<CustomerMeasures> OfPurchasesAsync(IEnumerable<(string Customer, string Invoice, DateOnly Date, double Amount)> purchases)
    {
        (string Customer, string Invoice, DateOnly Date, double Amount)[] all = [.. purchases.Where(purchase => purchase.Amount > 0)];
        DateOnly asOf = all.Max(purchase => purchase.Date).AddDays(1);
        return OfAsync(all.GroupBy(purchase => purchase.Customer, StringComparer.Ordinal)
            .OrderBy(customer => customer.Key, StringComparer.Ordinal)
            .Select(customer => (
                asOf.DayNumber - customer.Max(purchase => purchase.Date).DayNumber,
                (long)customer.Select(purchase => purchase.Invoice).Distinct(StringComparer.Ordinal).Count(),
                customer.Sum(purchase => purchase.Amount))));
    }
}
