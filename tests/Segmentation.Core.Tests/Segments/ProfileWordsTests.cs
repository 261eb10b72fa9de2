using System.Globalization;
using Segmentation.Core.Segments;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments;

public sealed class ProfileWordsTests
{
    public static TheoryData<Language> AllLanguages => [.. Enum.GetValues<Language>()];

    [Fact]
    public void Names_of_real_clusters_say_what_their_figures_say()
    {
        Assert.Equal(
            ["Best customers", "Loyal regulars", "Recent repeat buyers", "Sleeping one-timers"],
            Names(Samples.Four, Language.English));
        Assert.Equal(
            ["Лучшие клиенты", "Постоянные покупатели", "Недавние повторные покупатели", "Спящие разовые покупатели"],
            Names(Samples.Four, Language.Russian));
    }

    [Fact]
    public void Clusters_of_the_same_character_are_told_apart_by_what_differs_most() => Assert.Equal(
        [
            "Best customers, higher spend", "Loyal regulars", "Best customers, lower spend", "Recent repeat buyers, longer ago",
            "Sleeping customers", "Recent repeat buyers, more recent", "One-time buyers", "Sleeping one-timers",
        ],
        Names(Samples.Eight, Language.English));

    [Theory]
    [InlineData(10, 8, 4000, "Best customers")]
    [InlineData(60, 8, 4000, "Loyal regulars")]
    [InlineData(10, 4, 700, "Loyal regulars")]
    [InlineData(10, 4, 300, "Frequent small buyers")]
    [InlineData(60, 2, 4000, "Rare big spenders")]
    [InlineData(60, 1, 4000, "One-time big spenders")]
    [InlineData(10, 1, 300, "New customers")]
    [InlineData(10, 2, 300, "Recent repeat buyers")]
    [InlineData(60, 2, 600, "Occasional buyers")]
    [InlineData(60, 1, 600, "One-time buyers")]
    [InlineData(100, 8, 4000, "Regulars drifting away")]
    [InlineData(100, 2, 4000, "Big spenders drifting away")]
    [InlineData(100, 2, 600, "Customers drifting away")]
    [InlineData(100, 1, 600, "One-timers drifting away")]
    [InlineData(200, 8, 4000, "Lapsed regulars")]
    [InlineData(200, 2, 4000, "Lapsed big spenders")]
    [InlineData(200, 2, 600, "Sleeping customers")]
    [InlineData(200, 1, 600, "Sleeping one-timers")]
    public void The_name_follows_from_the_levels_against_all_customers(double recency, double frequency, double monetary, string name) =>
        Assert.Equal([name], Names([Samples.WithMedians(recency, frequency, monetary)], Language.English));

