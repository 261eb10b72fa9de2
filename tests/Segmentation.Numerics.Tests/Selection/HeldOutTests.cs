using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Selection;

public sealed class HeldOutTests
{
    [Fact]
    public void A_refit_that_numbers_its_clusters_otherwise_agrees_all_the_same()
    {
        HeldOutAgreement? agreement = HeldOut.Measure(
            Line(100), [.. Enumerable.Range(0, 100).Select(row => row / 50)], 2, _ => rows => [.. Values(rows).Select(value => value < 50 ? 1 : 0)], 1);
        Assert.Equal((1, 1), (agreement!.Agreement, agreement.AdjustedRand));
        Assert.InRange(agreement.Rows, 10, 30);
    }

    [Fact]
    public void Rows_that_the_refit_labels_otherwise_count_against_it()
    {
        HeldOutAgreement? agreement = HeldOut.Measure(
            Line(1_000), [.. Enumerable.Range(0, 1_000).Select(row => row / 500)], 2, _ => rows => [.. Values(rows).Select(value => value < 400 ? 0 : 1)], 1);
        Assert.Equal(0.9, agreement!.Agreement, 0.03);
        Assert.InRange(agreement.AdjustedRand, 0.5, 0.8);
    }

    [Fact]
    public void What_is_held_out_is_not_learned_from_and_nothing_is_lost()
    {
        double[] learned = [];
        double[] held = [];
        HeldOut.Measure(Line(500), new int[500], 1, rows =>
        {
            learned = Values(rows);
            return others =>
            {
                held = Values(others);
                return new int[others.Rows];
            };
        }, 7);
        Assert.Empty(learned.Intersect(held));
        Assert.Equal(500, learned.Length + held.Length);
        Assert.InRange(held.Length, 70, 130);
    }

    [Fact]
    public void Of_very_many_rows_a_part_is_drawn()
    {
        int seen = 0;
        HeldOut.Measure(Line(HeldOut.MostRows * 2), new int[HeldOut.MostRows * 2], 1, rows =>
        {
            seen += rows.Rows;
            return others =>
            {
                seen += others.Rows;
                return new int[others.Rows];
            };
        }, 7);
        Assert.Equal(HeldOut.MostRows, seen);
    }

    [Fact]
    public void Groups_that_are_far_apart_are_found_again_without_a_fifth_of_the_rows()
    {
        double[][] rows = [.. Enumerable.Range(0, 300).Select(row => new[] { (row % 3 * 100) + (row * 0.01), row % 3 * 50.0 })];
        FeatureMatrix matrix = FeatureMatrix.FromRows(rows);
        HeldOutAgreement? agreement = HeldOut.Measure(
            matrix, [.. Enumerable.Range(0, 300).Select(row => row % 3)], 3, part => KMeans.Fit(part, new KMeansOptions { ClusterCount = 3 }).Predict, 1);
        Assert.Equal(1, agreement!.Agreement);
    }

    [Fact]
    public void Too_few_rows_say_nothing_and_labels_have_to_be_one_a_row()
    {
        Assert.Null(HeldOut.Measure(Line(3), [0, 1, 2], 3, _ => throw new InvalidOperationException("There is nothing to fit."), 1));
        Assert.Throws<ArgumentException>(() => HeldOut.Measure(Line(3), [0], 1, _ => rows => new int[rows.Rows], 1));
    }

    private static FeatureMatrix Line(int rows) => FeatureMatrix.FromColumns([.. Enumerable.Range(0, rows).Select(row => (double)row)]);

    private static double[] Values(FeatureMatrix rows) => rows.Column(0).ToArray();
}
