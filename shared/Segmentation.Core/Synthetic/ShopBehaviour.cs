namespace Segmentation.Core.Synthetic;

/// <summary>A planted way to buy.</summary>
internal sealed record ShopBehaviour
{
    /// <summary>Parts of a thousand customers; what is left over are regulars.</summary>
    public required int PerMille { get; init; }

    /// <summary>When the first member buys first, as a share of all rows.</summary>
    public required double FirstDebut { get; init; }

    /// <summary>When the last member buys first.</summary>
    public required double LastDebut { get; init; }

    /// <summary>Whether most members buy first early in that span: a store that is observed has customers already.</summary>
    public bool IsKnownBefore { get; init; }

    /// <summary>How long a member goes on, as a share of all rows.</summary>
    public double Lifetime { get; init; } = double.PositiveInfinity;

    /// <summary>Orders a year after the first, relative to the others.</summary>
    public required double OrderRate { get; init; }

    /// <summary>Whether further orders come in the season before Christmas only.</summary>
    public bool IsSeasonal { get; init; }

    /// <summary>Mean lines of an invoice, where rows are not scarce.</summary>
    public required double MeanLines { get; init; }

    /// <summary>Eight equally likely quantities.</summary>
    public required int[] Quantities { get; init; }

    /// <summary>Eight equally likely price tiers, 0 (cheap) to 2.</summary>
    public required int[] Tiers { get; init; }

    /// <summary>Whether the price is the wholesale one.</summary>
    public bool BuysWholesale { get; init; }

    /// <summary>Customers without a name at the till: they have the habits of one-time buyers.</summary>
    public static ShopBehaviour Guest => All[3];

    /// <summary>The index of the regulars, who are always there and never leave.</summary>
    public const int Regular = 1;

    public static IReadOnlyList<ShopBehaviour> All { get; } =
    [
        new()
        {
            PerMille = 20, FirstDebut = 0, LastDebut = 0.30, IsKnownBefore = true, OrderRate = 25, MeanLines = 32,
            Quantities = [12, 24, 24, 36, 48, 48, 72, 96], Tiers = [0, 0, 0, 0, 0, 0, 1, 1], BuysWholesale = true,
        },
        new()
        {
            PerMille = 280, FirstDebut = 0, LastDebut = 0.45, IsKnownBefore = true, OrderRate = 6, MeanLines = 16,
            Quantities = [1, 2, 2, 3, 4, 6, 6, 12], Tiers = [0, 0, 0, 1, 1, 1, 1, 2],
        },
        new()
        {
            PerMille = 130, FirstDebut = 0.70, LastDebut = 0.96, OrderRate = 10, IsSeasonal = true, MeanLines = 14,
            Quantities = [2, 3, 4, 6, 6, 8, 12, 12], Tiers = [0, 0, 1, 1, 1, 1, 2, 2],
        },
        new()
        {
            PerMille = 250, FirstDebut = 0, LastDebut = 0.97, OrderRate = 0, MeanLines = 10,
            Quantities = [1, 1, 1, 2, 2, 3, 4, 6], Tiers = [0, 1, 1, 1, 1, 2, 2, 2],
        },
        new()
        {
            PerMille = 140, FirstDebut = 0.80, LastDebut = 0.97, OrderRate = 8, MeanLines = 13,
            Quantities = [1, 1, 2, 2, 3, 4, 6, 6], Tiers = [0, 0, 1, 1, 1, 1, 1, 2],
        },
        new()
        {
            PerMille = 180, FirstDebut = 0, LastDebut = 0.40, IsKnownBefore = true, Lifetime = 0.20, OrderRate = 8, MeanLines = 14,
            Quantities = [1, 2, 2, 3, 4, 4, 6, 8], Tiers = [0, 0, 0, 1, 1, 1, 1, 2],
        },
    ];

    /// <summary>When the member at a share of the group (0 to 1) buys first, as a share of all rows.</summary>
    public double DebutAt(double share) => FirstDebut + ((LastDebut - FirstDebut) * (IsKnownBefore ? share * share : share));
}
