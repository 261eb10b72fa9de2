using System.Globalization;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Products;

/// <summary>What a customer spent on each category: kept sales, returns not taken off.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Amounts">The money of each category, in the order of the categories.</param>
internal sealed record CustomerInterests(string CustomerId, Money[] Amounts)
{
    private const int ShareUnits = 10_000;

    /// <summary>The number, from 0, of the category with most of the customer's money, the first of equals; null where there is none.</summary>
    public int? Top
    {
        get
        {
            int top = 0;
            for (int category = 1; category < Amounts.Length; category++)
            {
                top = Amounts[category] > Amounts[top] ? category : top;
            }

            return Amounts.Length > 0 && Amounts[top] > Money.Zero ? top : null;
        }
    }

    /// <summary>The part of the customer's money in a category, to four decimals, rounded half up; empty where there is no money.</summary>
    public string Share(int category)
    {
        Money total = Amounts.Aggregate(Money.Zero, static (sum, amount) => sum + amount);
        if (total <= Money.Zero)
        {
            return "";
        }

        Int128 units = ((Amounts[category].Micros * ShareUnits) + (total.Micros / 2)) / total.Micros;
        return ((decimal)(int)units / ShareUnits).ToString("0.####", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes over what the buffer held.</summary>
    public void Write(RecordBuffer into)
    {
        into.Clear();
        into.WriteText(CustomerId);
        into.WriteUnsigned((ulong)Amounts.Length);
        foreach (Money amount in Amounts)
        {
            into.WriteMoney(amount);
        }
    }

    /// <summary>Reads one.</summary>
    public static CustomerInterests Read(ReadOnlySpan<byte> record)
    {
        var fields = new RecordFields(record);
        string id = fields.ReadText();
        var amounts = new Money[fields.ReadLength()];
        for (int category = 0; category < amounts.Length; category++)
        {
            amounts[category] = fields.ReadMoney();
        }

        return new CustomerInterests(id, amounts);
    }

    /// <summary>Adds up a customer's purchases by category.</summary>
    /// <param name="purchases">The record that <see cref="ProductFold" /> wrote.</param>
    /// <param name="categoryOf">The category of each product by the stable hash of what it goes by.</param>
    /// <param name="categories">The number of categories; the last is that of products that are not told apart.</param>
    public static CustomerInterests Of(ReadOnlySpan<byte> purchases, IReadOnlyDictionary<ulong, int> categoryOf, int categories)
    {
        var fields = new RecordFields(purchases);
        string id = fields.ReadText();
        var amounts = new Money[categories];
        for (int left = fields.ReadLength(); left > 0; left--)
        {
            ulong product = unchecked((ulong)fields.ReadInt64());
            amounts[categoryOf.GetValueOrDefault(product, categories - 1)] += fields.ReadMoney();
        }

        return new CustomerInterests(id, amounts);
    }
}
