using Segmentation.Core.Segments.Scoring;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Tests.Segments.Scoring;

public sealed class FigureReadingTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("-5")]
    [InlineData("0.0000009")]
    [InlineData("6e-7")]
    [InlineData("NaN")]
    [InlineData("1,5")]
    [InlineData("(5)")]
    [InlineData("1e15")]
    [InlineData("")]
    public void Spend_that_is_none_is_refused(string written) =>
        Assert.Contains("expected an amount from 0.000001", FigureReading.Monetary(written).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("0.000001", "0.000001")]
    [InlineData("250.50", "250.5")]
    [InlineData("36e2", "3600")]
    public void Spend_is_read_exactly(string written, string expected) =>
        Assert.Equal((Money.Parse(expected), null), FigureReading.Monetary(written));

    [Fact]
    public void Whole_figures_have_their_limits()
    {
        Assert.Equal((0, null), FigureReading.RecencyDays("0"));
        Assert.NotNull(FigureReading.RecencyDays("-1").Fault);
        Assert.NotNull(FigureReading.Frequency("0").Fault);
        Assert.NotNull(FigureReading.Frequency("1.5").Fault);
        Assert.Equal((1_000, null), FigureReading.Frequency("1e3"));
    }
}
