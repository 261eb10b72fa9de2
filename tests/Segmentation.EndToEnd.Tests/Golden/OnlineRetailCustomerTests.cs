using System.Globalization;
using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests.Golden;

/// <summary>The ledger and the customers of a year of real invoices, against numbers that other software computed.</summary>
public class OnlineRetailCustomerTests(OnlineRetailRuns runs)
{
    [SharedFact]
    public async Task Every_row_of_a_year_goes_where_the_reference_says()
    {
        RunResult result = await runs.FullAsync();

        JsonElement total = result.Total;
        Assert.Equal(541_909, total.GetProperty("rows").GetInt64());
        Assert.Equal(391_150, total.GetProperty("kept").GetInt64());
        Assert.Equal(5_192, total.GetProperty("merged").GetInt64());
        Assert.Equal(8_905, total.GetProperty("returned").GetInt64());
        Assert.Equal(0, total.GetProperty("superseded").GetInt64());
        Assert.Equal(
            new Dictionary<string, long>(StringComparer.Ordinal)
            {
                ["missing-customer"] = 135_080,
                ["non-positive-price"] = 40,
                ["non-product"] = 1_542,
            },
            total.GetProperty("rejected").EnumerateObject().ToDictionary(
                reason => reason.Name, reason => reason.Value.GetInt64(), StringComparer.Ordinal));
        Assert.Equal(136_662, result.Rejects.Count);
    }

    [SharedFact]
    public async Task The_rows_and_the_money_of_a_year_add_up_in_total_and_by_upload()
    {
        RunResult result = await runs.FullAsync();

        result.AddsUp();
        result.IsWhole();
        Assert.Equal(13, result.Ledger.GetProperty("uploads").GetArrayLength());
        Assert.Equal(9_747_747.93m, Math.Round(RunResult.Money(result.Total, "rows"), 2));
        Assert.Equal(8_737_227.64m, Math.Round(RunResult.Money(result.Total, "kept"), 2));
        Assert.Equal(0m, RunResult.Money(result.Total, "returnedCounted"));
    }

    [SharedFact]
    public async Task The_customers_of_a_year_and_their_sums_are_those_of_the_reference()
    {
        RunResult result = await runs.FullAsync();

        Assert.Equal(4_334, result.Customers.Count);
        Assert.Equal(404_044m, result.Sum("recency_days"));
        Assert.Equal(18_402m, result.Sum("frequency"));
        Assert.Equal(8_737_227.64m, Math.Round(result.Sum("monetary"), 2));
        Assert.Equal("2011-12-10", result.Manifest.GetProperty("asOf").GetString());
    }

    [SharedFact]
    public async Task Every_score_and_every_named_segment_is_as_frequent_as_in_the_reference()
    {
        RunResult result = await runs.FullAsync();
        JsonElement golden = OnlineRetailRuns.Golden("full");

        foreach (JsonProperty measure in golden.GetProperty("score_counts").EnumerateObject())
        {
            Assert.Equal(Counts(measure.Value), Counts(result, ColumnOfScore(measure.Name)));
        }

        Assert.Equal(Counts(golden.GetProperty("segments10")), Counts(result, "rfm_segment"));
    }

    [SharedFact]
    public async Task Every_customer_sampled_by_the_reference_has_the_same_measures_scores_and_segment()
    {
        RunResult result = await runs.FullAsync();

        JsonProperty[] samples = [.. OnlineRetailRuns.Golden("full").GetProperty("sample_customers").EnumerateObject()];
        Assert.NotEmpty(samples);
        Assert.All(samples, sample =>
        {
            IReadOnlyDictionary<string, string> customer = result.Customer(sample.Name);
            Assert.Equal(sample.Value.GetProperty("recency").ToString(), customer["recency_days"]);
            Assert.Equal(sample.Value.GetProperty("frequency").ToString(), customer["frequency"]);
            Assert.Equal(
                sample.Value.GetProperty("monetary").GetDecimal(),
                Math.Round(decimal.Parse(customer["monetary"], CultureInfo.InvariantCulture), 2));
            Assert.Equal(sample.Value.GetProperty("R").ToString(), customer["r"]);
            Assert.Equal(sample.Value.GetProperty("F").ToString(), customer["f"]);
            Assert.Equal(sample.Value.GetProperty("M").ToString(), customer["m"]);
            Assert.Equal(sample.Value.GetProperty("segment").ToString(), customer["rfm_segment"]);
            Assert.Equal("", customer["excluded"]);
        });
    }

    [SharedFact]
    public Task Without_the_rules_of_duplicates_and_non_products_the_reference_agrees() => VariantAgreesAsync("base");

    [SharedFact]
    public Task Without_the_rule_of_non_products_the_reference_agrees() => VariantAgreesAsync("dedup");

    [SharedFact]
    public Task Without_the_rule_of_duplicates_the_reference_agrees() => VariantAgreesAsync("prod");

    private async Task VariantAgreesAsync(string variant)
    {
        RunResult result = await runs.VariantAsync(variant);

        JsonElement golden = OnlineRetailRuns.Golden(variant);
        JsonElement rfm = golden.GetProperty("rfm");
        Assert.Equal(golden.GetProperty("rows").GetInt64(), result.Total.GetProperty("kept").GetInt64());
        Assert.Equal(golden.GetProperty("revenue").GetDecimal(), Math.Round(RunResult.Money(result.Total, "kept"), 2));
        Assert.Equal(golden.GetProperty("customers").GetInt32(), result.Customers.Count);
        Assert.Equal(golden.GetProperty("reference_date").GetString(), result.Manifest.GetProperty("asOf").GetString());
        Assert.Equal(SumOf(rfm, "recency"), result.Sum("recency_days"));
        Assert.Equal(SumOf(rfm, "frequency"), result.Sum("frequency"));
        Assert.Equal(SumOf(rfm, "monetary"), Math.Round(result.Sum("monetary"), 2));
        Assert.All(result.Customers, customer => Assert.Equal("", customer["cluster"]));
        result.AddsUp();
    }

    private static decimal SumOf(JsonElement rfm, string measure) => rfm.GetProperty(measure).GetProperty("sum").GetDecimal();

    private static string ColumnOfScore(string measure) => measure switch
    {
        "R" => "r",
        "F" => "f",
        "M" => "m",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "no score"),
    };

    private static Dictionary<string, int> Counts(JsonElement counts) =>
        counts.EnumerateObject().ToDictionary(count => count.Name, count => count.Value.GetInt32(), StringComparer.Ordinal);

    private static Dictionary<string, int> Counts(RunResult result, string column) =>
        result.Customers.GroupBy(row => row[column], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
}
