using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Transactions;

public sealed class LedgerTallyTests
{
    [Fact]
    public void Places_add_up_to_all_rows_and_all_money()
    {
        LedgerTally tally = Sample();
        Assert.True(tally.Reconciles());
        Assert.Equal(new RowTally(2, new Money(30)), tally.AllRejected());
    }

    [Fact]
    public void A_row_or_a_unit_of_money_that_is_missing_is_noticed()
    {
        LedgerTally row = Sample();
        row.All = new RowTally(row.All.Rows + 1, row.All.Revenue);
        Assert.False(row.Reconciles());
        LedgerTally money = Sample();
        money.All = new RowTally(money.All.Rows, money.All.Revenue + new Money(1));
        Assert.False(money.Reconciles());
    }

    [Fact]
    public void Adding_adds_every_place()
    {
        LedgerTally sum = Sample();
        sum.Add(Sample());
        Assert.True(sum.Reconciles());
        Assert.Equal(new RowTally(2, new Money(200)), sum.Kept);
        Assert.Equal(new RowTally(2, new Money(2)), sum.Merged);
        Assert.Equal(new RowTally(2, new Money(-80)), sum.Returned);
        Assert.Equal(new RowTally(2, new Money(4)), sum.Superseded);
        Assert.Equal(new Money(-80), sum.ReturnedCounted);
        Assert.Equal(new RowTally(2, new Money(20)), sum.Rejected[(int)RejectionReason.FutureDate]);
        Assert.Equal(new RowTally(2, new Money(40)), sum.Rejected[(int)RejectionReason.BeforeWindow]);
    }

    [Fact]
    public void Every_reason_has_its_own_name_in_kebab_case()
    {
        string[] names = [.. RejectionReasons.All.Select(reason => reason.Name())];
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            RejectionReasons.All.Select(reason => string.Concat(
                $"{reason}".Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(letter) : $"{letter}"))),
            names, StringComparer.Ordinal);
    }

    private static LedgerTally Sample()
    {
        var tally = new LedgerTally
        {
            Kept = new RowTally(1, new Money(100)),
            Merged = new RowTally(1, new Money(1)),
            Returned = new RowTally(1, new Money(-40)),
            Superseded = new RowTally(1, new Money(2)),
            ReturnedCounted = new Money(-40),
        };
        tally.Reject(RejectionReason.FutureDate, new Money(10));
        tally.Reject(RejectionReason.BeforeWindow, new Money(20));
        tally.All = new RowTally(6, new Money(93));
        return tally;
    }
}
