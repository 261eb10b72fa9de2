using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Tests.Workflow;

namespace Segmentation.Core.Tests.Products;

/// <summary>Categories and findings as a run writes them.</summary>
public sealed class ProductResultTests
{
    private const string Header = "Invoice,StockCode,Description,Quantity,Date,Price,Customer,Category\n";

    [Fact]
    public async Task Each_customer_has_its_shares_of_the_categories_that_the_files_say()
    {
        var store = new Store();
        store.Uploads["a.csv"] = Header
            + "1,m1,Mug,1,2024-01-01,30,ann,Kitchen\n1,p1,Pen,1,2024-01-01,10,ann,Office\n2,p1,Pen,2,2024-01-02,10,bob,Office\n3,x,Thing,1,2024-01-03,5,cy,\n";
        await store.RunAsync("run-1");
        string[] rows = store.Result("run-1", "customers.csv").Split('\n');
        Assert.EndsWith(",excluded,top_category,share: Kitchen,share: Office,share: Other", rows[0], StringComparison.Ordinal);
        Assert.EndsWith(",,Kitchen,0.75,0.25,0", rows[1], StringComparison.Ordinal);
        Assert.EndsWith(",,Office,0,1,0", rows[2], StringComparison.Ordinal);
        Assert.EndsWith(",,Other,0,0,1", rows[3], StringComparison.Ordinal);
        Assert.Equal(
            "product,description,category,lines,revenue,median_price\nm1,Mug,Kitchen,1,30.00,30.00\np1,Pen,Office,2,30.00,10.00\nx,Thing,Other,1,5.00,5.00\n",
            store.Result("run-1", "products.csv"));
        using var categories = JsonDocument.Parse(store.Result("run-1", "categories.json"));
        Assert.Equal("column", categories.RootElement.GetProperty("source").GetString());
        Assert.Equal([1, 2, 1], categories.RootElement.GetProperty("categories").EnumerateArray().Select(one => one.GetProperty("customers").GetInt32()));
    }

    [Theory]
    [InlineData("7", 1)]
    [InlineData("64", 2)]
    public async Task Shards_and_threads_change_no_byte_of_categories(string shards, int threads)
    {
        Store plain = Shop();
        await plain.RunAsync("run-1");
        Store other = Shop();
        await other.RunAsync(Store.Request("run-1", ("workflow.shards", shards)), threads);
        foreach (string name in (string[])["customers.csv", "products.csv", "categories.json", "quality.json", "report.html"])
        {
            Assert.Equal(plain.Result("run-1", name), other.Result("run-1", name));
        }

        Assert.Contains("descriptions", plain.Result("run-1", "categories.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_categories_customers_have_no_columns_for_them()
    {
        Store store = Shop();
        await store.RunAsync("run-1", ("products.categories", "none"));
        Assert.EndsWith(",excluded", store.Result("run-1", "customers.csv").Split('\n')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("run-1/results/categories.json", store.Runs.Snapshot().Select(blob => blob.Key), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Codes_that_stand_for_no_product_are_listed_in_the_ledger()
    {
        var store = new Store();
        store.Uploads["a.csv"] = Header + "1,m1,Mug,1,2024-01-01,30,ann,\n1,post,Postage,1,2024-01-01,3,ann,\n2,POST,Postage,1,2024-01-02,3,bob,\n2,gift_1,Gift,1,2024-01-02,3,bob,\n";
        await store.RunAsync("run-1");
        using var ledger = JsonDocument.Parse(store.Result("run-1", "ledger.json"));
        Assert.Equal("""{"GIFT_1":1,"POST":2}""", JsonSerializer.Serialize(ledger.RootElement.GetProperty("nonProducts")));
    }

    [Fact]
    public async Task A_price_far_from_the_median_codes_that_differ_by_case_and_a_dominant_customer_are_found_and_change_nothing()
    {
        Store plain = Shop();
        await plain.RunAsync("run-1");
        Assert.Empty(Findings(plain));

        Store odd = Shop();
        odd.Uploads["odd.csv"] = Header + "900,p11,odd,1,2024-01-20,90000.00,c00,\n901,P13,odd,1,2024-01-20,5.00,c01,\n";
        await odd.RunAsync("run-1");
        Assert.Equal(
            ["price-outlier warning p11 1", "dominant-customer warning  1", "code-case note P13 = p13 1", "several-descriptions note p11 1"],
            Findings(odd),
            StringComparer.Ordinal);
        Assert.Contains("90020.00", odd.Result("run-1", "customers.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_rows_without_a_customer_and_weeks_without_sales_are_found()
    {
        Store store = Shop();
        var odd = new StringBuilder(Header);
        for (int i = 0; i < 30; i++)
        {
            odd.Append(CultureInfo.InvariantCulture, $"{900 + i},p11,floral candle of shelf,1,2024-03-{1 + (i % 9):D2},2.00,,\n");
        }

        odd.Append("990,p11,floral candle of shelf,1,2024-03-10,2.00,c00,\n991,p11,floral candle of shelf,zero,2024-03-10,2.00,c00,\n");
        store.Uploads["odd.csv"] = odd.ToString();
        await store.RunAsync("run-1");
        Assert.Equal(["missing-customers warning  30", "sales-gap warning 2024-01-21…2024-03-09 49"], Findings(store), StringComparer.Ordinal);
    }

    private static string[] Findings(Store store)
    {
        using var quality = JsonDocument.Parse(store.Result("run-1", "quality.json"));
        return [.. quality.RootElement.GetProperty("findings").EnumerateArray().Select(finding =>
        {
            Assert.NotEqual("", finding.GetProperty("text").GetString(), StringComparer.Ordinal);
            Assert.NotEqual("", finding.GetProperty("advice").GetString(), StringComparer.Ordinal);
            return $"{finding.GetProperty("kind").GetString()} {finding.GetProperty("severity").GetString()} {finding.GetProperty("subject").GetString()} {finding.GetProperty("count").GetInt64()}";
        })];
    }

    // Twenty days, forty customers, forty products of four sorts.
    private static Store Shop()
    {
        string[] sorts = ["mug", "candle", "bag", "card"];
        string[] makes = ["retro", "floral", "striped", "dotted", "plain", "rustic", "modern", "tiny", "royal", "cosy"];
        var rows = new StringBuilder(Header);
        for (int i = 0; i < 400; i++)
        {
            int sort = i % 4;
            int make = i * 7 % 10;
            rows.Append(CultureInfo.InvariantCulture, $"{i},p{sort}{make},{makes[make]} {sorts[sort]} of shelf,1,2024-01-{1 + (i % 20):D2},{2 + sort}.{make}0,c{i % 40:D2},\n");
        }

        var store = new Store();
        store.Uploads["shop.csv"] = rows.ToString();
        return store;
    }
}
