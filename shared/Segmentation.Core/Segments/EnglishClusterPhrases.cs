namespace Segmentation.Core.Segments;

/// <summary>What to say of clusters, in English.</summary>
internal static class EnglishClusterPhrases
{
    public static SegmentPhrases Of(ClusterCharacter character) => character switch
    {
        ClusterCharacter.BestCustomers => new(
            "Best customers",
            "order often, ordered recently and spend several times as much as the typical customer",
            "Keep them, and do not train them to wait for discounts",
            "give early access to new lines, a personal contact and small surprises instead",
            "Reach them by personal email or a call.",
            "Watch the days since the last order: a gap twice as long as usual deserves a call the same week."),
        ClusterCharacter.LoyalRegulars => new(
            "Loyal regulars",
            "order more often than most and keep coming back",
            "Raise the value of each order",
            "bundles around what they already buy, free delivery slightly above their usual basket, points that add up to a reward",
            "Send it in the regular newsletter and show it at checkout.",
            "Watch order value and the time between orders: a longer gap comes before leaving."),
        ClusterCharacter.FrequentSmallBuyers => new(
            "Frequent small buyers",
            "order often, but spend little in all",
            "Make each order bigger, not more frequent",
            "a free-delivery threshold just above their usual basket, multi-packs, add-ons at checkout",
            "The site and the order email are the right places.",
            "Watch the margin after delivery: many small parcels can cost more than they earn."),
        ClusterCharacter.RareBigSpenders => new(
            "Rare big spenders",
            "order no more often than others, but for clearly larger amounts",
            "Win the next large order",
            "find out what the last one was for, then offer a matching range, a quote or volume terms when they usually reorder",
            "A personal email or a call beats a newsletter here.",
            "Watch the month in which they come back: many buy for a season or an event."),
        ClusterCharacter.OneTimeBigSpenders => new(
            "One-time big spenders",
            "placed a single order, worth more than most customers spend in all",
            "Turn the first large order into a second",
            "thank them personally, check that everything arrived well, suggest what goes with it",
            "Call or write within two weeks, at first without a discount.",
            "Watch returns, and the share of second orders within 60 days."),
        ClusterCharacter.BigSpenders => new(
            "Big spenders",
            "spend well above the typical customer without ordering clearly more often",
            "Make them regulars",
            "first sight of new lines, advice for the next purchase, a reward that comes with the second order of a season",
            "A personal email works best; call the largest accounts.",
            "Watch the days between their orders and the share of revenue that depends on them."),
        ClusterCharacter.NewCustomers => new(
            "New customers",
            "placed their first order not long ago",
            "Get the second order while the shop is fresh in mind",
            "a welcome series of two or three emails with tips for the product, bestsellers and a modest incentive with an end date",
            "Start at delivery and finish within a month.",
            "Watch the share that orders again within 60 days, and the first reviews."),
        ClusterCharacter.RecentBuyers => new(
            "Recent buyers",
            "ordered recently, half or more of them for the first time",
            "Get the next order while the shop is fresh in mind",
            "tips for what was bought, bestsellers, and a modest incentive with an end date; a welcome for those who are new",
            "Send two or three emails within a month of the order.",
            "Watch the share that orders again within 60 days, first-time and returning customers apart."),
        ClusterCharacter.RecentRepeatBuyers => new(
            "Recent repeat buyers",
            "have mostly come back for another order, and recently",
            "Build the habit",
            "recommend what goes with the last order, and offer a loyalty programme whose first reward is one or two orders away",
            "Write two to three weeks after each order, and use web push for those who allow it.",
            "Watch how many reach the next order, and how soon."),
        ClusterCharacter.OccasionalBuyers => new(
            "Occasional buyers",
            "are neither frequent nor big buyers here, and last ordered about as long ago as most",
            "Give them a reason to order before they drift",
            "a reminder built on past purchases, seasonal picks, a limited offer in their favourite category",
            "One email a week is enough; test the subject and the day.",
            "Watch the days since the last order against their usual gap."),
        ClusterCharacter.OneTimeBuyers => new(
            "One-time buyers",
            "ordered once and have not come back so far",
            "Remove what stops the second order",
            "ask about the first one, show bestsellers in the same category, offer free delivery once",
            "Use email and remarketing while the address still responds.",
            "Watch second orders against the cost of the offer, and stop after three unanswered messages."),
        ClusterCharacter.RegularsDriftingAway => new(
            "Regulars drifting away",
            "used to order often and have been silent longer than most",
            "Bring them back before the habit is gone",
            "say that they are missed, show what is new in their categories, add a personal offer with a two-week deadline",
            "Email first, then a text message, and a call to the largest accounts.",
            "Watch orders within a month, and ask those who stay silent why."),
        ClusterCharacter.BigSpendersDriftingAway => new(
            "Big spenders drifting away",
            "spent a lot and have been silent longer than most",
            "Protect the revenue",
            "a personal message, a question about what they need next, and terms for a repeat order instead of a public discount",
            "Call the top names, write to the rest.",
            "Watch how much of their past spend returns within a quarter."),
        ClusterCharacter.CustomersDriftingAway => new(
            "Customers drifting away",
            "are neither frequent nor big buyers here, and have been silent longer than most",
            "Remind them while they still remember the shop",
            "new arrivals and favourites from the categories they bought, with an offer valid for a week or two",
            "Send two or three emails, then rest.",
            "Watch the share that comes back, and whether it holds without a discount."),
        ClusterCharacter.OneTimersDriftingAway => new(
            "One-timers drifting away",
            "ordered once, already some time ago",
            "Try for a second order at low cost",
            "bestsellers and a discount on the second order, nothing that costs more than the order earns",
            "One or two automatic emails and remarketing with a low cap; expect a modest response.",
            "Watch the cost per returned customer, and unsubscribes."),
        ClusterCharacter.LapsedRegulars => new(
            "Lapsed regulars",
            "used to order often and have been silent for a long time",
            "Win back the most valuable relationships first",
            "find out what changed (price, range, a bad delivery), put it right, then offer a strong one-time incentive",
            "Call or write personally to the top fifth by spend, email the rest.",
            "Watch the second order after the return: one discounted order is not yet a comeback."),
        ClusterCharacter.LapsedBigSpenders => new(
            "Lapsed big spenders",
            "spent a lot and have been silent for a long time",
            "Go after the value, one customer at a time",
            "a reason to return that is tied to what they bought, and terms worth the conversation; no mass discounts",
            "Call or write in person, from a named contact.",
            "Watch the revenue won back against the time spent, and stop after two attempts."),
        ClusterCharacter.SleepingCustomers => new(
            "Sleeping customers",
            "are neither frequent nor big buyers here, and last ordered long ago",
            "Make one clear win-back attempt, then save the budget",
            "the best of what is new and a time-limited return offer",
            "Send it by email before the peak season, when a response is likeliest.",
            "Watch clicks and unsubscribes, and take those who do not react out of the regular mailing."),
        ClusterCharacter.SleepingOneTimers => new(
            "Sleeping one-timers",
            "ordered once, long ago",
            "Spend little",
            "a return offer around the main sale, and no more; learn from their history which sources and first products bring buyers "
            + "who never return",
            "One or two emails a year, without paid remarketing.",
            "Watch complaints, and drop the addresses that no longer react."),
        _ => throw new ArgumentOutOfRangeException(nameof(character), character, "Unknown character of a cluster."),
    };
}
