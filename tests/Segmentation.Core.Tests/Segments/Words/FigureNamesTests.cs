using Segmentation.Core.Segments;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Words;

/// <summary>Names of more than two clusters of one character, which are told apart by their figures.</summary>
public sealed class FigureNamesTests
{
    [Fact]
    public void More_than_two_clusters_are_told_apart_by_the_figure_that_separates_them()
    {
        Assert.Equal(
            ["One-time buyers, about 80 spent", "One-time buyers, about 20 spent", "One-time buyers, about 310 spent"],
            Names(Language.English, (60, 1, 80.4), (60, 1, 19.99), (60, 1, 312)));
        Assert.Equal(
            [
                "Недавние повторные покупатели, последний заказ около 7,5 дня назад", "Недавние повторные покупатели, последний заказ около 1 дня назад",
                "Недавние повторные покупатели, последний заказ около 3 дней назад", "Недавние повторные покупатели, последний заказ около 21 дня назад",
            ],
            Names(Language.Russian, (7.5, 2, 600), (1, 2, 600), (3, 2, 600), (21, 2, 600)));
        Assert.Equal(
            ["Loyal regulars, about 10 orders", "Loyal regulars, about 5 orders", "Loyal regulars, about 21 orders"],
            Names(Language.English, (50, 10, 700), (50, 5, 700), (50, 21, 700)));
        Assert.Equal(
            ["Постоянные покупатели, около 10 заказов", "Постоянные покупатели, около 4,5 заказа", "Постоянные покупатели, около 21 заказа"],
            Names(Language.Russian, (50, 10, 700), (50, 4.5, 700), (50, 21, 700)));
    }

    [Fact]
    public void Where_one_figure_is_not_enough_two_tell_them_apart() => Assert.Equal(
        [
            "New customers, last order about 2 days ago, about 20 spent", "New customers, last order about 2 days ago, about 300 spent",
            "New customers, last order about 20 days ago, about 20 spent", "New customers, last order about 20 days ago, about 300 spent",
        ],
        Names(Language.English, (2, 1, 20), (2, 1, 300), (20, 1, 20), (20, 1, 300)));

    [Fact]
    public void As_many_digits_are_shown_as_the_report_shows_before_a_number_is_the_last_resort()
    {
        Assert.Equal(
            ["One-time buyers, about 301 spent", "One-time buyers, about 302 spent", "One-time buyers, about 303 spent"],
            Names(Language.English, (60, 1, 301), (60, 1, 302), (60, 1, 303)));
        Assert.Equal(
            ["One-time buyers, about 20 spent", "One-time buyers, about 20 spent 2", "One-time buyers, about 80 spent"],
            Names(Language.English, (60, 1, 20), (60, 1, 20), (60, 1, 80)));
    }

    [Fact]
    public void A_figure_stays_in_a_name_while_it_is_near_and_of_no_other()
    {
        const string Low = "One-time buyers, about 20 spent";
        const string High = "One-time buyers, about 80 spent";
        Assert.Equal($"{Low} | {High} | –", Kept([(60, 1, 21.9), (60, 1, 73), (60, 1, 300)], Low, High, null));
        Assert.Equal($"– | {High} | –", Kept([(60, 1, 22.1), (60, 1, 80), (60, 1, 300)], Low, High, null));
        Assert.Equal("– | –", Kept([(60, 1, 20), (60, 1, 21)], Low, null));
        Assert.Equal(Low, Kept([(60, 1, 20)], Low));
    }

    [Fact]
    public void Sides_are_true_of_all_others_or_not_at_all()
    {
        string[] names = ["One-time buyers, lower spend", "One-time buyers, higher spend"];
        Assert.Equal($"{names[0]} | {names[1]} | –", Kept([(60, 1, 20), (60, 1, 80), (60, 1, 50)], names[0], names[1], null));
        Assert.Equal($"{names[0]} | – | –", Kept([(60, 1, 20), (60, 1, 80), (60, 1, 300)], names[0], names[1], null));
    }

    [Fact]
    public void Numbers_of_earlier_versions_give_way_to_figures()
    {
        RfmTriple[] medians = [new(60, 1, 20), new(60, 1, 20.004), new(60, 1, 80)];
        string[] plain = ["One-time buyers", "One-time buyers", "One-time buyers"];
        Assert.Equal(
            ["One-time buyers", "One-time buyers 2", "One-time buyers, about 80 spent"],
            ClusterNames.Unique(medians, plain, ["One-time buyers", "One-time buyers 2", "One-time buyers, lower spend 2"], Language.English));
    }

    [Fact]
    public void New_names_state_the_figures_that_names_beside_them_state() => Assert.Equal(
        ["New customers, about 20 spent", "New customers, about 200 spent", "New customers, about 30 spent"],
        ClusterNames.Unique(
            [new(2, 1, 20), new(9, 1, 200), new(30, 1, 30)],
            ["New customers", "New customers", "New customers"],
            ["New customers, about 20 spent", null, null],
            Language.English));

    [Fact]
    public void Every_name_that_is_given_is_read_as_what_it_says_in_both_languages()
    {
        var stated = new HashSet<int>();
        for (ulong seed = 1; seed <= 500; seed++)
        {
            var random = new Xoshiro256StarStar(seed, 47);
            double scale = random.NextInt32(2) == 0 ? 0.001 : 10_000;
            (double, double, double)[] clusters =
                [.. Enumerable.Range(0, 3 + random.NextInt32(9)).Select(_ => (55.0 + (random.NextInt32(20) / 2.0), 1.0, random.NextDouble() * scale))];
            foreach (Language language in Enum.GetValues<Language>())
            {
                string[] names = Names(language, clusters);
                Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
                foreach (string name in names)
                {
                    ClusterName read = ClusterName.Parse(name, language)!;
                    Assert.Equal(name, read.ToText(language));
                    Language other = language == Language.English ? Language.Russian : Language.English;
                    Assert.Equal(name, ClusterName.Parse(read.ToText(other), other)!.ToText(language));
                    stated.UnionWith(read.Qualifiers.OfType<NameFigures>().Select(figures => figures.Figures.Count));
                }
            }
        }

        Assert.Equal([1, 2], stated.Order());
    }

    [Theory]
    [InlineData("One-time buyers, about 20 pounds spent")]
    [InlineData("One-time buyers, about 020 spent")]
    [InlineData("One-time buyers, last order about 2 day ago")]
    [InlineData("One-time buyers, about  spent")]
    public void What_no_version_wrote_is_no_name(string text) => Assert.Null(ClusterName.Parse(text, Language.English));

    private static string[] Names(Language language, params (double Recency, double Frequency, double Monetary)[] clusters) =>
    [
        .. ProfileWords.DescribeClusters(
            [.. clusters.Select(cluster => Samples.WithMedians(cluster.Recency, cluster.Frequency, cluster.Monetary))], Samples.Everyone, language)
            .Select(profile => profile.Name),
    ];

    private static string Kept((double Recency, double Frequency, double Monetary)[] clusters, params string?[] earlier) => string.Join(
        " | ",
        CarriedNames.Of(
            [.. clusters.Select(cluster => (ClusterTraits)new RfmTriple(cluster.Recency, cluster.Frequency, cluster.Monetary))],
            new RfmTriple(51, 2, 668),
            earlier,
            Language.English,
            Language.English).Select(name => name?.Text ?? "–"));
}
