namespace Segmentation.Core.Segments;

/// <summary>What to say of the ten named segments, in English, by their rank.</summary>
internal static class EnglishNamedPhrases
{
    private static readonly SegmentPhrases[] ByRank =
    [
        Phrases(
            NamedSegment.Champions,
            "ordered very recently and order more often than most",
            "Keep them close and turn them into advocates",
            "early access, a say in new products, a reward for referrals rather than a discount",
            "Write personally, from a named person.",
            "Watch for anyone who slips to Loyal, and react within the week.",
            "are among the latest to order, and order more often than most"),
        Phrases(
            NamedSegment.Loyal,
            "order often and were here not long ago",
            "Grow their basket",
            "bundles, a loyalty tier within reach, products from neighbouring categories",
            "Use the newsletter, the account page and inserts in the parcel.",
            "Watch the days since the last order: recency alone separates them from Champions above and At Risk below.",
            "order more often than most, and are in the middle by their last order"),
        Phrases(
            NamedSegment.PotentialLoyalists,
            "ordered recently and have already come back, less often than regulars",
            "Make the next order easy",
            "recommendations based on the last order, and points that soon reach a reward",
            "Write two to three weeks after an order and show the programme at checkout.",
            "Watch the share that moves up to Loyal or Champions by the next run.",
            "ordered more recently than most, and are in the middle by the number of orders"),
        Phrases(
            NamedSegment.New,
            "ordered very recently and have the fewest orders",
            "Earn the next order",
            "a welcome series, help with the product, a modest incentive with an end date",
            "A series of emails that begins at delivery and ends within a month.",
            "Watch the share that orders again within 60 days.",
            "are among the latest to order, and have the fewest orders"),
        Phrases(
            NamedSegment.Promising,
            "ordered fairly recently and have the fewest orders",
            "Bring them back before the interest fades",
            "bestsellers in the category they chose and free delivery on the next order",
            "Use email and remarketing, at most once a week.",
            "Watch how many order again before they turn into About To Sleep.",
            "ordered more recently than most and have the fewest orders"),
        Phrases(
            NamedSegment.NeedAttention,
            "order at a middling pace and were last here some time ago",
            "Restart a habit that is slowing down",
            "a limited offer in a favourite category, a reminder of what runs out",
            "Email, with an offer that is valid for a week or two.",
            "Watch the gap between orders: the next step down is At Risk.",
            "are in the middle both by their last order and by the number of orders"),
        Phrases(
            NamedSegment.AboutToSleep,
            "order rarely and were last here some time ago",
            "Wake them while it is cheap",
            "new arrivals, popular products at a good price, a reason to look in",
            "Two automatic emails and one web push are enough.",
            "Watch clicks more than opens, and move those who react to the regular programme.",
            "are among those with the fewest orders, and in the middle by their last order"),
        Phrases(
            NamedSegment.AtRisk,
            "used to order fairly often and have been away for a long time",
            "Stop the loss of customers who used to return",
            "a personal message, news from their categories and a one-time return offer",
            "Email first, then a text message to those who do not open it.",
            "Watch the revenue that returns within a month, and ask the silent ones why they left.",
            "have ordered more often than many, and have been silent longer than most"),
        Phrases(
            NamedSegment.CantLoseThem,
            "used to order most often of all and have been away for a long time",
            "Save these customers one by one",
            "find the reason for the silence and put it right, then propose terms that make the return easy",
            "Call or write personally before offering anything.",
            "Watch the list name by name: one of them is worth several new buyers.",
            "have ordered most often of all, and have been silent longer than most"),
        Phrases(
            NamedSegment.Hibernating,
            "ordered rarely, and long ago",
            "Make one win-back attempt, then keep the cost low",
            "a single time-limited offer before the main season",
            "Email is enough; leave paid channels out.",
            "Watch unsubscribes and complaints, and stop writing to addresses that do not react.",
            "are among those with the fewest orders, and have been silent longer than most"),
    ];

    public static SegmentPhrases Of(NamedSegment segment) => ByRank[segment.Rank];

    private static SegmentPhrases Phrases(
        NamedSegment segment, string who, string goal, string offer, string channel, string watch, string relative) =>
        new(segment.LocalName(Language.English), who, goal, offer, channel, watch, relative);
}
