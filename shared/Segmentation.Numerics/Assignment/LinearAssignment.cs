namespace Segmentation.Numerics.Assignment;

/// <summary>Pairs rows with columns one to one so that the sum of the costs is least.</summary>
/// <remarks>
/// The Hungarian method in the form of shortest augmenting paths with potentials (Kuhn, 1955; Jonker and Volgenant, 1987): exact, and
/// among equally cheap pairings always the same one, because rows are taken in order and ties go to the lowest column. O(r²·c) time.
/// </remarks>
public static class LinearAssignment
{
    /// <summary>The column of each row.</summary>
    /// <param name="costs">Finite costs, r × c with r at most c; any sign.</param>
    /// <returns>For each row its column, no column twice.</returns>
    /// <exception cref="ArgumentException">There are more rows than columns, or a cost is not finite.</exception>
    public static int[] Solve(double[,] costs)
    {
        int rows = costs.GetLength(0);
        int columns = costs.GetLength(1);
        ThrowIfNotCosts(costs, rows, columns);

        // Index 0 stands for "none" in rows and columns, so that a path can start from it.
        double[] rowPotential = new double[rows + 1];
        double[] columnPotential = new double[columns + 1];
        int[] rowOf = new int[columns + 1];
        for (int row = 1; row <= rows; row++)
        {
            Augment(costs, row, rowPotential, columnPotential, rowOf);
        }

        int[] columnOf = new int[rows];
        for (int column = 1; column <= columns; column++)
        {
            if (rowOf[column] > 0)
            {
                columnOf[rowOf[column] - 1] = column - 1;
            }
        }

        return columnOf;
    }

    // Finds the cheapest path from the new row to a free column over reduced costs, and pairs along it.
    private static void Augment(double[,] costs, int row, double[] rowPotential, double[] columnPotential, int[] rowOf)
    {
        int columns = columnPotential.Length - 1;
        double[] distance = new double[columns + 1];
        Array.Fill(distance, double.PositiveInfinity);
        int[] before = new int[columns + 1];
        bool[] isDone = new bool[columns + 1];
        rowOf[0] = row;
        int at = 0;
        do
        {
            isDone[at] = true;
            int next = 0;
            double least = double.PositiveInfinity;
            for (int column = 1; column <= columns; column++)
            {
                if (isDone[column])
                {
                    continue;
                }

                double reduced = costs[rowOf[at] - 1, column - 1] - rowPotential[rowOf[at]] - columnPotential[column];
                if (reduced < distance[column])
                {
                    distance[column] = reduced;
                    before[column] = at;
                }

                if (distance[column] < least)
                {
                    least = distance[column];
                    next = column;
                }
            }

            for (int column = 0; column <= columns; column++)
            {
                if (isDone[column])
                {
                    rowPotential[rowOf[column]] += least;
                    columnPotential[column] -= least;
                }
                else
                {
                    distance[column] -= least;
                }
            }

            at = next;
        }
        while (rowOf[at] != 0);

        while (at != 0)
        {
            rowOf[at] = rowOf[before[at]];
            at = before[at];
        }
    }

    private static void ThrowIfNotCosts(double[,] costs, int rows, int columns)
    {
        if (rows > columns)
        {
            throw new ArgumentException($"There are {rows} rows and {columns} columns; expected at least as many columns.", nameof(costs));
        }

        foreach (double cost in costs)
        {
            if (!double.IsFinite(cost))
            {
                throw new ArgumentException(FormattableString.Invariant($"A cost is {cost}; expected finite numbers."), nameof(costs));
            }
        }
    }
}
