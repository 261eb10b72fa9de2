namespace Segmentation.Numerics.Tests;

public class StandardScalerTests
{
    [Fact]
    public void Means_and_population_deviations_of_a_few_numbers()
    {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, variance 32 ÷ 8 = 4.
        var scaler = StandardScaler.Fit(FeatureMatrix.FromColumns([2, 4, 4, 4, 5, 5, 7, 9]));
        Assert.Equal(5, scaler.Means[0]);
        Assert.Equal(2, scaler.Deviations[0]);
        Assert.Equal([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2], scaler.Transform(FeatureMatrix.FromColumns([2, 4, 4, 4, 5, 5, 7, 9])).Column(0).ToArray());
    }

    [Fact]
    public void A_constant_feature_becomes_0_even_where_its_mean_would_round()
    {
        double[] tenths = [.. Enumerable.Repeat(0.1, 1_000_003)];
        var matrix = FeatureMatrix.FromColumns(tenths);
        var scaler = StandardScaler.Fit(matrix);
        Assert.Equal(0.1, scaler.Means[0]);
        Assert.Equal(0, scaler.Deviations[0]);
        Assert.Equal(-1, scaler.Transform(matrix).Column(0).IndexOfAnyExcept(0.0));
    }

    [Fact]
    public void Deviation_survives_a_mean_a_billion_times_larger()
    {
        var scaler = StandardScaler.Fit(FeatureMatrix.FromColumns([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]));
        Assert.Equal(Math.Sqrt(22.5), scaler.Deviations[0], 1e-15 * 5);
    }

    [Fact]
    public void A_row_is_transformed_as_the_matrix_is_and_comes_back()
    {
        var matrix = RandomMatrix.Blobs(1, 500, 3, 4);
        var scaler = StandardScaler.Fit(matrix);
        var scaled = scaler.Transform(matrix);
        double[] row = new double[3];
        for (int i = 0; i < matrix.Rows; i++)
        {
            scaler.Transform(RandomMatrix.Row(matrix, i), row);
            Assert.Equal(RandomMatrix.Row(scaled, i), row);
            scaler.InverseTransform(row, row);
            Assert.All(Enumerable.Range(0, 3), j => Assert.Equal(matrix[i, j], row[j], 1e-13));
        }

        var again = StandardScaler.Fit(scaled);
        Assert.All(again.Means, mean => Assert.Equal(0, mean, 1e-14));
        Assert.All(again.Deviations, deviation => Assert.Equal(1, deviation, 1e-14));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(10_007)]
    public void Sums_have_the_documented_shape_to_the_bit(int length)
    {
        double[] values = length == 0 ? [] : RandomMatrix.Blobs((ulong)length, length, 1, 3).Column(0).ToArray();
        Assert.Equal(RandomMatrix.PlainSum(values), FixedOrderSum.Of(values));
    }

    [Fact]
    public void Faults_are_named()
    {
        Assert.Throws<ArgumentException>(() => StandardScaler.Fit(FeatureMatrix.FromColumns([])));
        Assert.Throws<ArgumentException>(() => new StandardScaler([1], []));
        Assert.Contains("Feature 1", Assert.Throws<ArgumentException>(() => new StandardScaler([1, 2], [1, -1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new StandardScaler([1], [1]).Transform(FeatureMatrix.FromColumns([1], [2])));
    }
}
