using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Tests.Transactions;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Rfm;

/// <summary>What counts of an order that an upload and its corrections hold, by examples computed by hand.</summary>
public sealed class CorrectedUnitTests
{
    private static readonly AggregationRule Usual = new(true, true, ReturnsPolicy.Net, null, false, null);
    private static readonly UploadPart Origin = new(0, 0, 0);
    private static readonly UploadPart Correction = new(0, 0, 1);
    private static readonly UploadPart SecondRound = new(0, 0, 2);
    private static readonly UploadPart Other = new(9, 0, 0);

    [Fact]
    public Task An_order_counts_with_its_good_lines_and_the_corrected_ones() =>
        AssertAsync("kept 8, kept 4", (Origin, [3, 5]), (Correction, [4]));

    [Fact]
    public Task A_correction_that_comes_before_its_upload_by_name_is_a_part_of_it_all_the_same() =>
        AssertAsync("kept 4, kept 8", (Correction, [4]), (Origin, [3, 5]));

    [Fact]
    public Task Without_the_upload_that_it_corrects_it_is_any_other() =>
        AssertAsync("superseded 8, kept 4", (Other, [3, 5]), (Correction, [4]));

    [Fact]
    public Task Good_lines_that_were_put_into_the_correction_too_count_once() =>
        AssertAsync("kept 8, kept 4 superseded 8", (Origin, [3, 5]), (Correction, [3, 4, 5]));

    [Fact]
    public Task Equal_lines_count_as_often_as_in_the_part_that_has_them_most_often() =>
        AssertAsync(Usual with { DropDuplicates = false }, "superseded 3 kept 5, kept 6", (Origin, [3, 5]), (Correction, [3, 3]));

    [Fact]
    public Task The_same_rows_corrected_once_more_take_the_place_of_the_first_correction() =>
        AssertAsync("kept 8, superseded 40, kept 4", (Origin, [3, 5]), (Correction, [40]), (Correction, [4]));

    [Fact]
    public Task What_a_correction_was_refused_adds_to_it_when_it_is_corrected() =>
        AssertAsync("kept 8, kept 4, kept 7", (Origin, [3, 5]), (Correction, [4]), (SecondRound, [7]));

    [Fact]
    public Task A_later_correction_of_the_first_rows_takes_the_place_of_later_rounds_too() =>
        AssertAsync("kept 8, superseded 4, superseded 70, kept 11", (Origin, [3, 5]), (Correction, [4]), (SecondRound, [70]), (Correction, [4, 7]));

    [Fact]
    public Task Corrections_of_two_tables_stand_side_by_side() =>
        AssertAsync("kept 8, kept 4, kept 7", (Origin, [3, 5]), (new UploadPart(0, 1, 1), [4]), (new UploadPart(0, 2, 1), [7]));

    [Fact]
    public Task A_later_upload_that_holds_the_order_supersedes_both() =>
        AssertAsync("superseded 8, superseded 4, kept 6", (Origin, [3, 5]), (Correction, [4]), (Other, [6]));

    [Fact]
    public Task An_upload_between_is_superseded_by_both_together() =>
        AssertAsync("kept 8, superseded 9, kept 4", (Origin, [3, 5]), (Other, [3, 6]), (Correction, [4]));

    [Fact]
    public async Task Orders_that_the_correction_does_not_hold_follow_the_usual_rule()
    {
        TestRow[] first = [Line(3), Line(5) with { Invoice = "2" }];
        Aggregation found = await FindAsync(Usual, [Origin, Other, Correction], first, [Line(6) with { Invoice = "2" }], [Line(4)]);
        Assert.Equal((Units(3), Units(5)), (found.Tallies[0].Kept.Revenue, found.Tallies[0].Superseded.Revenue));
        Assert.Equal((Units(6), Units(4)), (found.Tallies[1].Kept.Revenue, found.Tallies[2].Kept.Revenue));
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 5)]
    public async Task Without_invoices_corrected_rows_add_to_equal_ones_as_in_the_file_undamaged(bool dropsDuplicates, int sales)
    {
        TestRow row = Line(5) with { Invoice = "" };
        AggregationRule rule = Usual with { DropDuplicates = dropsDuplicates };
        Aggregation found = await FindAsync(rule, [Origin, Correction], [row], [row]);
        Aggregation undamaged = await FindAsync(rule, [Origin], [row, row]);
        Assert.Equal(Units(sales), Assert.Single(found.Customers).Sales);
        Assert.Equal(undamaged.Customers, found.Customers);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 3)]
    public async Task Without_invoices_the_whole_is_weighed_against_other_uploads(int inOther, int rows)
    {
        TestRow row = Line(5) with { Invoice = "" };
        Aggregation found = await FindAsync(
            Usual with { DropDuplicates = false }, [Origin, Other, Correction], [row], [.. Enumerable.Repeat(row, inOther)], [row]);
        Assert.Equal(rows, Assert.Single(found.Customers).Lines);
    }

    private static Task AssertAsync(string expected, params (UploadPart Part, int[] Amounts)[] uploads) => AssertAsync(Usual, expected, uploads);

    // The money of each upload that is kept and superseded.
    private static async Task AssertAsync(AggregationRule rule, string expected, params (UploadPart Part, int[] Amounts)[] uploads)
    {
        Aggregation found = await FindAsync(
            rule, [.. uploads.Select(static upload => upload.Part)], [.. uploads.Select(static upload => upload.Amounts.Select(Line).ToArray())]);
        string[] told = expected.Split(", ");
        for (int i = 0; i < told.Length; i++)
        {
            string[] words = told[i].Split(' ');
            Assert.Equal(AmountBehind(words, "kept"), found.Tallies[i].Kept.Revenue);
            Assert.Equal(AmountBehind(words, "superseded"), found.Tallies[i].Superseded.Revenue);
        }
    }

    private static Money AmountBehind(string[] words, string place)
    {
        int at = Array.IndexOf(words, place);
        return at < 0 ? Money.Zero : Money.Parse(words[at + 1]);
    }

    private static TestRow Line(int amount) => TestRow.Of("k", "1", "", "2024-01-01", 1, amount);

    private static Money Units(int units) => new((Int128)units * Money.MicrosPerUnit);

    private static async Task<Aggregation> FindAsync(AggregationRule rule, UploadPart[] parts, params TestRow[][] uploads)
    {
        TestRow[][] numbered = [.. uploads.Select(static rows => rows.Select(static (row, i) => row with { Line = i + 2 }).ToArray())];
        var stored = new List<byte[]?>();
        foreach (TestRow[] rows in numbered)
        {
            stored.Add(await TestRow.StoreAsync(rows));
        }

        Aggregation found = await Aggregation.RunAsync(stored, rule, parts: parts);
        Assert.Equal(PlainAggregation.Of(numbered, rule, parts).Describe(), found.Describe());
        return found;
    }
}