    [Fact]
    public void A_year_of_silence_is_a_lapse_even_where_most_customers_are_silent_as_long()
    {
        SegmentFigures everyone = Samples.WithMedians(470, 1, 43);
        SegmentFigures silent = Samples.WithMedians(500, 1, 30);

        Assert.Equal("Sleeping one-timers", ProfileWords.DescribeClusters([silent], everyone, Language.English)[0].Name);
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Names_are_unique_in_every_set_even_of_identical_clusters(Language language)
    {
        for (ulong seed = 1; seed <= 2_000; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            SegmentFigures everyone = Random(random);
            SegmentFigures[] clusters = new SegmentFigures[1 + random.NextInt32(14)];
            for (int index = 0; index < clusters.Length; index++)
            {
                // A third repeat an earlier one exactly, and a third almost.
                SegmentFigures earlier = clusters[random.NextInt32(index + 1)] ?? Random(random);
                clusters[index] = random.NextInt32(3) switch
                {
                    0 => Random(random),
                    1 => earlier,
                    _ => earlier with { Medians = earlier.Medians with { Monetary = earlier.Medians.Monetary * (1 + random.NextDouble()) } },
                };
            }

            string?[]? kept = random.NextInt32(2) == 0 ? null : new string?[clusters.Length];
            if (kept is not null)
            {
                kept[random.NextInt32(kept.Length)] = Names([clusters[0]], language)[0];
            }

            string[] names = [.. ProfileWords.DescribeClusters(clusters, everyone, language, kept).Select(profile => profile.Name)];

            Assert.True(
                names.Distinct(StringComparer.Ordinal).Count() == names.Length,
                $"seed {seed.ToString(CultureInfo.InvariantCulture)}: {string.Join(" | ", names)}");
        }
    }

    [Fact]
    public void Identical_clusters_are_numbered_as_the_last_resort() => Assert.Equal(
        ["New customers", "New customers 2", "New customers 3"],
        Names([.. Enumerable.Repeat(Samples.WithMedians(5, 1, 100), 3)], Language.English));

    [Fact]
    public void A_name_kept_from_an_earlier_run_stands_and_new_names_avoid_it()
    {
        IReadOnlyList<SegmentProfile> profiles = ProfileWords.DescribeClusters(
            Samples.Four, Samples.Everyone, Language.English, [null, "Best customers", null, "Old friends"]);

        Assert.Equal(
            ["Best customers 2", "Best customers", "Recent repeat buyers", "Old friends"],
            profiles.Select(profile => profile.Name),
            StringComparer.Ordinal);
        Assert.Throws<ArgumentException>(() => ProfileWords.DescribeClusters(Samples.Four, Samples.Everyone, Language.English, [null]));
    }

    [Fact]
    public void A_description_tells_size_shares_and_the_typical_customer()
    {
        Assert.Equal(
            "Order often, ordered recently and spend several times as much as the typical customer: 720 customers (16.6% of all) bring 64.8% of revenue. "
            + "The typical customer last ordered 9 days ago and has placed 10 orders worth 3,697 in total.",
            ProfileWords.DescribeClusters(Samples.Four, Samples.Everyone, Language.English)[0].Description);
        Assert.Equal(
            "Заказывают часто, были недавно и тратят в несколько раз больше обычного клиента: 720 клиентов (16,6\u202F% базы) приносят 64,8\u202F% "
            + "выручки. Типичный клиент делал последний заказ 9 дней назад; всего у него 10 заказов на сумму 3\u202F697.",
            ProfileWords.DescribeClusters(Samples.Four, Samples.Everyone, Language.Russian)[0].Description);
    }

    [Fact]
    public void A_segment_of_one_customer_is_in_the_singular()
    {
        var one = new SegmentFigures(1, 0.0002, 0.031, new(1, 1, 50), new(1, 1, 50));

        Assert.Contains(
            "1 customer (<0.1% of all) brings 3.1% of revenue. The typical customer last ordered 1 day ago and has placed 1 order worth 50.00",
            ProfileWords.DescribeNamed(NamedSegment.New, one, Language.English).Description,
            StringComparison.Ordinal);
        Assert.Contains(
            "1 клиент (менее 0,1\u202F% базы) приносит 3,1\u202F% выручки. Типичный клиент делал последний заказ 1 день назад; всего у него 1 заказ",
            ProfileWords.DescribeNamed(NamedSegment.New, one, Language.Russian).Description,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void A_named_segment_without_customers_has_no_means_and_says_that_nobody_is_in_it(Language language)
    {
        var none = new SegmentFigures(0, 0, double.NaN, default, default);

        SegmentProfile profile = ProfileWords.DescribeNamed(NamedSegment.CantLoseThem, none, language);

        Assert.Null(profile.Means);
        Assert.Null(profile.Medians);
        Assert.Equal(0, profile.RevenueShare);
        Assert.Contains(language == Language.English ? "Nobody" : "никого нет", profile.Description, StringComparison.Ordinal);
        AssertFinished(profile, language);
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Every_segment_has_finished_texts_in_its_own_language(Language language)
    {
        foreach (NamedSegment segment in NamedSegment.All)
        {
            SegmentProfile profile = ProfileWords.DescribeNamed(segment, Samples.Four[0], language);
            Assert.Equal(("rfm", segment.Id, segment.LocalName(language)), (profile.Kind, profile.Id, profile.Name));
            AssertFinished(profile, language);
        }

        foreach (ClusterCharacter character in Enum.GetValues<ClusterCharacter>())
        {
            SegmentPhrases phrases = language == Language.Russian
                ? RussianClusterPhrases.Of(character)
                : EnglishClusterPhrases.Of(character);
            AssertFinished(new SegmentProfile("cluster", "1", phrases.Name, phrases.Who + ".", phrases.Strategy, 0, 0, 0, null, null), language);
        }
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Words_do_not_depend_on_the_culture_of_the_thread(Language language)
    {
        CultureInfo before = Thread.CurrentThread.CurrentCulture;
        try
        {
            SegmentProfile[] plain = [.. ProfileWords.DescribeClusters(Samples.Eight, Samples.Everyone, language)];
            Thread.CurrentThread.CurrentCulture = new CultureInfo("ar-SA");

            Assert.Equal(plain, ProfileWords.DescribeClusters(Samples.Eight, Samples.Everyone, language));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    private static void AssertFinished(SegmentProfile profile, Language language)
    {
        foreach (string text in (string[])[profile.Name, profile.Description, profile.Strategy])
        {
            Assert.False(string.IsNullOrWhiteSpace(text));
            Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text, letter => letter is '{' or '}' or '[' or ']' or '$');
            bool cyrillic = text.Any(letter => letter is >= 'А' and <= 'я' or 'ё');
            Assert.True(cyrillic == (language == Language.Russian), text);
        }

        Assert.EndsWith(".", profile.Description, StringComparison.Ordinal);
        Assert.EndsWith(".", profile.Strategy, StringComparison.Ordinal);
    }

    private static string[] Names(SegmentFigures[] clusters, Language language) =>
        [.. ProfileWords.DescribeClusters(clusters, Samples.Everyone, language).Select(profile => profile.Name)];

    private static SegmentFigures Random(Xoshiro256StarStar random) => Samples.WithMedians(
        1 + random.NextInt32(700), 1 + random.NextInt32(12), random.NextDouble() * 5_000);
}
