using Segmentation.Numerics.Selection;

namespace Segmentation.Numerics.Tests.Selection;

public class AdjustedRandIndexTests
{
    [Theory]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 5, 5, -3, -3 }, 1.0)]

    // Pairs together: 2, 1, in both 1, of 6: (1 − 2/6) ÷ (1.5 − 2/6) = 4/7.
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0, 0, 1, 2 }, 4.0 / 7)]

    // Pairs together: 2, 2, in both 0, of 6: (0 − 4/6) ÷ (2 − 4/6) = −1/2.
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0, 1, 0, 1 }, -0.5)]

    // One cluster against anything else says nothing.
    [InlineData(new[] { 0, 0, 0, 0 }, new[] { 0, 0, 1, 1 }, 0.0)]
    [InlineData(new[] { 0, 0, 0, 0 }, new[] { 0, 1, 2, 3 }, 0.0)]
    [InlineData(new[] { 0, 0, 0 }, new[] { 4, 4, 4 }, 1.0)]
    [InlineData(new[] { 0, 1, 2 }, new[] { 9, 7, 8 }, 1.0)]
    [InlineData(new[] { 3 }, new[] { 4 }, 1.0)]
    [InlineData(new int[0], new int[0], 1.0)]
    public void Small_partitions(int[] first, int[] second, double expected) =>
        Assert.Equal(expected, AdjustedRandIndex.Score(first, second), 1e-16);

    [Fact]
    public void It_is_symmetric_and_ignores_names_and_equals_the_count_of_pairs()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            int[] first = RandomMatrix.Labels(seed, 60, 2 + (int)(seed % 5));
            int[] second = [.. first.Select((label, i) => i % 3 == 0 ? (int)((seed + (ulong)i) % 4) : label)];
            double score = AdjustedRandIndex.Score(first, second);
            Assert.True(score.Equals(AdjustedRandIndex.Score(second, first)), $"seed {seed}");
            Assert.True(score.Equals(AdjustedRandIndex.Score(Array.ConvertAll(first, label => 1_000_000 - (label * 77)), second)), $"seed {seed}");
            double byPairs = ByPairs(first, second);
            Assert.True(Math.Abs(score - byPairs) < 1e-12 && score <= 1, $"seed {seed}: {score:R}, by pairs {byPairs:R}");
        }
    }

    [Fact]
    public void Ten_million_rows_do_not_overflow()
    {
        int[] halves = new int[10_000_000];
        halves.AsSpan(5_000_000).Fill(1);
        int[] other = [.. halves];
        other[0] = 1;
        Assert.Equal(1, AdjustedRandIndex.Score(halves, halves));
        Assert.InRange(AdjustedRandIndex.Score(halves, other), 1 - 1e-6, 1 - 1e-8);
    }

    [Fact]
    public void Many_groups_are_counted_sparsely()
    {
        int[] first = [.. Enumerable.Range(0, 3000)];
        int[] second = [.. Enumerable.Range(0, 3000).Select(i => i / 2)];
        Assert.Equal(0, AdjustedRandIndex.Score(first, second));
        Assert.Equal(1, AdjustedRandIndex.Score(second, second));
    }

    [Fact]
    public void Partitions_of_different_rows_are_refused() => Assert.Throws<ArgumentException>(() => AdjustedRandIndex.Score([1], [1, 2]));

    private static double ByPairs(int[] first, int[] second)
    {
        double a = 0;
        double b = 0;
        double both = 0;
        double all = 0;
        for (int i = 0; i < first.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool inFirst = first[i] == first[j];
                bool inSecond = second[i] == second[j];
                all++;
                a += inFirst ? 1 : 0;
                b += inSecond ? 1 : 0;
                both += inFirst && inSecond ? 1 : 0;
            }
        }

        return (both - (a * b / all)) / (((a + b) / 2) - (a * b / all));
    }
}
