using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Segmentation.Core.Synthetic;

namespace Segmentation.Core.Tests.Synthetic;

public sealed class SyntheticShopTests
{
    private static readonly HashSet<string> NonProducts = new(["POST", "DOT", "M"], StringComparer.Ordinal);

    [Fact]
    public async Task The_same_options_give_the_same_bytes_whatever_the_chunks()
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var options = new SyntheticShopOptions { Customers = 300, Rows = 20_011, Seed = seed };
            byte[] first = await BytesAsync(options);
            byte[] again = await BytesAsync(options);
            byte[] inSmallChunks = await BytesAsync(options, bufferBytes: 1);
            Assert.True(first.AsSpan().SequenceEqual(again), $"seed {seed}, again");
            Assert.True(first.AsSpan().SequenceEqual(inSmallChunks), $"seed {seed}, in small chunks");
        }
    }

    /// <summary>The bytes of a seed are a promise: a change here changes every file that was ever generated.</summary>
    [Fact]
    public async Task The_bytes_of_a_seed_are_the_same_on_every_machine()
    {
        byte[] hash = SHA256.HashData(await BytesAsync(new SyntheticShopOptions { Customers = 500, Seed = 42 }));
        Assert.Equal("18f67fb09727525fc4913bb75151656a39ceb360034433ebac8e05648df183a5", Convert.ToHexStringLower(hash));
    }

    [Fact]
    public async Task Another_seed_gives_other_bytes()
    {
        byte[] one = await BytesAsync(new SyntheticShopOptions { Customers = 20, Seed = 1 });
        byte[] other = await BytesAsync(new SyntheticShopOptions { Customers = 20, Seed = 2 });
        Assert.False(one.AsSpan().SequenceEqual(other));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(1, 5_000)]
    [InlineData(5_000, 1)]
    [InlineData(5_000, 7)]
    [InlineData(5_000, 1_000)]
    [InlineData(1_000_000, 7)]
    [InlineData(1_000_000, 20_000)]
    [InlineData(3, 20_000)]
    public async Task Exactly_the_rows_that_were_asked_for_are_written(int customers, long rows)
    {
        string text = Encoding.UTF8.GetString(await BytesAsync(new SyntheticShopOptions { Customers = customers, Rows = rows }));
        Assert.StartsWith(SyntheticShop.Header + "\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.Equal(rows + 1, text.AsSpan().Count('\n'));
        Check(text, $"{customers} customers, {rows} rows");
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(7, null)]
    [InlineData(300, null)]
    [InlineData(1_000, 4_000)]
    [InlineData(5_000, 20_000)]
    public async Task Every_customer_buys_where_there_are_four_rows_a_customer(int customers, int? rows)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var options = new SyntheticShopOptions { Customers = customers, Rows = rows, Seed = seed };
            string text = Encoding.UTF8.GetString(await BytesAsync(options));
            int found = Rows(text).Select(row => row[6]).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Count();
            Assert.True(found == customers, $"seed {seed}: {found} of {customers} customers, {options.RowCount} rows");
        }
    }

    [Fact]
    public async Task Rows_are_well_formed_in_order_and_as_dirty_as_asked_for()
    {
        for (ulong seed = 1; seed <= 2; seed++)
        {
            var options = new SyntheticShopOptions { Customers = 500, Seed = seed };
            string text = Encoding.UTF8.GetString(await BytesAsync(options));
            Check(text, $"seed {seed}");
            List<string[]> rows = Rows(text);
            double Share(Func<string[], bool> holds) => rows.Count(holds) / (double)rows.Count;
            double duplicates = 1 - (text.Split('\n').Distinct(StringComparer.Ordinal).Count() / (double)rows.Count);
            Assert.True(Share(row => row[6].Length == 0) is > 0.04 and < 0.07, $"seed {seed}: guests");
            Assert.True(Share(row => row[0][0] == 'C') is > 0.015 and < 0.025, $"seed {seed}: cancelled");
            Assert.True(duplicates is > 0.008 and < 0.025, $"seed {seed}: duplicates {duplicates}");
            Assert.True(Share(row => NonProducts.Contains(row[1])) is > 0.001 and < 0.02, $"seed {seed}: no products");
            Assert.True(Share(row => row[5] is "0.0") is > 0.0005 and < 0.005, $"seed {seed}: free");
            Assert.True(Share(row => row[7] is "United Kingdom") is > 0.8 and < 0.99, $"seed {seed}: countries");
            Assert.Contains(rows, row => row[2].Contains(','));
            Assert.Contains(rows, row => row[2].Contains('"'));
            Assert.Equal(new DateOnly(2010, 12, 1), DateOnly.FromDateTime(Time(rows[0])));
            Assert.Equal(new DateOnly(2011, 12, 8), DateOnly.FromDateTime(Time(rows[^1])));
        }
    }

    [Fact]
    public async Task A_cancellation_refers_to_an_earlier_purchase_of_at_least_as_many()
    {
        var bought = new Dictionary<(string, string, string), int>();
        foreach (string[] row in Rows(Encoding.UTF8.GetString(await BytesAsync(new SyntheticShopOptions { Customers = 300 }))))
        {
            (string, string, string) unit = (row[6], row[1], row[5]);
            bought[unit] = bought.GetValueOrDefault(unit) + int.Parse(row[3], CultureInfo.InvariantCulture);
            Assert.True(bought[unit] >= 0, $"invoice {row[0]} returns more than was bought");
        }
    }

    [Fact]
    public async Task A_code_has_one_name_and_a_customer_has_one_country()
    {
        List<string[]> rows = Rows(Encoding.UTF8.GetString(await BytesAsync(new SyntheticShopOptions { Customers = 1_000 })));
        Assert.All(rows.GroupBy(row => row[1], StringComparer.Ordinal), code => Assert.Single(code.Select(row => row[2]).Distinct(StringComparer.Ordinal)));
        Assert.All(
            rows.Where(row => row[6].Length > 0).GroupBy(row => row[6], StringComparer.Ordinal),
            customer => Assert.Single(customer.Select(row => row[7]).Distinct(StringComparer.Ordinal)));
        Assert.InRange(rows.Select(row => row[1]).Distinct(StringComparer.Ordinal).Count(), 2_000, 3_003);
    }

    [Fact]
    public async Task Progress_ends_with_the_number_of_rows()
    {
        var told = new Reports();
        await SyntheticShop.WriteAsync(new SyntheticShopOptions { Rows = 50_000 }, Stream.Null, told, TestContext.Current.CancellationToken);
        Assert.Equal(told.Order(), told);
        Assert.True(told.Count > 1);
        Assert.Equal(50_000, told[^1]);
    }

    [Fact]
    public async Task Cancelling_stops_between_blocks()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SyntheticShop.WriteAsync(new SyntheticShopOptions(), new MemoryStream(), cancellationToken: cancellation.Token));
    }

    [Fact]
    public async Task Values_out_of_range_are_refused_with_what_was_expected()
    {
        SyntheticShopOptions[] wrong =
        [
            new() { Customers = 0 }, new() { Rows = -1 }, new() { Rows = SyntheticShopOptions.MostRows + 1 },
            new() { CancelledShare = double.NaN }, new() { DuplicateShare = 0.6 }, new() { MissingCustomerShare = -0.1 },
            new() { Start = DateOnly.MaxValue },
        ];
        foreach (SyntheticShopOptions options in wrong)
        {
            ArgumentOutOfRangeException fault = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => BytesAsync(options));
            Assert.Contains("expected", fault.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<byte[]> BytesAsync(SyntheticShopOptions options, int bufferBytes = 1 << 20)
    {
        using var stream = new MemoryStream();
        await SyntheticShop.WriteAsync(options, stream, bufferBytes, progress: null, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    private static void Check(string text, string place)
    {
        long lastInvoice = 0;
        DateTime lastTime = DateTime.MinValue;
        foreach (string[] row in Rows(text))
        {
            // The message is made only where it is needed: there are very many rows.
            if (!IsWellFormed(row, ref lastInvoice, ref lastTime))
            {
                Assert.Fail($"{place}: {string.Join('|', row)}");
            }
        }
    }

    private static bool IsWellFormed(string[] row, ref long lastInvoice, ref DateTime lastTime)
    {
        bool isCancelled = row[0].StartsWith('C');
        bool isFormed = row.Length == 8
            && long.TryParse(row[0].AsSpan(isCancelled ? 1 : 0), NumberStyles.None, CultureInfo.InvariantCulture, out long invoice)
            && invoice >= 100_000 && invoice >= lastInvoice
            && row[1].Length > 0 && row[2].Length > 0
            && int.Parse(row[3], CultureInfo.InvariantCulture) is var quantity && (isCancelled ? quantity < 0 : quantity > 0)
            && Time(row) >= lastTime
            && decimal.Parse(row[5], CultureInfo.InvariantCulture) >= 0
            && (row[6].Length == 0 || (row[6].EndsWith(".0", StringComparison.Ordinal) && row[6].AsSpan(0, row[6].Length - 2).IndexOfAnyExceptInRange('0', '9') < 0))
            && row[7].Length > 0;
        lastInvoice = long.Parse(row[0].TrimStart('C'), CultureInfo.InvariantCulture);
        lastTime = Time(row);
        return isFormed;
    }

    private static DateTime Time(string[] row) => DateTime.ParseExact(row[4], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static List<string[]> Rows(string text) => [.. text.TrimEnd('\n').Split('\n').Skip(1).Select(Fields)];

    private static string[] Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        foreach (char sign in line)
        {
            if (sign == '"')
            {
                // A doubled quote closes and opens again, and stands for itself.
                isQuoted = !isQuoted;
                field.Append(isQuoted && field.Length > 0 ? "\"" : "");
            }
            else if (sign == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(sign);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }

    private sealed class Reports : List<long>, IProgress<long>
    {
        public void Report(long value) => Add(value);
    }
}
