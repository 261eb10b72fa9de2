namespace Segmentation.Numerics.Clustering;

/// <summary>Small symmetric positive definite matrices: Cholesky factors and their inverses, row by row, d × d.</summary>
internal static class LowerTriangle
{
    /// <summary>A pivot is at least this part of its diagonal element: rounding cannot make it zero or negative.</summary>
    private const double LeastPivot = 1e-12;

    /// <summary>L with L·Lᵀ = the matrix, whose diagonal is positive; the upper triangle of L is 0. O(d³).</summary>
    internal static double[] Cholesky(ReadOnlySpan<double> matrix, int d)
    {
        double[] factor = new double[d * d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[(i * d) + j];
                for (int m = 0; m < j; m++)
                {
                    rest -= factor[(i * d) + m] * factor[(j * d) + m];
                }

                factor[(i * d) + j] = i == j
                    ? Math.Sqrt(Math.Max(rest, LeastPivot * matrix[(i * d) + i]))
                    : rest / factor[(j * d) + j];
            }
        }

        return factor;
    }

    /// <summary>The inverse of a lower triangle of positive diagonal. O(d³).</summary>
    internal static double[] Inverse(ReadOnlySpan<double> factor, int d)
    {
        double[] inverse = new double[d * d];
        for (int column = 0; column < d; column++)
        {
            inverse[(column * d) + column] = 1 / factor[(column * d) + column];
            for (int i = column + 1; i < d; i++)
            {
                double sum = 0;
                for (int m = column; m < i; m++)
                {
                    sum += factor[(i * d) + m] * inverse[(m * d) + column];
                }

                inverse[(i * d) + column] = -sum / factor[(i * d) + i];
            }
        }

        return inverse;
    }
}
