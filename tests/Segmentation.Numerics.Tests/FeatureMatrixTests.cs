namespace Segmentation.Numerics.Tests;

public class FeatureMatrixTests
{
    [Fact]
    public void Rows_and_columns_hold_the_same_values()
    {
        var byColumn = FeatureMatrix.FromColumns([1, 2, 3], [4, 5, 6]);
        var byRow = FeatureMatrix.FromRows([[1, 4], [2, 5], [3, 6]]);
        Assert.Equal((3, 2), (byColumn.Rows, byColumn.Columns));
        Assert.Equal([4.0, 5.0, 6.0], byRow.Column(1).ToArray());
        Assert.Equal(5, byColumn[1, 1]);
        Assert.Equal([2.0, 5.0], RandomMatrix.Row(byRow, 1));
    }

    [Fact]
    public void Columns_are_copied()
    {
        double[] column = [1, 2];
        var matrix = FeatureMatrix.FromColumns(column);
        column[0] = 9;
        Assert.Equal(1, matrix[0, 0]);
    }

    [Fact]
    public void A_row_may_be_selected_more_than_once()
    {
        var matrix = FeatureMatrix.FromColumns([1, 2, 3]).SelectRows([2, 0, 2]);
        Assert.Equal([3.0, 1.0, 3.0], matrix.Column(0).ToArray());
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(1e141, "1E+141")]
    public void A_value_that_cannot_be_computed_with_is_named_with_its_place(double value, string shown)
    {
        var error = Assert.Throws<ArgumentException>(() => FeatureMatrix.FromRows([[1, 2], [3, value]]));
        Assert.Contains("row 1, column 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(shown, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FeatureMatrix.FromColumns());
        Assert.Throws<ArgumentException>(() => FeatureMatrix.FromRows([]));
        Assert.Contains("Column 1 has 1 rows; expected 2", Assert.Throws<ArgumentException>(() => FeatureMatrix.FromColumns([1, 2], [3])).Message, StringComparison.Ordinal);
        Assert.Contains("Row 1 has 1 values; expected 2", Assert.Throws<ArgumentException>(() => FeatureMatrix.FromRows([[1, 2], [3]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureMatrix.FromColumns([1.0]).Column(1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureMatrix.FromColumns([1.0]).CopyRow(1, new double[1]));
    }

    [Fact]
    public void A_matrix_of_columns_may_have_no_row() => Assert.Equal(0, FeatureMatrix.FromColumns([], []).Rows);
}
