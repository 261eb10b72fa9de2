namespace Segmentation.Core.Transactions;

/// <summary>Rows and their money.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Revenue">The sum of their amounts.</param>
public readonly record struct RowTally(long Rows, Money Revenue)
{
    /// <summary>Both sums.</summary>
    public static RowTally operator +(RowTally left, RowTally right) => new(left.Rows + right.Rows, left.Revenue + right.Revenue);

    /// <summary>One more row.</summary>
    public RowTally Plus(Money amount) => new(Rows + 1, Revenue + amount);
}

/// <summary>Where the rows of an upload went. Every row is in exactly one place, so rows and money add up to the input.</summary>
/// <remarks>Tallies of shards and uploads merge in any order: all sums are integers. Not thread-safe.</remarks>
public sealed class LedgerTally
{
    /// <summary>All rows read.</summary>
    public RowTally All { get; set; }

    /// <summary>Rows that count as sales.</summary>
    public RowTally Kept { get; set; }

    /// <summary>Rows equal to an earlier one of the same upload.</summary>
    public RowTally Merged { get; set; }

    /// <summary>Cancelled and returned rows.</summary>
    public RowTally Returned { get; set; }

    /// <summary>Rows that another upload supplies.</summary>
    public RowTally Superseded { get; set; }

    /// <summary>The part of <see cref="Returned" /> that counts in the monetary value of a customer.</summary>
    public Money ReturnedCounted { get; set; }

    /// <summary>Rejected rows, one tally a reason, in the order of <see cref="RejectionReason" />.</summary>
    /// <remarks>A tally that was stored before there was a reason has none of it.</remarks>
    public RowTally[] Rejected
    {
        get;
        init => value.CopyTo(field = new RowTally[RejectionReasons.All.Count], 0);
    } = new RowTally[RejectionReasons.All.Count];

    /// <summary>Rejected rows of every reason.</summary>
    public RowTally AllRejected() => Rejected.Aggregate(default(RowTally), (sum, one) => sum + one);

    /// <summary>Counts one rejected row.</summary>
    public void Reject(RejectionReason reason, Money amount) => Rejected[(int)reason] = Rejected[(int)reason].Plus(amount);

    /// <summary>Counts rows that were erased from the file and lie in no other place of this tally.</summary>
    public void AddErased(RowTally rows)
    {
        All += rows;
        Rejected[(int)RejectionReason.ErasedCustomer] += rows;
    }

    /// <summary>Adds another tally.</summary>
    public void Add(LedgerTally other)
    {
        All += other.All;
        Kept += other.Kept;
        Merged += other.Merged;
        Returned += other.Returned;
        Superseded += other.Superseded;
        ReturnedCounted += other.ReturnedCounted;
        for (int i = 0; i < Rejected.Length; i++)
        {
            Rejected[i] += other.Rejected[i];
        }
    }

    /// <summary>Whether rows and money of the places add up to all rows.</summary>
    public bool Reconciles() => Kept + Merged + Returned + Superseded + AllRejected() == All;
}
