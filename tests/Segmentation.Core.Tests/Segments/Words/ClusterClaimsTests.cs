using Segmentation.Core.Segments;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Words;

public sealed class ClusterClaimsTests
{
    [Theory]
    [InlineData(10, 1, 300, 0.51, 250, "Recent buyers")]
    [InlineData(10, 1, 300, 0.85, 250, "New customers")]
    [InlineData(10, 2, 300, 0.30, 150, "Recent repeat buyers")]
    [InlineData(200, 1, 300, 0.74, 250, "Sleeping customers")]
    [InlineData(60, 2, 2000, 0.10, 400, "Big spenders")]
    [InlineData(60, 2, 2000, 0.10, 1000, "Rare big spenders")]
    [InlineData(60, 2.5, 2000, 0.10, 1000, "Big spenders")]
    public void A_cluster_is_called_what_its_figures_prove(
        double recency, double frequency, double monetary, double onceShare, double order, string name)
    {
        SegmentFigures cluster = Samples.WithMedians(recency, frequency, monetary) with { OneOrderShare = onceShare, TypicalOrder = order };
        Assert.Equal(name, ProfileWords.DescribeClusters([cluster], Samples.Everyone, Language.English)[0].Name);
    }

    [Fact]
    public void Every_claim_of_a_character_holds_for_random_figures_also_where_a_name_is_carried_over()
    {
        var seen = new HashSet<ClusterCharacter>();
        for (ulong seed = 1; seed <= 20_000; seed++)
        {
            var random = new Xoshiro256StarStar(seed, 5);
            ClusterTraits everyone = Random(random);
            ClusterTraits cluster = Random(random);
            foreach (ClusterCharacter character in Enum.GetValues<ClusterCharacter>())
            {
                bool isNew = ClusterCharacters.Of(cluster, everyone) == character;
                if (isNew || CarriedNames.StillHolds(character, cluster, everyone))
                {
                    seen.Add(character);
                    AssertClaims(character, cluster, everyone, isNew ? 1 : 1 - CarriedNames.Tolerance, seed);
                }
            }
        }

        Assert.Equal(Enum.GetValues<ClusterCharacter>().Length, seen.Count);
    }

    // What the English and the Russian words of each character say, in figures; "slack" is what carrying a name over allows.
    private static void AssertClaims(ClusterCharacter character, ClusterTraits cluster, ClusterTraits everyone, double slack, ulong seed)
    {
        string name = EnglishClusterPhrases.Of(character).Name;
        string who = PlainClaims.Who(EnglishClusterPhrases.Of(character), character, cluster, everyone);
        (RfmTriple own, RfmTriple usual) = (cluster.Medians, everyone.Medians);
        Claim(name.Contains("ne-time", StringComparison.Ordinal) || name == "New customers", cluster.OneOrderShare >= 0.8);
        Claim(who.Contains("mostly come back", StringComparison.Ordinal), cluster.OneOrderShare < 0.5);
        Claim(who.Contains("half or more of them for the first time", StringComparison.Ordinal), cluster.OneOrderShare >= 0.5);
        Claim(who.Contains("several times", StringComparison.Ordinal), own.Monetary >= 3 * slack * slack * usual.Monetary);
        Claim(
            who.Contains("no more often than others", StringComparison.Ordinal),
            own.Frequency <= usual.Frequency && cluster.TypicalOrder >= 1.5 * everyone.TypicalOrder);
        Claim(
            who.Contains("well above", StringComparison.Ordinal) || who.Contains("spent a lot", StringComparison.Ordinal)
                || who.Contains("more than most customers spend", StringComparison.Ordinal),
            own.Monetary * (2 - slack) >= 1.75 * usual.Monetary);
        Claim(
            who.Contains("without ordering clearly more often", StringComparison.Ordinal) || who.Contains("neither frequent nor big", StringComparison.Ordinal),
            own.Frequency * slack < 3 || own.Frequency * slack < 1.75 * usual.Frequency);
        Claim(who.Contains("nor big", StringComparison.Ordinal), own.Monetary * slack < 1.75 * usual.Monetary);
        Claim(
            who.Contains(" often and", StringComparison.Ordinal) || who.Contains("order often", StringComparison.Ordinal) || who.Contains("more often than most", StringComparison.Ordinal),
            own.Frequency * (2 - slack) >= 3 && own.Frequency * (2 - slack) >= 1.75 * usual.Frequency);
        Claim(who.Contains("spend little", StringComparison.Ordinal), own.Monetary * slack <= 0.6 * usual.Monetary);
        Claim(who.Contains("recently", StringComparison.Ordinal), own.Recency < usual.Recency);
        Claim(
            who.Contains(" recently", StringComparison.Ordinal) && !who.Contains("more recently", StringComparison.Ordinal)
                || who.Contains("not long ago", StringComparison.Ordinal) || who.Contains("keep coming back", StringComparison.Ordinal),
            own.Recency * slack <= PlainClaims.RecentDays);
        Claim(
            who.EndsWith("long ago", StringComparison.Ordinal) && !who.EndsWith("not long ago", StringComparison.Ordinal)
                || who.Contains("a long time", StringComparison.Ordinal),
            own.Recency >= PlainClaims.RecentDays);
        Claim(who.Contains("longer than most", StringComparison.Ordinal), own.Recency > usual.Recency);
        Claim(who.Contains("far longer than most", StringComparison.Ordinal), own.Recency * (2 - slack) > 2.5 * usual.Recency);
        Claim(
            who.Contains("about as long ago as most", StringComparison.Ordinal),
            own.Recency * (2 - slack) > 2.0 / 3 * usual.Recency && own.Recency * slack <= 4.0 / 3 * usual.Recency);

        void Claim(bool isClaimed, bool holds) => Assert.True(!isClaimed || holds, $"seed {seed}: {name}, {who}: {cluster} against {everyone}");
    }

    private static ClusterTraits Random(Xoshiro256StarStar random)
    {
        double frequency = 1 + (random.NextInt32(24) / 2.0);
        double share = frequency < 1.5 ? 0.5 + (random.NextDouble() / 2) : random.NextDouble() / 2;
        double monetary = 10 + (random.NextDouble() * (random.NextInt32(2) == 0 ? 400 : 5_000));
        return new ClusterTraits(
            new RfmTriple(1 + random.NextInt32(random.NextInt32(2) == 0 ? 120 : 600), frequency, monetary),
            share,
            monetary / frequency * (0.5 + random.NextDouble()));
    }
}
