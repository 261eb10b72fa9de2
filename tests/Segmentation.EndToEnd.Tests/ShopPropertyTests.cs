using System.Globalization;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests;

/// <summary>What must hold for any shop: small random ones, whose seed every failure names.</summary>
public class ShopPropertyTests
{
    private const ulong Seeds = 5;

    [Fact]
    public async Task Every_customer_has_the_measures_and_scores_of_a_plain_computation()
    {
        await ForEverySeedAsync(async (seed, folder, lines, result) =>
        {
            var expected = PlainRfm.Of(lines);
            var found = result.Customers.ToDictionary(
                row => row["customer_id"],
                row => (
                    Number(row["recency_days"]),
                    Number(row["frequency"]),
                    decimal.Parse(row["monetary"], CultureInfo.InvariantCulture),
                    row["r"].Length == 0 ? ((int, int, int)?)null : (Number(row["r"]), Number(row["f"]), Number(row["m"]))),
                StringComparer.Ordinal);

            Assert.True(expected.Count == found.Count, $"seed {seed}: {found.Count} customers, expected {expected.Count}");
            Assert.All(expected, customer => Assert.True(
                customer.Value == found[customer.Key],
                $"seed {seed}, customer {customer.Key}: {found[customer.Key]}, expected {customer.Value}"));
            result.AddsUp();
            await Task.CompletedTask;
        });
    }

    [Fact]
    public async Task The_order_of_the_rows_does_not_matter()
    {
        await ForEverySeedAsync(async (seed, folder, lines, result) =>
        {
            RunResult other = await Segment.LinesAsync(folder, "shuffled", RandomShop.Shuffled(lines, seed + 100));

            other.IsSameAs(result, $"seed {seed}, rows shuffled");
        });
    }

    [Fact]
    public async Task Rows_divided_by_customer_into_several_files_give_the_same_customers()
    {
        await ForEverySeedAsync(async (seed, folder, lines, result) =>
        {
            RunResult other = await DividedAsync(folder, lines, line => line.Customer);

            other.IsSameAs(result, $"seed {seed}, files by customer");
            other.AddsUp();
        });
    }

    [Fact]
    public async Task Rows_divided_by_invoice_into_several_files_give_the_same_customers()
    {
        await ForEverySeedAsync(async (seed, folder, lines, result) =>
        {
            RunResult other = await DividedAsync(folder, lines, line => line.Invoice);

            other.IsSameAs(result, $"seed {seed}, files by invoice");
            Assert.Equal(result.Total.ToString(), other.Total.ToString());
        });
    }

    [Fact]
    public async Task The_same_file_under_a_second_name_is_superseded_whole()
    {
        await ForEverySeedAsync(async (seed, folder, lines, result) =>
        {
            string text = ShopLine.Csv(lines);
            RunResult other = await Segment.RunAsync(
                folder, "twins", [folder.Write("in/a.csv", text), folder.Write("in/b.csv", text)]);

            other.IsSameAs(result, $"seed {seed}, the file twice");
            Assert.Equal(lines.Count, other.Total.GetProperty("superseded").GetInt64());
            Assert.Equal(result.Total.GetProperty("kept").GetInt64(), other.Total.GetProperty("kept").GetInt64());
            Assert.Equal(RunResult.Money(result.Total, "rows"), RunResult.Money(other.Total, "superseded"));
            other.AddsUp();
        });
    }

    [Fact]
    public async Task Ten_times_the_prices_give_ten_times_the_money_and_the_same_segments()
    {
        await ForEverySeedAsync(async (seed, folder, lines, result) =>
        {
            RunResult other = await Segment.LinesAsync(folder, "scaled", lines.Select(line => line with { Price = line.Price * 10 }));

            Assert.Equal(result.Customers.Count, other.Customers.Count);
            foreach ((IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) in result.Customers.Zip(other.Customers))
            {
                decimal money = decimal.Parse(before["monetary"], CultureInfo.InvariantCulture);
                Assert.True(money * 10 == decimal.Parse(after["monetary"], CultureInfo.InvariantCulture), $"seed {seed}: {before["customer_id"]}");
                foreach (string column in before.Keys.Where(column => column != "monetary"))
                {
                    Assert.True(before[column] == after[column], $"seed {seed}: {column} of {before["customer_id"]}");
                }
            }
        });
    }

    [Fact]
    public async Task Every_row_twice_changes_nothing_but_the_merged_rows()
    {
        await ForEverySeedAsync(async (seed, folder, lines, result) =>
        {
            RunResult other = await Segment.LinesAsync(folder, "twice", [.. lines, .. RandomShop.Shuffled(lines, seed)]);

            other.IsSameAs(result, $"seed {seed}, every row twice");
            Assert.Equal(result.Total.GetProperty("kept").GetInt64(), other.Total.GetProperty("kept").GetInt64());
            Assert.Equal(RunResult.Money(result.Total, "kept"), RunResult.Money(other.Total, "kept"));
            other.AddsUp();
        });
    }

    [Fact]
    public async Task Without_dropDuplicates_every_row_twice_gives_twice_the_money()
    {
        await ForEverySeedAsync(async (seed, folder, lines, _) =>
        {
            string[] option = ["--set", "cleaning.dropDuplicates=false"];
            RunResult once = await Segment.LinesAsync(folder, "once", lines, option);
            RunResult twice = await Segment.LinesAsync(folder, "twice", [.. lines, .. lines], option);

            Assert.Equal(once.Sum("monetary") * 2, twice.Sum("monetary"));
            Assert.Equal(once.Sum("frequency"), twice.Sum("frequency"));
            Assert.True(twice.Total.GetProperty("merged").GetInt64() == 0, $"seed {seed}");
        });
    }

    private static async Task<RunResult> DividedAsync(TemporaryFolder folder, IReadOnlyList<ShopLine> lines, Func<ShopLine, string> key)
    {
        const int Files = 4;
        string[] keys = [.. lines.Select(key).Distinct(StringComparer.Ordinal)];
        var fileOf = keys.Select((text, i) => (text, File: i % Files)).ToDictionary(one => one.text, one => one.File, StringComparer.Ordinal);
        IEnumerable<string> files = lines.GroupBy(line => fileOf[key(line)])
            .Select(part => folder.Write($"divided/{part.Key}.csv", ShopLine.Csv(part)));
        return await Segment.RunAsync(folder, "divided-out", [.. files]);
    }

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private static async Task ForEverySeedAsync(Func<ulong, TemporaryFolder, IReadOnlyList<ShopLine>, RunResult, Task> check)
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            using var folder = new TemporaryFolder();
            IReadOnlyList<ShopLine> lines = RandomShop.Lines(seed);
            await check(seed, folder, lines, await Segment.LinesAsync(folder, "plain", lines));
        }
    }
}
