using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests;

/// <summary>The commands <c>generate</c>, <c>demo</c> and <c>lookup</c>.</summary>
public sealed class StoreCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_seed_generates_the_same_bytes_and_another_one_others()
    {
        byte[] first = await GenerateAsync("a.csv", "--customers", "20", "--seed", "5");

        Assert.Equal(first, await GenerateAsync("b.csv", "--customers", "20", "--seed", "5"));
        Assert.NotEqual(first, await GenerateAsync("c.csv", "--customers", "20", "--seed", "6"));
        Assert.Equal("a.csv, b.csv, c.csv", RunResult.Entries(_folder.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12_345)]
    public async Task As_many_rows_are_generated_as_asked_for(int rows)
    {
        await GenerateAsync("shop.csv", "--rows", $"{rows}");

        string[] lines = await File.ReadAllLinesAsync(_folder["shop.csv"], TestContext.Current.CancellationToken);
        Assert.Equal(ShopLine.Header, lines[0]);
        Assert.Equal(rows + 1, lines.Length);
    }

    [Fact]
    public async Task A_demo_ends_with_a_customer_that_was_looked_up()
    {
        CommandResult demo = await DemoAsync();

        JsonElement answer = demo.Json;
        string customer = answer.GetProperty("customerId").GetString()!;
        Assert.Matches("[A-Z]", answer.GetProperty("segment").GetProperty("name").GetString());
        Assert.Matches("[A-Z]", answer.GetProperty("strategy").GetString());
        Assert.InRange(answer.GetProperty("rfm").GetProperty("recencyDays").GetInt32(), 1, 400);
        Assert.Contains($"segmentation lookup {customer} --data {Data}", demo.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lookup_says_what_the_results_of_the_run_say()
    {
        string customer = (await DemoAsync("300")).Json.GetProperty("customerId").GetString()!;

        JsonElement answer = (await CommandLine.CallWellAsync("lookup", customer, "--data", Data)).Json;

        var result = new RunResult(Path.Combine(Data, "runs", answer.GetProperty("runId").GetString()!, "results"));
        IReadOnlyDictionary<string, string> row = result.Customer(customer);
        JsonElement rfm = answer.GetProperty("rfm");
        Assert.Equal(row["recency_days"], rfm.GetProperty("recencyDays").ToString());
        Assert.Equal(row["frequency"], rfm.GetProperty("frequency").ToString());
        Assert.Equal(decimal.Parse(row["monetary"], System.Globalization.CultureInfo.InvariantCulture), rfm.GetProperty("monetary").GetDecimal());
        Assert.Equal(row["r"] + row["f"] + row["m"], $"{rfm.GetProperty("r")}{rfm.GetProperty("f")}{rfm.GetProperty("m")}");
        Assert.Equal(row["rfm_segment"], answer.GetProperty("segment").GetProperty("name").GetString());
        Assert.Equal(row["cluster"], answer.GetProperty("cluster").GetProperty("id").ToString());
        Assert.Equal(row["cluster_name"], answer.GetProperty("cluster").GetProperty("name").GetString());
        Assert.Equal(result.Manifest.GetProperty("asOf").GetString(), answer.GetProperty("asOf").GetString());
    }

    [Fact]
    public async Task A_customer_who_is_unknown_is_named()
    {
        await DemoAsync();

        (await CommandLine.CallAsync("lookup", "nobody", "--data", Data)).FailsWith(3, "'nobody'", "unknown");
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_wrong_usage_and_is_not_made()
    {
        (await CommandLine.CallAsync("lookup", "17", "--data", Data)).FailsWith(2, "holds no run");

        Assert.False(Path.Exists(Data));
    }

    [Fact]
    public async Task A_second_demo_with_the_same_seed_gives_the_same_answer_but_for_the_run()
    {
        JsonElement first = (await DemoAsync()).Json;
        JsonElement second = (await DemoAsync()).Json;

        Assert.Equal(WithoutRun(first), WithoutRun(second));
    }

    [Fact]
    public async Task A_demo_does_not_mix_stores()
    {
        await DemoAsync();

        CommandResult other = await CommandLine.CallAsync("demo", "--customers", "81", "--no-serve", "--data", Data);

        other.FailsWith(2, "holds the upload 'demo-80-1.csv' already", "--data");
    }

    private static string WithoutRun(JsonElement answer) =>
        answer.ToString().Replace(answer.GetProperty("runId").GetString()!, "", StringComparison.Ordinal);

    private Task<CommandResult> DemoAsync(string customers = "80") =>
        CommandLine.CallWellAsync("demo", "--customers", customers, "--no-serve", "--data", Data);

    private async Task<byte[]> GenerateAsync(string name, params string[] arguments)
    {
        await CommandLine.CallWellAsync(["generate", "--out", _folder[name], .. arguments]);
        return await File.ReadAllBytesAsync(_folder[name], TestContext.Current.CancellationToken);
    }
}
