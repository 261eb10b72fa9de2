using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;

namespace Segmentation.Core.Tests.Segments.Identity;

public sealed class DriftTests
{
    [Fact]
    public async Task Deciles_and_shares_of_ten_customers_by_hand()
    {
        CustomerMeasures measures = await Shops.OfAsync(Enumerable.Range(1, 11).Select(day => (day, 1L, day * 10.0)));
        IReadOnlyList<FeatureBaseline> baselines = FeatureBaseline.Of(measures);
        Assert.Equal(["recency", "frequency", "monetary", "orderValue"], baselines.Select(baseline => baseline.Measure), StringComparer.Ordinal);
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 10], baselines[0].Edges);
        Assert.Equal([2.0 / 11, .. Enumerable.Repeat(1.0 / 11, 9)], baselines[0].Shares);

        // One order each: there is nothing to divide.
        Assert.Empty(baselines[1].Edges);
        Assert.Equal([1.0], baselines[1].Shares);
    }

    [Fact]
    public async Task The_same_customers_have_not_drifted_and_nobody_has_no_distribution()
    {
        CustomerMeasures measures = await Shops.RandomAsync(1, 500);
        Assert.All(FeatureBaseline.Drift(FeatureBaseline.Of(measures), measures), feature => Assert.Equal(0, feature.Psi));
        CustomerMeasures nobody = await Shops.OfAsync([]);
        Assert.Empty(FeatureBaseline.Of(nobody));
        Assert.Empty(FeatureBaseline.Drift(FeatureBaseline.Of(measures), nobody));
        Assert.Empty(FeatureBaseline.Drift([], measures));
    }

    [SharedFact]
    public async Task An_ordinary_month_of_a_real_store_is_no_drift_and_amounts_a_hundred_times_too_large_are()
    {
        foreach (int months in (int[])[2, 3, 6])
        {
            IReadOnlyList<FeatureBaseline> baselines = FeatureBaseline.Of(await Shops.OnlineRetailAsync(months - 1));
            CustomerMeasures now = await Shops.OnlineRetailAsync(months);
            Assert.Empty(Judge(FeatureBaseline.Drift(baselines, now)).Reasons);
            CustomerMeasures broken = await Shops.OfAsync(Enumerable.Range(0, now.Count)
                .Select(row => ((int)now.Recency[row], (long)now.Frequency[row], now.Monetary[row] * 100)));
            Assert.Equal(2, Judge(FeatureBaseline.Drift(baselines, broken)).Reasons.Count);
        }
    }

    [Fact]
    public void Recency_is_shown_and_not_judged()
    {
        DriftVerdict verdict = Judge([new("recency", 3), new("frequency", 0.19)]);
        Assert.False(verdict.IsLarge);
        Assert.Empty(verdict.Reasons);
        Assert.True(Judge([new("frequency", 0.2)]).IsLarge);
    }

    [Fact]
    public void Many_customers_gone_are_a_reason_and_a_few_are_none()
    {
        Assert.False(DriftRule.Judge([], 1_000, 200, ExpectedChange.None, Language.English).IsLarge);
        DriftVerdict verdict = DriftRule.Judge([], 1_000, 500, ExpectedChange.None, Language.English);
        Assert.True(verdict.IsLarge);
        Assert.Equal("50.0% of the customers of the previous run are gone; the limit is 20%.", Assert.Single(verdict.Reasons));
    }

    [Theory]
    [InlineData(ExpectedChange.Withdrawal, 1_000)]
    [InlineData(ExpectedChange.Options, 1_000)]
    [InlineData(ExpectedChange.None, 99)]
    public void What_a_person_did_and_what_is_too_little_is_not_judged_and_says_so(ExpectedChange expected, long before)
    {
        DriftVerdict verdict = DriftRule.Judge([new("monetary", 9)], before, before, expected, Language.English);
        Assert.False(verdict.IsLarge);
        Assert.StartsWith("Not judged:", Assert.Single(verdict.Reasons), StringComparison.Ordinal);
        Assert.StartsWith("Не оценивалось:", DriftRule.Judge([], before, 0, expected, Language.Russian).Reasons[0], StringComparison.Ordinal);
    }

    private static DriftVerdict Judge(IReadOnlyList<FeatureDrift> features) =>
        DriftRule.Judge(features, 1_000, 0, ExpectedChange.None, Language.English);
}
