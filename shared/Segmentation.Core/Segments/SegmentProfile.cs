namespace Segmentation.Core.Segments;

/// <summary>A mean or a median of the three measures of a group of customers.</summary>
/// <param name="Recency">Days from the last kept purchase to the as-of date.</param>
/// <param name="Frequency">Orders.</param>
/// <param name="Monetary">Spend, in the store's currency.</param>
public readonly record struct RfmTriple(double Recency, double Frequency, double Monetary);

/// <summary>The figures of a group of customers from which its words are made.</summary>
/// <param name="Size">Customers.</param>
/// <param name="Share">Part of all customers, 0…1.</param>
/// <param name="RevenueShare">Part of all spend, 0…1.</param>
/// <param name="Means">Means; without meaning where <paramref name="Size" /> is 0.</param>
/// <param name="Medians">Medians; without meaning where <paramref name="Size" /> is 0.</param>
public sealed record SegmentFigures(long Size, double Share, double RevenueShare, RfmTriple Means, RfmTriple Medians)
{
    /// <summary>Part of the customers who ordered once, 0…1; null where only the medians are known.</summary>
    public double? OneOrderShare { get; init; }

    /// <summary>The median over customers of the average order (spend ÷ orders); null where only the medians are known.</summary>
    public double? TypicalOrder { get; init; }
}

/// <summary>One object of <c>segments</c> in <c>profiles.json</c>: what a segment is, in figures and words.</summary>
/// <param name="Kind"><see cref="ClusterKind" /> or <see cref="NamedKind" />.</param>
/// <param name="Id">The number of a cluster from 1, or the id of a named segment.</param>
/// <param name="Name">The name in the language of the run, unique within its kind.</param>
/// <param name="Description">Who is in it, with figures, in one or two sentences.</param>
/// <param name="Strategy">What to do with it: goal, offer, channel, what to watch.</param>
/// <param name="Size">Customers.</param>
/// <param name="Share">Part of all customers, 0…1.</param>
/// <param name="RevenueShare">Part of all spend, 0…1.</param>
/// <param name="Means">Means of the measures, or null where nobody is in it.</param>
/// <param name="Medians">Medians of the measures, or null where nobody is in it.</param>
public sealed record SegmentProfile(
    string Kind,
    string Id,
    string Name,
    string Description,
    string Strategy,
    long Size,
    double Share,
    double RevenueShare,
    RfmTriple? Means,
    RfmTriple? Medians)
{
    /// <summary><see cref="Kind" /> of a cluster found by a model.</summary>
    public const string ClusterKind = "cluster";

    /// <summary><see cref="Kind" /> of a named RFM segment.</summary>
    public const string NamedKind = "rfm";

    /// <summary>The strategy in four parts; null in what a version before this one has stored.</summary>
    public SegmentPlan? Plan { get; init; }

    /// <summary>What sets it apart from all others; null where nothing simple does.</summary>
    public SegmentRule? Rule { get; init; }

    /// <summary>What its customers spend on an order; null where nobody is in it.</summary>
    public PriceBand? PriceBand { get; init; }

    /// <summary>
    /// What an item costs its customers; null where nobody is in it, where nothing says how many items they bought, and in what a version before
    /// this one has stored.
    /// </summary>
    public PriceBand? ItemPriceBand { get; init; }
}
