namespace Segmentation.Core.Transactions;

/// <summary>Compares the total of a line with its quantity × price.</summary>
internal static class LineProduct
{
    /// <summary>What rounding may add, in per cent of the product.</summary>
    public const int Rounded = 102;

    /// <summary>What taxes and carriage on a line may add.</summary>
    public const int Taxed = 130;

    /// <summary>Whether a total is more than so many per cent of the product, and more than two hundredths above it. A discount is no fault.</summary>
    public static bool IsExceeded(Money product, Money total, int percent) =>
        Int128.Abs(total.Micros) * 100 > (Int128.Abs(product.Micros) * percent) + (2 * Money.MicrosPerUnit);
}
