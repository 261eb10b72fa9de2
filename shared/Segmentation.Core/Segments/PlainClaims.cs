namespace Segmentation.Core.Segments;

/// <summary>Whether the figures of a group bear plain words such as "recently", "long ago" and "often".</summary>
/// <remarks>
/// Segments are formed against the other customers: the most recent fifth of a furniture store may have ordered a year ago, and the most
/// silent of a canteen last week. What a reader takes such words for does not depend on the store; where the figures beside them would
/// refute them, the words only compare.
/// </remarks>
internal static class PlainClaims
{
    /// <summary>After a quarter of silence nothing was "recent", and before it nothing "long ago".</summary>
    public const double RecentDays = 90;

    /// <summary>No longer ago than a month is "very recently".</summary>
    public const double VeryRecentDays = 30;

    /// <summary>Less than a week is not "some time", nor is more than a year.</summary>
    public const double SomeTimeDays = 7;

    /// <summary>Who orders as many times does not order "rarely".</summary>
    public const double RareOrders = 4;

    /// <summary>The clause that says who is in a cluster.</summary>
    public static string Who(SegmentPhrases phrases, ClusterCharacter character, ClusterTraits cluster, ClusterTraits everyone) =>
        AreRefuted(character, cluster.Medians, everyone.Medians) ? phrases.Relative ?? phrases.Who : phrases.Who;

    /// <summary>The clause that says who is in a named segment; of an empty one there are no figures, and its table only compares.</summary>
    public static string Who(SegmentPhrases phrases, NamedSegment segment, SegmentFigures figures) =>
        figures.Size == 0 || AreRefuted(segment, figures.Medians) ? phrases.Relative ?? phrases.Who : phrases.Who;

    private static bool AreRefuted(ClusterCharacter character, RfmTriple medians, RfmTriple usual) => character switch
    {
        ClusterCharacter.BestCustomers or ClusterCharacter.LoyalRegulars or ClusterCharacter.FrequentSmallBuyers =>
            medians.Recency > RecentDays || medians.Frequency < ClusterCharacters.HabitOrders,
        ClusterCharacter.OccasionalBuyers => medians.Recency <= ClusterCharacters.RecentRatio * usual.Recency,
        ClusterCharacter.LapsedRegulars or ClusterCharacter.LapsedBigSpenders
            or ClusterCharacter.SleepingCustomers or ClusterCharacter.SleepingOneTimers => medians.Recency < RecentDays,
        _ => false,
    };

    private static bool AreRefuted(NamedSegment segment, RfmTriple medians)
    {
        (double days, double orders) = (medians.Recency, medians.Frequency);
        return segment switch
        {
            _ when segment == NamedSegment.Champions || segment == NamedSegment.New => days > VeryRecentDays,
            _ when segment == NamedSegment.Loyal => days > RecentDays || orders < ClusterCharacters.HabitOrders,
            _ when segment == NamedSegment.PotentialLoyalists => days > RecentDays || orders < ClusterCharacters.OneOrder,
            _ when segment == NamedSegment.Promising => days > RecentDays,
            _ when segment == NamedSegment.NeedAttention => days is < SomeTimeDays or > ClusterCharacters.LapsedDays,
            _ when segment == NamedSegment.AboutToSleep => days is < SomeTimeDays or > ClusterCharacters.LapsedDays || orders >= RareOrders,
            _ when segment == NamedSegment.AtRisk => days < RecentDays || orders < ClusterCharacters.HabitOrders,
            _ when segment == NamedSegment.CantLoseThem => days < RecentDays || orders < ClusterCharacters.OneOrder,
            _ => days < RecentDays || orders >= RareOrders,
        };
    }
}
