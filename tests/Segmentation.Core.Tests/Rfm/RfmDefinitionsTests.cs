using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Tests.Transactions;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Rfm;

/// <summary>The definitions by examples, computed by hand.</summary>
public sealed class RfmDefinitionsTests
{
    private static readonly AggregationRule Usual = new(true, true, ReturnsPolicy.Net, null, false, null);

    [Fact]
    public async Task Overlapping_upload_replaces_the_earlier_lines_of_an_invoice()
    {
        RfmRecord customer = await SingleAsync(
            Usual,
            [TestRow.Of("k", "1", "A", "2024-01-01", 2, 10), TestRow.Of("k", "1", "A", "2024-01-01", 3, 10), TestRow.Of("k", "1", "B", "2024-01-01", 1, 7)],
            [TestRow.Of("k", "1", "A", "2024-01-02", 1, 10)]);
        Assert.Equal(new RfmRecord("k", new(2024, 1, 1), new(2024, 1, 2), 1, 2, Units(17), Money.Zero) { Items = Items(2, 17) }, customer);
    }

    [Fact]
    public async Task A_line_that_a_correction_leaves_out_stays()
    {
        RfmRecord customer = await SingleAsync(
            Usual, [TestRow.Of("k", "1", "A", "2024-01-01", 1, 10), TestRow.Of("k", "1", "B", "2024-01-01", 1, 7)], [TestRow.Of("k", "1", "B", "2024-01-01", 1, 8)]);
        Assert.Equal(Units(18), customer.Sales);
    }

    [Fact]
    public async Task Without_invoices_a_row_counts_as_often_as_in_the_upload_that_has_it_most_often()
    {
        TestRow row = TestRow.Of("k", "", "A", "2024-01-01", 1, 10);
        RfmRecord customer = await SingleAsync(Usual with { DropDuplicates = false }, [row], [row, row, row], [row, row]);
        Assert.Equal((3L, 1L, Units(30)), (customer.Lines, customer.Frequency, customer.Sales));
    }

    [Fact]
    public async Task Without_invoices_a_day_is_an_invoice()
    {
        RfmRecord customer = await SingleAsync(
            Usual, [TestRow.Of("k", "", "A", "2024-01-01 10:00", 1, 1), TestRow.Of("k", "", "A", "2024-01-01 11:00", 1, 1), TestRow.Of("k", "", "A", "2024-01-03", 1, 1)]);
        Assert.Equal(2, customer.Frequency);
    }

    [Fact]
    public async Task A_return_counts_once_and_does_not_move_the_dates()
    {
        TestRow back = TestRow.Of("k", "C2", "A", "2024-03-01", -1, 10);
        RfmRecord customer = await SingleAsync(Usual, [TestRow.Of("k", "1", "A", "2024-01-01", 3, 10), back], [back, back]);
        Assert.Equal(new RfmRecord("k", new(2024, 1, 1), new(2024, 1, 1), 1, 1, Units(30), Units(-10)) { Items = Items(3, 30) }, customer);
        Assert.Equal(Units(20), customer.Monetary);
        Assert.False(customer.IsExcluded);
    }

    [Fact]
    public async Task A_returned_postage_does_not_count_as_postage_itself_does_not()
    {
        RfmRecord customer = await SingleAsync(
            Usual, [TestRow.Of("k", "1", "A", "2024-01-01", 1, 10), TestRow.Of("k", "1", "POST", "2024-01-01", 1, 3), TestRow.Of("k", "C2", "POST", "2024-01-02", -1, 3)]);
        Assert.Equal((Units(10), Money.Zero), (customer.Sales, customer.Returns));
    }

    [Fact]
    public async Task Returns_that_reach_the_purchases_exclude_the_customer()
    {
        RfmRecord customer = await SingleAsync(Usual, [TestRow.Of("k", "1", "A", "2024-01-01", 1, 10), TestRow.Of("k", "C2", "A", "2024-01-02", -1, 10)]);
        Assert.True(customer.IsExcluded);
        Assert.Equal(Money.Zero, customer.Monetary);
    }

