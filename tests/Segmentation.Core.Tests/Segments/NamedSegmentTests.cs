using Segmentation.Core.Segments;

namespace Segmentation.Core.Tests.Segments;

public sealed class NamedSegmentTests
{
    /// <summary>The reference table: segment, lowest and highest R, lowest and highest F.</summary>
    private static readonly (string Name, int[] R, int[] F)[] Reference =
    [
        ("Champions", [5, 5], [4, 5]),
        ("Loyal", [3, 4], [4, 5]),
        ("Potential Loyalists", [4, 5], [2, 3]),
        ("New", [5, 5], [1, 1]),
        ("Promising", [4, 4], [1, 1]),
        ("Need Attention", [3, 3], [3, 3]),
        ("About To Sleep", [3, 3], [1, 2]),
        ("At Risk", [1, 2], [3, 4]),
        ("Can't Lose Them", [1, 2], [5, 5]),
        ("Hibernating", [1, 2], [1, 2]),
    ];

    public static TheoryData<int, int> Cells
    {
        get
        {
            var cells = new TheoryData<int, int>();
            for (int r = 1; r <= NamedSegment.HighestScore; r++)
            {
                for (int f = 1; f <= NamedSegment.HighestScore; f++)
                {
                    cells.Add(r, f);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell_belongs_to_exactly_the_segment_of_the_reference_table(int r, int f)
    {
        string[] expected =
        [
            .. Reference.Where(row => row.R[0] <= r && r <= row.R[1] && row.F[0] <= f && f <= row.F[1]).Select(row => row.Name),
        ];

        Assert.Equal(NamedSegment.Of(r, f).Name, Assert.Single(expected));
    }

    [SharedFact]
    public void The_table_is_the_one_of_the_reference_numbers()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Shared, "golden", "README.md"));
        string[] rows = [.. lines.SkipWhile(line => !line.StartsWith("| segment | R |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))];

        string[] ours =
        [
            .. NamedSegment.All.Select(segment => $"| {segment.Name} | {Range(segment, (r, _) => r)} | {Range(segment, (_, f) => f)} |"),
        ];

        Assert.Equal(rows, ours, StringComparer.Ordinal);
    }

    [Fact]
    public void Ids_are_stable_and_in_the_order_from_best_to_worst()
    {
        string[] ids =
        [
            "champions", "loyal", "potential-loyalists", "new", "promising", "need-attention", "about-to-sleep", "at-risk",
            "cant-lose-them", "hibernating",
        ];

        Assert.Equal(ids, NamedSegment.All.Select(segment => segment.Id), StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, 10), NamedSegment.All.Select(segment => segment.Rank));
        Assert.All(NamedSegment.All, segment => Assert.Same(segment, NamedSegment.Find(segment.Id)));
        Assert.Null(NamedSegment.Find("lost"));
    }

    [Fact]
    public void Local_names_are_unique_and_English_ones_are_the_contract()
    {
        Assert.All(NamedSegment.All, segment => Assert.Equal(segment.Name, segment.LocalName(Language.English)));
        Assert.Equal(10, NamedSegment.All.Select(segment => segment.LocalName(Language.Russian)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("Нельзя потерять", NamedSegment.CantLoseThem.LocalName(Language.Russian));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(6, 3)]
    [InlineData(3, 0)]
    [InlineData(3, 6)]
    public void A_score_outside_1_to_5_is_refused(int r, int f) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NamedSegment.Of(r, f));

    private static string Range(NamedSegment segment, Func<int, int, int> score)
    {
        int[] scores =
        [
            .. from r in Enumerable.Range(1, 5)
               from f in Enumerable.Range(1, 5)
               where NamedSegment.Of(r, f) == segment
               select score(r, f),
        ];
        return scores.Min() == scores.Max() ? $"{scores.Min()}" : $"{scores.Min()}–{scores.Max()}";
    }
}
