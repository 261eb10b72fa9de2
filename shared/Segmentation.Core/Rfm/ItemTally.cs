using Segmentation.Core.Transactions;

namespace Segmentation.Core.Rfm;

/// <summary>What lines that have a quantity come to. Exact sums, so it does not matter in which order lines are added.</summary>
/// <param name="Micros">Items × 10⁶: a quantity may be a fraction, as a weight is.</param>
/// <param name="Sales">The sum of these lines.</param>
public readonly record struct ItemTally(Int128 Micros, Money Sales)
{
    /// <summary>What an item cost on average, in the store's currency; 0, which no item costs, where no line has a quantity.</summary>
    public double AveragePrice => Micros > 0 ? (double)Sales.Micros / (double)Micros : 0;

    /// <summary>One more line. Of no item at all, to six decimals, it adds nothing.</summary>
    public ItemTally Plus(DecimalNumber quantity, Money amount)
    {
        Int128 micros = quantity.ToMoney().Micros;
        return micros > 0 ? new ItemTally(checked(Micros + micros), Sales + amount) : this;
    }
}
