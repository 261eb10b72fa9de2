using Segmentation.Core.Options;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Options;

public sealed class OptionDefaultsTests
{
    [Theory]
    [InlineData("import.header", "detected")]
    [InlineData("import.skip", "0")]
    [InlineData("import.encoding", "detected")]
    [InlineData("import.delimiter", "detected")]
    [InlineData("import.decimalSeparator", "detected")]
    [InlineData("import.dateFormat", "detected")]
    [InlineData("import.maxBytes", "64GiB")]
    [InlineData("import.maxFieldBytes", "64KiB")]
    [InlineData("import.maxColumns", "1000")]
    [InlineData("cleaning.dropDuplicates", "true")]
    [InlineData("cleaning.dropNonProducts", "true")]
    [InlineData("cleaning.nonProductCodes", "POST,DOT,M,D,S,B,C2,CRUK,PADS,BANK CHARGES,AMAZONFEE,GIFT_*")]
    [InlineData("cleaning.returns", "net")]
    [InlineData("rfm.asOf", "data")]
    [InlineData("rfm.window", "none")]
    [InlineData("rfm.scores", "quintiles")]
    [InlineData("rfm.thresholds.recency", "none")]
    [InlineData("rfm.thresholds.frequency", "none")]
    [InlineData("rfm.thresholds.monetary", "none")]
    [InlineData("selection.algorithms", "k-means,gaussian-mixture,ward")]
    [InlineData("selection.minClusters", "3")]
    [InlineData("selection.maxClusters", "10")]
    [InlineData("selection.minShare", "0.02")]
    [InlineData("selection.minStability", "0.8")]
    [InlineData("selection.minCustomers", "50")]
    [InlineData("selection.starts", "20")]
    [InlineData("selection.seed", "1")]
    [InlineData("workflow.shards", "by size")]
    [InlineData("workflow.threads", "one a processor")]
    [InlineData("workflow.activate", "gated")]
    [InlineData("workflow.settleSeconds", "5")]
    [InlineData("workflow.keepRuns", "12")]
    [InlineData("workflow.schedule", "0 0 3 1 * *")]
    public void Each_default_is_the_documented_one(string key, string expected)
    {
        Assert.Equal(expected, OptionCatalog.Find(key)?.Default);
    }

    [Fact]
    public void Each_field_of_a_transaction_has_a_column_option_that_is_detected()
    {
        string[] fields =
            ["customer", "invoice", "date", "quantity", "price", "amount", "product", "description", "category", "country", "status", "type"];
        Assert.Equal(fields.Length, Enum.GetValues<TransactionField>().Length);
        Assert.All(fields, field => Assert.Equal("detected", OptionCatalog.Find($"import.columns.{field}")?.Default));
        Assert.Equal(fields.Length + 36, OptionCatalog.All.Count);
    }

    [Fact]
    public void Each_numeric_default_is_a_named_constant_with_its_documented_value()
    {
        Assert.Equal(0, ImportOptions.DefaultSkip);
        Assert.Equal(68_719_476_736, ImportOptions.DefaultMaxBytes);
        Assert.Equal(65_536, ImportOptions.DefaultMaxFieldBytes);
        Assert.Equal(1_000, ImportOptions.DefaultMaxColumns);
        Assert.Equal(12, ProductOptions.DefaultCategories);
        Assert.Equal(OutlierPolicy.Keep, SelectionOptions.DefaultOutliers);
        Assert.Equal(99, SelectionOptions.DefaultOutlierPercentile);
        Assert.True(CleaningOptions.DefaultDropDuplicates);
        Assert.True(CleaningOptions.DefaultDropNonProducts);
        Assert.Equal(ReturnsPolicy.Net, CleaningOptions.DefaultReturns);
        Assert.Equal(AsOfKind.Data, RfmOptions.DefaultAsOf);
        Assert.Equal(ScoreKind.Quintiles, RfmOptions.DefaultScores);
        Assert.Equal(["k-means", "gaussian-mixture", "ward"], SelectionOptions.DefaultAlgorithms);
        Assert.Equal(3, SelectionOptions.DefaultMinClusters);
        Assert.Equal(10, SelectionOptions.DefaultMaxClusters);
        Assert.Equal(0.02, SelectionOptions.DefaultMinShare);
        Assert.Equal(0.80, SelectionOptions.DefaultMinStability);
        Assert.Equal(50, SelectionOptions.DefaultMinCustomers);
        Assert.Equal(20, SelectionOptions.DefaultStarts);
        Assert.Equal(1UL, SelectionOptions.DefaultSeed);
        Assert.Equal(ActivationPolicy.Gated, WorkflowOptions.DefaultActivate);
        Assert.Equal(5, WorkflowOptions.DefaultSettleSeconds);
        Assert.Equal(12, WorkflowOptions.DefaultKeepRuns);
        Assert.Equal("0 0 3 1 * *", WorkflowOptions.DefaultSchedule);
    }
}
