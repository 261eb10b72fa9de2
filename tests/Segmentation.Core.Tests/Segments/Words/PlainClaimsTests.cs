using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;

namespace Segmentation.Core.Tests.Segments.Words;

/// <summary>Words such as "recently" and "often" stand only where the figures beside them bear them.</summary>
public sealed class PlainClaimsTests
{
    [Theory]
    [InlineData("champions", 20, 8, "Ordered very recently and", "Купили совсем недавно")]
    [InlineData("champions", 36_544, 8, "Are among the latest to order,", "Сделали последний заказ позже почти всех и")]
    [InlineData("loyal", 40, 8, "Order often and were here not long ago", "Заказывают часто и были не так давно")]
    [InlineData("loyal", 282, 8, "Order more often than most, and are in the middle", "Заказывают чаще большинства, а по времени")]
    [InlineData("loyal", 40, 2, "Order more often than most, and are in the middle", "Заказывают чаще большинства, а по времени")]
    [InlineData("potential-loyalists", 280, 2, "Ordered more recently than most, and", "Сделали последний заказ позже большинства, а")]
    [InlineData("new", 95, 1, "Are among the latest to order, and have", "Сделали последний заказ позже почти всех, а")]
    [InlineData("promising", 95, 1, "Ordered more recently than most and", "Сделали последний заказ позже большинства, а")]
    [InlineData("need-attention", 2, 3, "Are in the middle both", "Находятся в середине")]
    [InlineData("need-attention", 36_623, 3, "Are in the middle both", "Находятся в середине")]
    [InlineData("about-to-sleep", 50, 9, "Are among those with the fewest orders, and", "В числе тех, у кого меньше всего заказов, а")]
    [InlineData("at-risk", 120, 4, "Used to order fairly often", "Раньше заказывали довольно часто")]
    [InlineData("at-risk", 12, 4, "Have ordered more often than many", "Заказывали чаще многих")]
    [InlineData("cant-lose-them", 12, 40, "Have ordered most often of all, and have been silent longer", "Заказывали чаще всех, но молчат дольше")]
    [InlineData("hibernating", 200, 1, "Ordered rarely, and long ago", "Заказывали редко и давно")]
    [InlineData("hibernating", 200, 30, "Are among those with the fewest orders, and have", "В числе тех, у кого меньше всего заказов, и молчат")]
    public void A_named_segment_claims_what_its_figures_bear(string id, double days, double orders, string english, string russian)
    {
        NamedSegment segment = NamedSegment.Find(id)!;
        SegmentFigures figures = Samples.WithMedians(days, orders, 100);
        Assert.StartsWith(english, ProfileWords.DescribeNamed(segment, figures, Language.English).Description, StringComparison.Ordinal);
        Assert.StartsWith(russian, ProfileWords.DescribeNamed(segment, figures, Language.Russian).Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, 900, 8, 4000, "Order more often than most, ordered more recently than most and spend", "Заказывают чаще большинства, последний раз — позже большинства")]
    [InlineData(253, 300, 4, 700, "Have ordered more often than most, and have been silent for about as long as is usual", "Заказывали чаще большинства, а молчат примерно столько")]
    [InlineData(253, 300, 4, 300, "Have ordered more often than most, but spend little", "Заказывали чаще большинства, но")]
    [InlineData(200, 400, 2, 600, "Are neither frequent nor big buyers here, and last ordered more recently than most", "По меркам магазина покупают не часто и не много, а последний раз заказывали позже")]
    [InlineData(40, 10, 8, 700, "Used to order often and have been silent far longer than most", "Раньше заказывали часто, но молчат гораздо дольше")]
    [InlineData(40, 10, 1, 600, "Ordered once and have been silent far longer than most", "Заказали один раз и молчат гораздо дольше")]
    public void A_cluster_claims_what_its_figures_bear(double days, double usualDays, double orders, double spend, string english, string russian)
    {
        SegmentFigures everyone = Samples.WithMedians(usualDays, 2, 668.6);
        SegmentFigures[] cluster = [Samples.WithMedians(days, orders, spend)];
        Assert.StartsWith(english, ProfileWords.DescribeClusters(cluster, everyone, Language.English)[0].Description, StringComparison.Ordinal);
        Assert.StartsWith(russian, ProfileWords.DescribeClusters(cluster, everyone, Language.Russian)[0].Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 400, 1, 300, "One-time buyers")]
    [InlineData(80, 400, 1, 300, "New customers")]
    [InlineData(200, 400, 2, 300, "Occasional buyers")]
    [InlineData(80, 400, 2, 300, "Recent repeat buyers")]
    [InlineData(9, 2, 2, 300, "Customers drifting away")]
    [InlineData(9, 2, 8, 3000, "Regulars drifting away")]
    public void No_name_calls_recent_what_is_long_ago_or_lapsed_who_came_this_month(double days, double usualDays, double orders, double spend, string name) => Assert.Equal(
        name,
        ProfileWords.DescribeClusters([Samples.WithMedians(days, orders, spend)], Samples.WithMedians(usualDays, 2, 668.6), Language.English)[0].Name);

    [Fact]
    public void Parts_of_a_plan_stand_alone_and_do_not_repeat_their_label()
    {
        foreach (Language language in Enum.GetValues<Language>())
        {
            SegmentPlan[] plans =
            [
                .. Enum.GetValues<ClusterCharacter>().Select(character => ClusterName.PhrasesOf(character, language).Plan),
                .. NamedSegment.All.Select(segment => ProfileWords.DescribeNamed(segment, Samples.Four[0], language).Plan!),
            ];
            foreach (SegmentPlan plan in plans)
            {
                Assert.All((string[])[plan.Goal, plan.Offer, plan.Channel, plan.Watch], text => Assert.EndsWith(".", text, StringComparison.Ordinal));
                Assert.DoesNotContain("Цель", plan.Goal, StringComparison.Ordinal);
                Assert.DoesNotContain("the last one", plan.Offer, StringComparison.Ordinal);
                Assert.DoesNotContain("the first one", plan.Offer, StringComparison.Ordinal);
                Assert.DoesNotContain("о первом,", plan.Offer, StringComparison.Ordinal);
                Assert.DoesNotContain("прошлый,", plan.Offer, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task One_customer_who_brings_most_of_the_revenue_is_named_without_an_id()
    {
        CustomerMeasures measures = await Shops.OfAsync([(10, 3, 50), (10, 3, 50), (10, 3, 99_000_000), (90, 1, 30), (90, 1, 40), (90, 1, 35)]);
        var model = new SegmentModel(new ScoreEdges([20, 40, 60, 80], [1, 2, 3, 4], [1, 2, 3, 4]), new ModelFeatures(CustomerMeasures.Names, ModelFeatures.LogTransform, [0, 0, 0], [0, 0, 0]), null);
        var profiles = new List<string>();
        foreach (Language language in Enum.GetValues<Language>())
        {
            SegmentProfile[] named =
            [
                .. NamedSegment.All.Select(segment => ProfileWords.DescribeNamed(segment, Samples.Four[0], language)),
            ];
            profiles.AddRange(SegmentDetails.Add(named, model, measures, null, language, TestContext.Current.CancellationToken).Select(profile => profile.Description));
        }

        Assert.Single(profiles, text => text.EndsWith(" One customer alone brings >99.9% of that revenue.", StringComparison.Ordinal));
        Assert.Single(profiles, text => text.EndsWith(" Из этой выручки более 99,9\u202F% приносит один-единственный клиент.", StringComparison.Ordinal));
    }
}
