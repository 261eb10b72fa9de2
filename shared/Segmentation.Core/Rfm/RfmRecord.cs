using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Rfm;

/// <summary>What the transactions of one customer come to, before the as-of date is known.</summary>
/// <param name="CustomerId">The customer id.</param>
/// <param name="FirstPurchase">Date of the first kept purchase.</param>
/// <param name="LastPurchase">Date of the last kept purchase.</param>
/// <param name="Frequency">Distinct invoices of kept purchases (distinct dates where there is no invoice).</param>
/// <param name="Lines">Kept lines.</param>
/// <param name="Sales">The sum of the kept lines.</param>
/// <param name="Returns">The sum of the returned lines that count; zero or, as a rule, less.</param>
public sealed record RfmRecord(
    string CustomerId, DateOnly FirstPurchase, DateOnly LastPurchase, long Frequency, long Lines, Money Sales, Money Returns)
{
    /// <summary>The kept lines that have a quantity; nothing in records of the first version, which lack it.</summary>
    public ItemTally Items { get; init; }

    /// <summary>Sales net of the returns that count.</summary>
    public Money Monetary => Sales + Returns;

    /// <summary>Whether nothing is left of the customer's purchases: such a customer is in no segment and in no statistic.</summary>
    public bool IsExcluded => Monetary.Micros <= 0;

    /// <summary>Whole days from the last kept purchase to the as-of date.</summary>
    public int RecencyDays(DateOnly asOf) => asOf.DayNumber - LastPurchase.DayNumber;

    /// <summary>Appends the stored form.</summary>
    public void Write(RecordBuffer into)
    {
        into.WriteText(CustomerId);
        into.WriteUnsigned((ulong)FirstPurchase.DayNumber);
        into.WriteUnsigned((ulong)LastPurchase.DayNumber);
        into.WriteUnsigned((ulong)Frequency);
        into.WriteUnsigned((ulong)Lines);
        into.WriteMoney(Sales);
        into.WriteMoney(Returns);
        into.WriteMoney(new Money(Items.Micros));
        into.WriteMoney(Items.Sales);
    }

    /// <summary>Reads the stored form.</summary>
    public static RfmRecord Read(ReadOnlySpan<byte> record)
    {
        var fields = new RecordFields(record);
        return Read(ref fields);
    }

    /// <summary>Reads the stored form at the place where the fields are, and goes behind it.</summary>
    public static RfmRecord Read(ref RecordFields fields) =>
        new(
            fields.ReadText(),
            DateOnly.FromDayNumber(fields.ReadLength()),
            DateOnly.FromDayNumber(fields.ReadLength()),
            (long)fields.ReadUnsigned(),
            (long)fields.ReadUnsigned(),
            fields.ReadMoney(),
            fields.ReadMoney())
        {
            Items = fields.AtEnd ? default : new ItemTally(fields.ReadMoney().Micros, fields.ReadMoney()),
        };
}
