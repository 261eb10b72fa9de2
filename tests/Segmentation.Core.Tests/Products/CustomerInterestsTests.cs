using Segmentation.Core.Products;
using Segmentation.Core.Storage.Records;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Products;

public sealed class CustomerInterestsTests
{
    [Fact]
    public void Shares_are_parts_of_all_that_the_customer_bought()
    {
        CustomerInterests interests = Of(1, 2, 0);
        Assert.Equal(["0.3333", "0.6667", "0"], Enumerable.Range(0, 3).Select(interests.Share), StringComparer.Ordinal);
        Assert.Equal(1, interests.Top);
    }

    [Fact]
    public void Of_equal_categories_the_first_is_on_top() => Assert.Equal(0, Of(2, 2).Top);

    [Fact]
    public void Without_money_there_is_no_share()
    {
        Assert.Null(Of(0, 0).Top);
        Assert.Equal("", Of(0, 0).Share(1));
        Assert.Null(Of().Top);
    }

    [Fact]
    public void What_was_written_is_read()
    {
        var buffer = new RecordBuffer();
        Of(1, 0, 3).Write(buffer);
        CustomerInterests read = CustomerInterests.Read(buffer.Written);
        Assert.Equal("c", read.CustomerId);
        Assert.Equal(Of(1, 0, 3).Amounts, read.Amounts);
    }

    [Fact]
    public void Purchases_of_products_that_are_not_told_apart_go_to_everything_else()
    {
        var record = new RecordBuffer();
        record.WriteText("c");
        record.WriteUnsigned(3);
        foreach ((string product, int amount) in new[] { ("a", 5), ("b", 7), ("unknown", 9) })
        {
            record.WriteInt64(unchecked((long)StableHash.Compute(product)));
            record.WriteMoney(new Money(amount));
        }

        var categoryOf = new Dictionary<ulong, int> { [StableHash.Compute("a")] = 0, [StableHash.Compute("b")] = 0 };
        Assert.Equal([new Money(12), new Money(9)], CustomerInterests.Of(record.Written, categoryOf, 2).Amounts);
    }

    private static CustomerInterests Of(params int[] amounts) => new("c", [.. amounts.Select(amount => new Money(amount * Money.MicrosPerUnit))]);
}
