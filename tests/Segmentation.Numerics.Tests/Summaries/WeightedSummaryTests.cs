using Segmentation.Numerics.Clustering;
using Segmentation.Numerics.Summaries;

namespace Segmentation.Numerics.Tests.Summaries;

public class WeightedSummaryTests
{
    [Fact]
    public void Rows_of_one_cell_become_their_mean()
    {
        // At the finest level 1 and 1 + 2⁻¹³ share a cell; 2 has its own.
        var summary = new WeightedSummary(1);
        foreach (double value in new[] { 1, 1 + (1.0 / 8192), 2 })
        {
            summary.Add([value]);
        }

        Assert.Equal((3L, 2, WeightedSummary.FinestHalvings), (summary.Count, summary.Cells, summary.Level));
        WeightedPoints points = summary.ToPoints(new StandardScaler([0], [1]));
        Assert.Equal([1 + (1.0 / 16384), 2], points.Points.Column(0).ToArray());
        Assert.Equal([2L, 1L], [points.Weight(0), points.Weight(1)]);
        Assert.Equal(2 * Math.Pow(2, -28), summary.WithinSquares(new StandardScaler([0], [1])), 1e-16);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_order_and_any_sharding_give_the_same_bytes(ulong seed)
    {
        FeatureMatrix rows = Shop(seed, 3_000);
        byte[] whole = WeightedSummaryFormat.Write(Summarise(rows, [.. Enumerable.Range(0, 3_000)], 200));
        foreach (int shards in new[] { 1, 7, 64 })
        {
            int[] order = RandomMatrix.Permutation(seed + (ulong)shards, 3_000);
            var merged = new WeightedSummary(3, 200);
            foreach (int[] shard in order.Chunk((3_000 / shards) + 1))
            {
                WeightedSummary part = Summarise(rows, shard, 200);
                Assert.True(part.Level >= WeightedSummaryFormat.Read(whole).Level);
                merged.Merge(WeightedSummaryFormat.Read(WeightedSummaryFormat.Write(part)));
            }

            Assert.Equal(whole, WeightedSummaryFormat.Write(merged));
        }
    }

    [Fact]
    public void The_level_is_the_finest_at_which_the_rows_fit()
    {
        FeatureMatrix rows = Shop(3, 2_000);
        var summary = Summarise(rows, [.. Enumerable.Range(0, 2_000)], 300);
        Assert.Equal(CellsAt(rows, summary.Level), summary.Cells);
        Assert.InRange(summary.Cells, 1, 300);
        Assert.True(CellsAt(rows, summary.Level + 1) > 300);
        byte[] coarsened = WeightedSummaryFormat.Write(Summarise(rows, [.. Enumerable.Range(0, 2_000)], 900).Coarsened(300));
        Assert.Equal(WeightedSummaryFormat.Write(summary), coarsened);
    }

    [Fact]
    public void Means_and_deviations_are_those_of_the_rows()
    {
        FeatureMatrix rows = Shop(4, 5_000);
        StandardScaler expected = StandardScaler.Fit(rows);
        StandardScaler found = Summarise(rows, [.. Enumerable.Range(0, 5_000)], 100).Scaler();
        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(expected.Means[j], found.Means[j], 1e-9);
            Assert.Equal(expected.Deviations[j], found.Deviations[j], 1e-9);
        }
    }

