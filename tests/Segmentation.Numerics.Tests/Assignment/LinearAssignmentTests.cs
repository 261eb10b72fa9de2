using Segmentation.Numerics.Assignment;

namespace Segmentation.Numerics.Tests.Assignment;

public sealed class LinearAssignmentTests
{
    [Fact]
    public void Three_by_three_by_hand() =>
        Assert.Equal([1, 0, 2], LinearAssignment.Solve(new double[,] { { 4, 1, 3 }, { 2, 0, 5 }, { 3, 2, 2 } }));

    [Fact]
    public void The_cheapest_of_each_row_is_not_taken_where_the_sum_would_suffer() =>
        Assert.Equal([1, 0], LinearAssignment.Solve(new double[,] { { 1, 2 }, { 1, 10 } }));

    [Fact]
    public void Nothing_to_pair_is_no_pair() => Assert.Empty(LinearAssignment.Solve(new double[0, 3]));

    [Fact]
    public void Costs_all_alike_pair_in_order() =>
        Assert.Equal([0, 1, 2], LinearAssignment.Solve(new double[,] { { 7, 7, 7, 7 }, { 7, 7, 7, 7 }, { 7, 7, 7, 7 } }));

    [Fact]
    public void The_sum_is_that_of_the_best_of_all_pairings()
    {
        for (ulong seed = 1; seed <= 300; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            int rows = 1 + random.NextInt32(5);
            int columns = rows + random.NextInt32(3);
            double[,] costs = new double[rows, columns];
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    // Small whole numbers make ties common, and sums exact.
                    costs[row, column] = random.NextInt32(7) - 3;
                }
            }

            int[] solved = LinearAssignment.Solve(costs);
            Assert.Equal(rows, solved.Distinct().Count());
            Assert.Equal(Best(costs, 0, new bool[columns]), solved.Select((column, row) => costs[row, column]).Sum());
        }
    }

    [Fact]
    public void More_rows_than_columns_and_costs_that_are_no_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LinearAssignment.Solve(new double[2, 1]));
        Assert.Throws<ArgumentException>(() => LinearAssignment.Solve(new[,] { { double.NaN } }));
    }

    private static double Best(double[,] costs, int row, bool[] taken)
    {
        if (row == costs.GetLength(0))
        {
            return 0;
        }

        double best = double.PositiveInfinity;
        for (int column = 0; column < taken.Length; column++)
        {
            if (!taken[column])
            {
                taken[column] = true;
                best = Math.Min(best, costs[row, column] + Best(costs, row + 1, taken));
                taken[column] = false;
            }
        }

        return best;
    }
}
