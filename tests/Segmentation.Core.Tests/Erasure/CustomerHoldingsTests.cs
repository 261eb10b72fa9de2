using System.Text.Json;
using Segmentation.Core.Erasure;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Erasure;

/// <summary>What is held on a customer is what a plain search of the files finds.</summary>
public sealed class CustomerHoldingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_and_rejects_are_those_that_a_plain_filter_of_the_files_finds()
    {
        var shop = new ErasureStore();
        Store store = shop.Store.WithThreeGroups();
        await store.RunAsync("run-1");
        foreach (string id in (string[])["k0", "k1", "k2", "k29"])
        {
            HeldOnCustomer held = (await shop.Holdings.FindAsync($" {id} ", Token))!;
            (string File, int Line, string[] Fields)[] expected =
            [
                .. ((string[])["2024/a.csv", "2024/b.csv", "c.csv"]).SelectMany(file => store.Uploads[file].Split('\n')
                    .Select((row, i) => (file, i + 1, row.Split(','))).Where(row => row.Item3.Length > 6 && row.Item3[6] == id)),
            ];
            Assert.Equal(
                expected.Where(row => row.Fields[0] != "9004").Select(row => (row.File, (long)row.Line, row.Fields[0], row.Fields[1], row.Fields[4])),
                held.Lines.Select(line => (line.Upload, line.Line, line.Invoice, line.Product, $"{line.Time:yyyy-MM-dd HH:mm:ss}")));
            Assert.Equal(
                expected.Where(row => row.Fields[0] == "9004").Select(row => (row.File, (long)row.Line, "non-positive-quantity", string.Join(',', row.Fields))),
                held.Rejected.Select(row => (row.Upload, row.Line, row.Reason, row.Raw)));
            Assert.All(held.Lines, line => Assert.Equal(
                Money.Parse(line.Amount), Money.Parse(line.Price).Micros * (line.Quantity == "-1" ? -1 : 1) is var micros ? new Money(micros) : default));
            HeldAssignment run = Assert.Single(held.Runs);
            string published = store.Result("run-1", "customers.csv").Split('\n').Single(row => row.StartsWith(id + ",", StringComparison.Ordinal));
            Assert.StartsWith($"{id},{run.RecencyDays},{run.Frequency},{run.Monetary},{run.R},{run.F},{run.M},", published, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_held_on_a_stranger_and_on_an_erased_customer()
    {
        var shop = new ErasureStore();
        Store store = shop.Store.WithThreeGroups();
        await store.RunAsync("run-1");
        Assert.Null(await shop.Holdings.FindAsync("nobody", Token));
        Assert.Null(await shop.Holdings.FindAsync("NaN", Token));
        await shop.Erasure.EraseAsync("k2", Token);
        Assert.Null(await shop.Holdings.FindAsync("k2", Token));
        Assert.NotNull(await shop.Holdings.FindAsync("k20", Token));
    }

    [Fact]
    public async Task As_JSON_names_are_camel_case_and_amounts_are_text()
    {
        var shop = new ErasureStore();
        shop.Store.Uploads["a.csv"] = ErasureStore.Rows("k1", "k1");
        await shop.Store.RunAsync("run-1");
        JsonElement json = JsonSerializer.SerializeToElement((await shop.Holdings.FindAsync("k1", Token))!, ErasureJson.Default.HeldOnCustomer);
        JsonElement line = json.GetProperty("lines")[0];
        Assert.Equal(("8.50", "2", "4.25"), (
            line.GetProperty("amount").GetString(), line.GetProperty("quantity").GetString(), line.GetProperty("price").GetString()));
        Assert.Equal("run-1", json.GetProperty("runs")[0].GetProperty("runId").GetString());
        Assert.Equal(4, json.GetProperty("rejected").GetArrayLength());
    }
}
