namespace Segmentation.Core.Segments;

/// <summary>What a cluster is like against all customers; each has its name, description and strategy in both languages.</summary>
internal enum ClusterCharacter
{
    BestCustomers,
    LoyalRegulars,
    FrequentSmallBuyers,
    RareBigSpenders,
    OneTimeBigSpenders,
    NewCustomers,
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

/// <summary>Reads the character of a cluster from its medians against those of all customers.</summary>
/// <remarks>
/// Medians, because a handful of very large accounts moves a mean of spend or orders away from everybody it should describe. Ratios,
/// because the pace of a grocer and of a furniture store differ by an order of magnitude. The steps are wide (from a third to a
/// factor of three), so that a name does not flip when figures change a little between two runs.
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
    public static ClusterCharacter Of(RfmTriple cluster, RfmTriple everyone)
    {
        double frequency = Ratio(cluster.Frequency, everyone.Frequency);
        double monetary = Ratio(cluster.Monetary, everyone.Monetary);
        bool once = cluster.Frequency < OneOrder;
        bool often = cluster.Frequency >= HabitOrders && frequency >= HighRatio;
        bool big = monetary >= HighRatio;
        bool top = often && frequency >= TopRatio && monetary >= TopRatio;
        return SilenceOf(cluster.Recency, everyone.Recency) switch
        {
            Silence.Recent when top => ClusterCharacter.BestCustomers,
            Silence.Recent or Silence.Current when often => monetary <= LowRatio
                ? ClusterCharacter.FrequentSmallBuyers
                : ClusterCharacter.LoyalRegulars,
            Silence.Recent or Silence.Current when big => once
                ? ClusterCharacter.OneTimeBigSpenders
                : ClusterCharacter.RareBigSpenders,
            Silence.Recent => once ? ClusterCharacter.NewCustomers : ClusterCharacter.RecentRepeatBuyers,
            Silence.Current => once ? ClusterCharacter.OneTimeBuyers : ClusterCharacter.OccasionalBuyers,
            Silence.Cooling when often => ClusterCharacter.RegularsDriftingAway,
            Silence.Cooling when big => ClusterCharacter.BigSpendersDriftingAway,
            Silence.Cooling => once ? ClusterCharacter.OneTimersDriftingAway : ClusterCharacter.CustomersDriftingAway,
            _ when often => ClusterCharacter.LapsedRegulars,
            _ when big => ClusterCharacter.LapsedBigSpenders,
            _ => once ? ClusterCharacter.SleepingOneTimers : ClusterCharacter.SleepingCustomers,
        };
    }

    private static Silence SilenceOf(double days, double usual) => Ratio(days, usual) switch
    {
        <= RecentRatio => Silence.Recent,
        _ when days >= LapsedDays => Silence.Lapsed,
        <= CurrentRatio => Silence.Current,
        <= CoolingRatio => Silence.Cooling,
        _ => Silence.Lapsed,
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