    [Fact]
    public async Task Returns_of_a_customer_without_purchases_count_nowhere()
    {
        Aggregation result = await Aggregation.RunAsync([await TestRow.StoreAsync([TestRow.Of("k", "C2", "A", "2024-01-02", -1, 10)])], Usual);
        Assert.Empty(result.Customers);
        Assert.Equal(new RowTally(1, Units(-10)), result.Tallies[0].Returned);
        Assert.Equal(Money.Zero, result.Tallies[0].ReturnedCounted);
    }

    [Fact]
    public async Task A_given_date_rejects_later_returns_and_a_date_of_the_data_keeps_them()
    {
        TestRow[] rows = [TestRow.Of("k", "1", "A", "2024-01-01", 3, 10), TestRow.Of("k", "C2", "A", "2024-01-02", -1, 10)];
        AggregationRule dated = Usual with { AsOf = new DateOnly(2024, 1, 2) };
        Assert.Equal(Units(20), (await SingleAsync(dated, rows)).Monetary);
        Assert.Equal(Units(30), (await SingleAsync(dated with { AsOfIsGiven = true }, rows)).Monetary);
    }

    [Fact]
    public async Task A_window_of_days_starts_that_many_days_before_the_as_of_date()
    {
        AggregationRule rule = Usual with { AsOf = new DateOnly(2024, 1, 11), WindowDays = 10 };
        Aggregation result = await Aggregation.RunAsync(
            [await TestRow.StoreAsync([TestRow.Of("k", "1", "A", "2023-12-31 23:59:59", 1, 1) with { Line = 2 }, TestRow.Of("k", "2", "A", "2024-01-01", 1, 1) with { Line = 3 }])], rule);
        Assert.Equal(1, Assert.Single(result.Customers).Lines);
        Assert.Equal(RejectionReason.BeforeWindow, Assert.Single(result.LateRejects).Reason);
    }

    [Fact]
    public async Task A_late_reject_says_what_was_found_and_expected()
    {
        var details = new List<string>();
        var rule = new AggregationRule(true, true, ReturnsPolicy.Net, new DateOnly(2024, 1, 10), true, 5);
        var aggregator = new RfmAggregator(rule, UploadPart.EachAlone(1), new AggregationBuffers())
        {
            WriteLateReject = (record, _) =>
            {
                details.Add(LateReject.Read(record.Span).Detail);
                return ValueTask.CompletedTask;
            },
        };
        await using CleanRowFileReader reader = await TestRow.OpenAsync(await TestRow.StoreAsync(
            [TestRow.Of("k", "1", "POST", "2024-01-07", 1, 1), TestRow.Of("k", "1", "A", "2024-01-10", 1, 1), TestRow.Of("k", "1", "A", "2024-01-04", 1, 1)]));
        await aggregator.AddBucketAsync([reader], CustomerBuckets.Of("k"u8), TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "the code 'POST' stands for no product", "2024-01-10 is not before the as-of date 2024-01-10",
                "2024-01-04 is before the first day of the window, 2024-01-05",
            ],
            details);
    }

    private static ItemTally Items(int quantity, int sales) => new((Int128)quantity * Money.MicrosPerUnit, Units(sales));

    private static Money Units(int units) => new((Int128)units * Money.MicrosPerUnit);

    private static async Task<RfmRecord> SingleAsync(AggregationRule rule, params TestRow[][] uploads)
    {
        var stored = new List<byte[]?>();
        foreach (TestRow[] rows in uploads)
        {
            stored.Add(await TestRow.StoreAsync(rows.Select((row, i) => row with { Line = i + 2 })));
        }

        Aggregation result = await Aggregation.RunAsync(stored, rule);
        string expected = PlainAggregation.Of([.. uploads.Select(rows => rows.Select((row, i) => row with { Line = i + 2 }).ToArray())], rule).Describe();
        Assert.Equal(expected, result.Describe());
        return Assert.Single(result.Customers);
    }
}
