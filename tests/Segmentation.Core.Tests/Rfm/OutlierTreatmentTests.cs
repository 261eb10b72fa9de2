using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Rfm;

public sealed class OutlierTreatmentTests
{
    [Fact]
    public async Task Kept_outliers_are_learnt_from_as_they_are()
    {
        CustomerMeasures customers = await HundredAndOneAsync();
        Assert.Same(customers, OutlierTreatment.Apply(customers, new SelectionOptions()));
    }

    [Fact]
    public async Task Capped_outliers_come_down_to_the_percentile()
    {
        // 0…100 orders: the 99th percentile is 99.
        CustomerMeasures capped = OutlierTreatment.Apply(await HundredAndOneAsync(), new SelectionOptions { Outliers = OutlierPolicy.Cap });
        Assert.Equal(101, capped.Count);
        Assert.Equal([98, 99, 99], capped.Frequency[^3..]);
        Assert.Equal([980, 990, 990], capped.Monetary[^3..]);
    }

    [Fact]
    public async Task Left_out_outliers_are_not_learnt_from()
    {
        CustomerMeasures others = OutlierTreatment.Apply(
            await HundredAndOneAsync(), new SelectionOptions { Outliers = OutlierPolicy.LeaveOut, OutlierPercentile = 95 });
        Assert.Equal(96, others.Count);
        Assert.Equal(95, others.Frequency[^1]);
    }

    [Theory]
    [InlineData("cap")]
    [InlineData("leave-out")]
    public async Task The_treatment_changes_what_is_learnt_and_no_figure(string treatment)
    {
        Store plain = Shop();
        await plain.RunAsync("run-1", ("products.categories", "none"));
        Store treated = Shop();
        await treated.RunAsync("run-1", ("products.categories", "none"), ("selection.outliers", treatment), ("selection.outlierPercentile", "90"));
        Assert.Equal(Figures(plain), Figures(treated), StringComparer.Ordinal);
        Assert.All(treated.Result("run-1", "customers.csv").Split('\n')[1..^1], row => Assert.NotEqual("", row.Split(',')[8], StringComparer.Ordinal));
        Assert.NotEqual(Deviation(plain), Deviation(treated));
        Assert.Equal(plain.Result("run-1", "ledger.json"), treated.Result("run-1", "ledger.json"));
    }

    private static IEnumerable<string> Figures(Store store) =>
        store.Result("run-1", "customers.csv").Split('\n').Select(row => string.Join(',', row.Split(',').Take(8)));

    private static double Deviation(Store store)
    {
        using var selection = JsonDocument.Parse(store.Result("run-1", "model-selection.json"));
        return selection.RootElement.GetProperty("features").GetProperty("deviations")[2].GetDouble();
    }

    private static Store Shop()
    {
        var rows = new StringBuilder();
        for (int customer = 0; customer < 40; customer++)
        {
            for (int order = 0; order <= customer % 4; order++)
            {
                int price = customer == 39 ? 100_000 : customer % 4 == 3 ? 500 + customer : 5 + customer;
                rows.Append(CultureInfo.InvariantCulture, $"{(customer * 10) + order},A,Lamp,1,2024-0{1 + (customer % 4)}-1{order} 10:00:00,{price},k{customer:D2},UK\n");
            }
        }

        var store = new Store();
        store.Drop("a.csv", rows.ToString());
        return store;
    }

    private static async Task<CustomerMeasures> HundredAndOneAsync()
    {
        byte[] bytes = new byte[101 * CustomerMeasures.BytesOfOne];
        for (int i = 0; i <= 100; i++)
        {
            CustomerMeasures.Write(bytes.AsSpan(i * CustomerMeasures.BytesOfOne), 1, i, new Money(i * 10 * Money.MicrosPerUnit));
        }

        using var stream = new MemoryStream(bytes);
        return await CustomerMeasures.ReadAsync(stream, TestContext.Current.CancellationToken);
    }
}
