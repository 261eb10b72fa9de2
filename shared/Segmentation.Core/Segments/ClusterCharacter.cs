namespace Segmentation.Core.Segments;

/// <summary>What a cluster is like against all customers; each has its name, description and strategy in both languages.</summary>
internal enum ClusterCharacter
{
    BestCustomers,
    LoyalRegulars,
    FrequentSmallBuyers,
    RareBigSpenders,
    OneTimeBigSpenders,
    BigSpenders,
    NewCustomers,
    RecentBuyers,
    RecentRepeatBuyers,
    OccasionalBuyers,
    OneTimeBuyers,
    RegularsDriftingAway,
    BigSpendersDriftingAway,
    CustomersDriftingAway,
    OneTimersDriftingAway,
    LapsedRegulars,
    LapsedBigSpenders,
    SleepingCustomers,
    SleepingOneTimers,
}

/// <summary>The figures of a group of customers that its character is read from.</summary>
/// <param name="Medians">Medians.</param>
/// <param name="OneOrderShare">Part of the customers who ordered once, 0…1.</param>
/// <param name="TypicalOrder">The median of the average order.</param>
internal readonly record struct ClusterTraits(RfmTriple Medians, double OneOrderShare, double TypicalOrder)
{
    /// <summary>Where only the medians are known, the typical customer stands for all.</summary>
    public static implicit operator ClusterTraits(RfmTriple medians) =>
        new(medians, medians.Frequency < ClusterCharacters.OneOrder ? 1 : 0, medians.Monetary / Math.Max(1, medians.Frequency));

    /// <summary>The traits in the figures of a group.</summary>
    public static ClusterTraits Of(SegmentFigures figures)
    {
        ClusterTraits typical = figures.Medians;
        return typical with
        {
            OneOrderShare = figures.OneOrderShare ?? typical.OneOrderShare,
            TypicalOrder = figures.TypicalOrder ?? typical.TypicalOrder,
        };
    }
}

/// <summary>Reads the character of a cluster from its figures against those of all customers.</summary>
/// <remarks>
/// Medians, because a handful of very large accounts moves a mean of spend or orders away from everybody it should describe. Ratios,
/// because the pace of a grocer and of a furniture store differ by an order of magnitude. The steps are wide (from a third to a
/// factor of three), so that a name does not flip when figures change a little between two runs. What the words of a character claim is
/// what is asked here; where a median alone does not prove it (one order, larger orders), the figure that does is asked too.
/// </remarks>
internal static class ClusterCharacters
{
    /// <summary>At most two thirds of the usual silence: ordered more recently than most.</summary>
    public const double RecentRatio = 2.0 / 3;

    /// <summary>Up to a third above the usual silence is still the ordinary pace.</summary>
    public const double CurrentRatio = 4.0 / 3;

    /// <summary>Beyond two and a half times the usual silence a return is the exception.</summary>
    public const double CoolingRatio = 2.5;

    /// <summary>
    /// A year of silence is a lapse even where most customers are silent as long: ratios cannot show it in a store that lives on
    /// first orders.
    /// </summary>
    public const double LapsedDays = 365;

    /// <summary>Who ordered within a month has not lapsed, however often the others come.</summary>
    public const double LeastLapsedDays = 30;

    /// <summary>From this part of one-timers on a cluster is one of customers who ordered once.</summary>
    public const double OneTimersShare = 0.8;

    /// <summary>From this part on it is not one of customers who came back.</summary>
    public const double ManyOneTimersShare = 0.5;

    /// <summary>Orders that are larger than usual are so by half.</summary>
    public const double LargeOrderRatio = 1.5;

    /// <summary>Below this median more than half of the cluster ordered only once.</summary>
    public const double OneOrder = 1.5;

    /// <summary>Fewer orders are no habit, however few the others place.</summary>
    public const double HabitOrders = 3;

    /// <summary>Orders or spend clearly above the typical customer.</summary>
    public const double HighRatio = 1.75;

    /// <summary>Orders and spend of the few who carry a store.</summary>
    public const double TopRatio = 3;

    /// <summary>Spend clearly below the typical customer.</summary>
    public const double LowRatio = 0.6;

    private enum Silence
    {
        Recent,
        Current,
        Cooling,
        Lapsed,
    }

    /// <summary>The character of a cluster.</summary>
    public static ClusterCharacter Of(ClusterTraits traits, ClusterTraits everyone)
    {
        RfmTriple cluster = traits.Medians;
        double frequency = Ratio(cluster.Frequency, everyone.Medians.Frequency);
        double monetary = Ratio(cluster.Monetary, everyone.Medians.Monetary);
        bool once = traits.OneOrderShare >= OneTimersShare;
        bool often = cluster.Frequency >= HabitOrders && frequency >= HighRatio;
        bool big = monetary >= HighRatio;
        bool top = often && frequency >= TopRatio && monetary >= TopRatio;
        Silence silence = SilenceOf(cluster.Recency, everyone.Medians.Recency);
        bool fresh = cluster.Recency <= PlainClaims.RecentDays;
        return silence switch
        {
            Silence.Recent when top => ClusterCharacter.BestCustomers,
            Silence.Recent or Silence.Current when often => monetary <= LowRatio
                ? ClusterCharacter.FrequentSmallBuyers
                : ClusterCharacter.LoyalRegulars,
            Silence.Recent or Silence.Current when big && once => ClusterCharacter.OneTimeBigSpenders,
            Silence.Recent or Silence.Current when big => AreOrdersFewAndLarge(traits, everyone)
                ? ClusterCharacter.RareBigSpenders
                : ClusterCharacter.BigSpenders,
            Silence.Recent when once && fresh => ClusterCharacter.NewCustomers,
            Silence.Recent when fresh => traits.OneOrderShare >= ManyOneTimersShare ? ClusterCharacter.RecentBuyers : ClusterCharacter.RecentRepeatBuyers,
            Silence.Recent or Silence.Current => once ? ClusterCharacter.OneTimeBuyers : ClusterCharacter.OccasionalBuyers,
            Silence.Cooling when often => ClusterCharacter.RegularsDriftingAway,
            Silence.Cooling when big => ClusterCharacter.BigSpendersDriftingAway,
            Silence.Cooling => once ? ClusterCharacter.OneTimersDriftingAway : ClusterCharacter.CustomersDriftingAway,
            _ when often => ClusterCharacter.LapsedRegulars,
            _ when big => ClusterCharacter.LapsedBigSpenders,
            _ => once ? ClusterCharacter.SleepingOneTimers : ClusterCharacter.SleepingCustomers,
        };
    }

    /// <summary>Whether customers order no more often than others, and clearly larger orders.</summary>
    public static bool AreOrdersFewAndLarge(ClusterTraits cluster, ClusterTraits everyone) =>
        cluster.Medians.Frequency <= everyone.Medians.Frequency && Ratio(cluster.TypicalOrder, everyone.TypicalOrder) >= LargeOrderRatio;

    private static Silence SilenceOf(double days, double usual) => Ratio(days, usual) switch
    {
        <= RecentRatio => Silence.Recent,
        _ when days >= LapsedDays => Silence.Lapsed,
        <= CurrentRatio => Silence.Current,
        <= CoolingRatio => Silence.Cooling,
        _ => days < LeastLapsedDays ? Silence.Cooling : Silence.Lapsed,
    };

    /// <summary>The ratio; against nothing, equal is 1 and more is without bound.</summary>
    private static double Ratio(double value, double usual)
    {
        if (usual > 0)
        {
            return value / usual;
        }

        return value > usual ? double.PositiveInfinity : 1;
    }
}
