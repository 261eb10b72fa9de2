using Segmentation.Numerics.Drift;

namespace Segmentation.Numerics.Tests.Drift;

public sealed class PopulationStabilityTests
{
    [Fact]
    public void Two_bins_by_hand() =>

        // (0.75 − 0.5)·ln 1.5 + (0.25 − 0.5)·ln 0.5
        Assert.Equal(0.274653072167027, PopulationStability.Index([0.5, 0.5], [0.75, 0.25]), 1e-14);

    [Fact]
    public void Equal_shares_have_not_moved_and_the_index_is_symmetric()
    {
        Assert.Equal(0, PopulationStability.Index([0.1, 0.9], [0.1, 0.9]));
        Assert.Equal(PopulationStability.Index([0.3, 0.7], [0.2, 0.8]), PopulationStability.Index([0.2, 0.8], [0.3, 0.7]), 1e-15);
    }

    [Fact]
    public void An_empty_bin_stays_finite() => Assert.Equal(18.419, PopulationStability.Index([1, 0], [0, 1]), 1e-3);

    [Fact]
    public void What_are_no_shares_of_the_same_bins_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PopulationStability.Index([], []));
        Assert.Throws<ArgumentException>(() => PopulationStability.Index([1], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => PopulationStability.Index([double.NaN], [1]));
    }
}
