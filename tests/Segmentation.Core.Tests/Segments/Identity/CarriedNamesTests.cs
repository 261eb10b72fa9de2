using Segmentation.Core.Segments;

namespace Segmentation.Core.Tests.Segments.Identity;

public sealed class CarriedNamesTests
{
    private static readonly RfmTriple Everyone = new(50, 2, 600);

    public static TheoryData<Language> AllLanguages => [.. Enum.GetValues<Language>()];

    [Fact]
    public void A_name_that_is_still_true_stays() =>
        Assert.Equal("Best customers", Kept([new(10, 8, 4_000)], "Best customers"));

    [Fact]
    public void At_a_limit_the_name_stays_while_a_tenth_would_make_it_true()
    {
        // Recent is up to two thirds of the usual silence: 33.3 days.
        Assert.Equal("Best customers", Kept([new(36, 8, 4_000)], "Best customers"));
        Assert.Equal("–", Kept([new(38, 8, 4_000)], "Best customers"));
    }

    [Fact]
    public void A_cluster_of_another_character_is_named_anew() =>
        Assert.Equal("– | – | –", Kept([new(300, 1, 100), new(300, 1, 100), new(10, 1, 100)], "Best customers", "no name of ours", null));

    [Fact]
    public void A_qualifier_stays_only_while_it_tells_clusters_of_one_character_apart()
    {
        RfmTriple rich = new(10, 9, 9_000);
        RfmTriple poor = new(10, 8, 2_000);
        Assert.Equal(
            "Best customers, higher spend | Best customers, lower spend",
            Kept([rich, poor], "Best customers, higher spend", "Best customers, lower spend"));
        Assert.Equal("– | –", Kept([poor, rich], "Best customers, higher spend", "Best customers, lower spend"));
        Assert.Equal("– | –", Kept([rich, new(300, 1, 100)], "Best customers, higher spend", "Best customers, lower spend"));
    }

    [Fact]
    public void Names_are_said_in_the_language_of_the_run() => Assert.Equal(
        "Лучшие клиенты, с более высокими тратами",
        CarriedNames.Of(
            [new RfmTriple(10, 9, 9_000), new RfmTriple(10, 8, 2_000)], Everyone, ["Best customers, higher spend", null], Language.English, Language.Russian)[0]!.Text);

    [Fact]
    public void A_new_cluster_beside_one_that_keeps_its_name_is_told_apart_from_it()
    {
        SegmentFigures[] clusters = [Samples.WithMedians(10, 9, 9_000), Samples.WithMedians(10, 8, 2_100)];
        IReadOnlyList<SegmentProfile> profiles = ProfileWords.DescribeClusters(
            clusters, Samples.Everyone, Language.English, [new CarriedName("Best customers", ClusterCharacter.BestCustomers), null], [4, 6]);
        Assert.Equal(["Best customers", "Best customers, lower spend"], profiles.Select(profile => profile.Name), StringComparer.Ordinal);
        Assert.Equal(["4", "6"], profiles.Select(profile => profile.Id), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Every_name_is_read_as_what_it_says(Language language)
    {
        foreach (ClusterCharacter character in Enum.GetValues<ClusterCharacter>())
        {
            foreach ((NameQualifier more, NameQualifier less) in NameQualifier.Measures)
            {
                foreach (ClusterName name in (ClusterName[])[new(character, [], 0), new(character, [more], 2), new(character, [less, more], 0)])
                {
                    ClusterName read = ClusterName.Parse(name.ToText(language), language)!;
                    Assert.Equal(name.Character, read.Character);
                    Assert.Equal(name.Qualifiers, read.Qualifiers);
                    Assert.Equal(name.Number, read.Number);
                }
            }
        }

        Assert.Null(ClusterName.Parse("", language));
        Assert.Null(ClusterName.Parse("Best customers, louder", Language.English));
    }

    private static string Kept(RfmTriple[] medians, params string?[] earlier) => string.Join(
        " | ", CarriedNames.Of([.. medians.Select(one => (ClusterTraits)one)], Everyone, earlier, Language.English, Language.English).Select(name => name?.Text ?? "–"));
}
