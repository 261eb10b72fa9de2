using Segmentation.Core.Rfm;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Tests.Transactions;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Rfm;

public sealed class ItemTallyTests
{
    // Id, days of the first and the last purchase, invoices, lines, sales, returns.
    private const string Yesterday = "016B" + "C58C2D" + "DD8D2D" + "02" + "03" + "C0F0F50B" + "BF96B102";

    private static readonly RfmRecord Known = new("k", new(2024, 1, 1), new(2024, 6, 1), 2, 3, Money.Parse("12.50"), Money.Parse("-2.50"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_price_of_an_item_is_sales_by_quantity()
    {
        ItemTally items = default;
        Assert.Equal(0, items.AveragePrice);
        items = items.Plus(new DecimalNumber(4, 0), Money.Parse("2.00")).Plus(new DecimalNumber(1, 0), Money.Parse("3.00"));
        Assert.Equal(1, items.AveragePrice);

        // Half a kilogram.
        items = items.Plus(new DecimalNumber(5, 1), Money.Parse("6.00"));
        Assert.Equal(2, items.AveragePrice);
        Assert.Equal(items, items.Plus(new DecimalNumber(4, 7), Money.Parse("1000.00")));
    }

    [Fact]
    public void Customers_that_were_stored_before_quantities_were_counted_are_read_without()
    {
        RfmRecord read = RfmRecord.Read(Convert.FromHexString(Yesterday));
        Assert.Equal(Known, read);
        Assert.Equal(0, read.Items.AveragePrice);
    }

    [Fact]
    public void The_quantity_stands_behind_what_was_stored_before()
    {
        RfmRecord customer = Known with { Items = new ItemTally(Int128.MaxValue / 3, Money.Parse("12.25")) };
        var buffer = new RecordBuffer();
        customer.Write(buffer);
        Assert.StartsWith(Yesterday, Convert.ToHexString(buffer.Written), StringComparison.Ordinal);
        Assert.Equal(customer, RfmRecord.Read(buffer.Written));
    }

    [Fact]
    public void Tables_without_quantities_have_no_lines_that_say_how_many()
    {
        QuantityLines lines = Readings.QuantitiesOf((3, true), (10, false), (20, true));
        Assert.Equal(
            [true, true, true, false, false, true, true],
            ((long[])[2, 3, 9, 10, 19, 20, long.MaxValue]).Select(lines.Include));
        Assert.True(Readings.QuantitiesOf((1, true)).Include(7));
        Assert.False(Readings.QuantitiesOf((1, false)).Include(7));
        Assert.False(Readings.QuantitiesOf().Include(7));
    }

    [Fact]
    public async Task Prices_of_any_number_of_customers_come_back_and_those_of_others_do_not()
    {
        byte[] bytes = new byte[9_000 * ItemPriceFile.BytesOfOne];
        for (int i = 0; i < 9_000; i++)
        {
            ItemPriceFile.Write(bytes.AsSpan(i * ItemPriceFile.BytesOfOne), i / 7.0);
        }

        Assert.Equal(Enumerable.Range(0, 9_000).Select(i => i / 7.0), await ItemPriceFile.ReadAsync(new MemoryStream(bytes), 9_000, Token));
        await Assert.ThrowsAsync<InvalidDataException>(() => ItemPriceFile.ReadAsync(new MemoryStream(bytes), 8_999, Token));
    }
}