    [Fact]
    public void A_constant_feature_has_no_deviation()
    {
        var summary = new WeightedSummary(2);
        for (int i = 0; i < 1_000; i++)
        {
            summary.Add([0.1, i * 0.01]);
        }

        StandardScaler scaler = summary.Scaler();
        Assert.Equal(0, scaler.Deviations[0]);
        Assert.All(summary.ToPoints(scaler).Points.Column(0).ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_inertia_of_any_centres_keeps_the_stated_bound()
    {
        FeatureMatrix rows = Shop(5, 4_000);
        WeightedSummary summary = Summarise(rows, [.. Enumerable.Range(0, 4_000)], 100);
        StandardScaler scaler = summary.Scaler();
        FeatureMatrix all = scaler.Transform(rows);
        WeightedPoints points = summary.ToPoints(scaler);
        double within = summary.WithinSquares(scaler);
        for (int k = 1; k <= 12; k++)
        {
            KMeansModel model = KMeans.Fit(points, new KMeansOptions { ClusterCount = k });
            double exact = InertiaOf(all, model);
            Assert.InRange(exact, Square(Math.Sqrt(model.Inertia) - Math.Sqrt(within)), (model.Inertia + within) * (1 + 1e-9));
        }
    }

    [Fact]
    public void A_fit_on_the_summary_is_within_a_thousandth_of_one_on_all_rows()
    {
        FeatureMatrix rows = Shop(6, 60_000);
        WeightedSummary summary = Summarise(rows, [.. Enumerable.Range(0, 60_000)], WeightedSummary.DefaultMaxCells / 2);
        StandardScaler scaler = summary.Scaler();
        FeatureMatrix all = scaler.Transform(rows);
        var options = new KMeansOptions { ClusterCount = 6, Starts = 5 };
        double full = KMeans.Fit(all, options).Inertia;
        KMeansModel model = KMeans.Fit(summary.ToPoints(scaler), options);
        Assert.InRange(InertiaOf(all, model) / full, 0.999, 1.001);
    }

    [Fact]
    public void Rows_and_bytes_that_are_wrong_are_refused()
    {
        var summary = new WeightedSummary(2, 64);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => summary.Add([0, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => summary.Add([double.PositiveInfinity, 0]));
        Assert.Throws<ArgumentException>(() => summary.Add([128, 0]));
        Assert.Throws<ArgumentException>(() => summary.Add([1]));
        Assert.Throws<ArgumentException>(() => summary.Merge(new WeightedSummary(3, 64)));
        Assert.Throws<InvalidOperationException>(summary.Scaler);
        Assert.Equal((0L, 0), (summary.Count, summary.Cells));
        summary.Add([1, -127.5]);
        byte[] bytes = WeightedSummaryFormat.Write(summary);
        Assert.Throws<InvalidDataException>(() => WeightedSummaryFormat.Read(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Throws<InvalidDataException>(() => WeightedSummaryFormat.Read([]));
        bytes[0] = 9;
        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => WeightedSummaryFormat.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_written_by_version_1_are_read()
    {
        byte[] bytes = Convert.FromHexString(
            "0100000001000000400000000C0000000200000000000000000000000500000000000000"
            + "00101000000000000000000000000000010000000000000000000000010000000000000000000000"
            + "00201000000000000000000000000000010000000000000000000000020000000000000000000000");
        WeightedSummary summary = WeightedSummaryFormat.Read(bytes);
        Assert.Equal((2L, 2, 12), (summary.Count, summary.Cells, summary.Level));
        Assert.Equal([1.0, 2.0], summary.ToPoints(new StandardScaler([0], [1])).Points.Column(0).ToArray());
        Assert.Equal(bytes, WeightedSummaryFormat.Write(summary));
    }

    private static WeightedSummary Summarise(FeatureMatrix rows, int[] which, int maxCells)
    {
        var summary = new WeightedSummary(rows.Columns, maxCells);
        foreach (int i in which)
        {
            summary.Add(RandomMatrix.Row(rows, i));
        }

        return summary;
    }

    /// <summary>Something like ln(1 + x) of days, orders and money.</summary>
    private static FeatureMatrix Shop(ulong seed, int rows)
    {
        FeatureMatrix blobs = RandomMatrix.Blobs(seed, rows, 3, 5, noise: 1.5);
        double[] Orders(ReadOnlySpan<double> column) => Array.ConvertAll(column.ToArray(), value => Math.Log(1 + Math.Floor(Math.Exp(Math.Abs(value)))));
        return FeatureMatrix.FromColumns(blobs.Column(0).ToArray(), Orders(blobs.Column(1)), blobs.Column(2).ToArray());
    }

    private static int CellsAt(FeatureMatrix rows, int level) =>
        Enumerable.Range(0, rows.Rows).Select(i => string.Join(' ', RandomMatrix.Row(rows, i).Select((value, j) => Math.Floor(Math.Round(value * 4294967296.0) * Math.Pow(2, Math.Floor((level + j) / 3.0) - 32))))).Distinct(StringComparer.Ordinal).Count();

    private static double InertiaOf(FeatureMatrix rows, KMeansModel model)
    {
        int[] labels = model.Predict(rows);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = 0; j < rows.Columns; j++)
            {
                sum += Square(rows[i, j] - model.Centroids[labels[i], j]);
            }
        }

        return sum;
    }

    private static double Square(double x) => x * x;
}
