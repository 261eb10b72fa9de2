using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Rfm;

public sealed class CustomerMeasuresTests
{
    [Fact]
    public async Task Figures_of_a_group_are_those_computed_by_hand()
    {
        CustomerMeasures measures = await ReadAsync((1, 2, "10.50"), (4, 1, "4.50"), (10, 6, "85.00"));
        Assert.Equal(Money.Parse("100"), measures.Total());
        Assert.Equal(
            new SegmentFigures(2, 2.0 / 3, 0.955, new RfmTriple(5.5, 4, 47.75), new RfmTriple(5.5, 4, 47.75)) { OneOrderShare = 0, TypicalOrder = ((10.5 / 2) + (85.0 / 6)) / 2 },
            measures.FiguresOf([0, 2], measures.Total()));
        Assert.Equal(new SegmentFigures(3, 1, 1, new RfmTriple(5, 3, 100.0 / 3), new RfmTriple(4, 2, 10.5)) { OneOrderShare = 1.0 / 3, TypicalOrder = 5.25 },
            measures.FiguresOf(null, measures.Total()));
        Assert.Equal(new SegmentFigures(0, 0, 0, default, default), measures.FiguresOf([], measures.Total()));
    }

    [Fact]
    public async Task Money_keeps_every_digit_and_any_number_of_customers_is_read()
    {
        (int, long, string)[] customers = [.. Enumerable.Range(0, 9_000).Select(i => (i, 1L, $"123456789012345678{i}.000001"))];
        CustomerMeasures measures = await ReadAsync(customers);
        Assert.Equal(9_000, measures.Count);
        Assert.Equal(Money.Parse("1234567890123456788999.000001"), measures.Exact[8_999]);
        Assert.Equal(8_999, measures.Recency[8_999]);
    }

    [Fact]
    public async Task Distinct_customers_are_counted_up_to_a_limit()
    {
        CustomerMeasures measures = await ReadAsync((1, 1, "1"), (1, 1, "1"), (1, 1, "2"), (2, 1, "1"));
        Assert.Equal(3, measures.CountDistinct(10));
        Assert.Equal(2, measures.CountDistinct(2));
        Assert.Equal(0, (await ReadAsync()).CountDistinct(2));
    }

    private static async Task<CustomerMeasures> ReadAsync(params (int Recency, long Frequency, string Monetary)[] customers)
    {
        byte[] bytes = new byte[customers.Length * CustomerMeasures.BytesOfOne];
        for (int i = 0; i < customers.Length; i++)
        {
            CustomerMeasures.Write(
                bytes.AsSpan(i * CustomerMeasures.BytesOfOne), customers[i].Recency, customers[i].Frequency, Money.Parse(customers[i].Monetary));
        }

        return await CustomerMeasures.ReadAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);
    }
}
