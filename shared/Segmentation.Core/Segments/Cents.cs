namespace Segmentation.Core.Segments;

/// <summary>The least amount that an offer is counted in: a hundredth.</summary>
internal static class Cents
{
    /// <summary>In the units of money.</summary>
    public const long Micros = 10_000;

    /// <summary>Cents of a unit of currency.</summary>
    public const double OfUnit = 100;
}
