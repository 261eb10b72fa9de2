namespace Segmentation.Numerics.Tests.Clustering;

/// <summary>The plain twin: expectation and maximisation as in a textbook, with the inverse by Gauss and Jordan and two passes a moment.</summary>
internal static class GaussianMixtureReference
{
    public sealed record Parameters(double[] Weights, double[][] Means, double[][,] Covariances, double LogLikelihood);

    public static Parameters Fit(FeatureMatrix points, int[] labels, int k, double floor, int expectations)
    {
        int n = points.Rows;
        double[,] share = new double[n, k];
        for (int i = 0; i < n; i++)
        {
            share[i, labels[i]] = 1;
        }

        for (int step = 0; ; step++)
        {
            Parameters parameters = Maximise(points, share, k, floor);
            double likelihood = 0;
            for (int i = 0; i < n; i++)
            {
                double[] densities = [.. Enumerable.Range(0, k).Select(c => parameters.Weights[c] * Density(RandomMatrix.Row(points, i), parameters.Means[c], parameters.Covariances[c]))];
                likelihood += Math.Log(densities.Sum());
                for (int c = 0; c < k; c++)
                {
                    share[i, c] = densities[c] / densities.Sum();
                }
            }

            if (step + 1 == expectations)
            {
                return parameters with { LogLikelihood = likelihood };
            }
        }
    }

    private static Parameters Maximise(FeatureMatrix points, double[,] share, int k, double floor)
    {
        int d = points.Columns;
        double[] weights = new double[k];
        double[][] means = new double[k][];
        double[][,] covariances = new double[k][,];
        for (int c = 0; c < k; c++)
        {
            double total = Enumerable.Range(0, points.Rows).Sum(i => share[i, c]);
            double[] mean = [.. Enumerable.Range(0, d).Select(j => Enumerable.Range(0, points.Rows).Sum(i => share[i, c] * points[i, j]) / total)];
            double[,] covariance = new double[d, d];
            for (int a = 0; a < d; a++)
            {
                for (int b = 0; b < d; b++)
                {
                    covariance[a, b] = (Enumerable.Range(0, points.Rows).Sum(i => share[i, c] * (points[i, a] - mean[a]) * (points[i, b] - mean[b])) / total) + (a == b ? floor : 0);
                }
            }

            (weights[c], means[c], covariances[c]) = (total / points.Rows, mean, covariance);
        }

        return new Parameters(weights, means, covariances, 0);
    }

    private static double Density(double[] row, double[] mean, double[,] covariance)
    {
        int d = row.Length;
        double[,] m = (double[,])covariance.Clone();
        double[] x = [.. row.Zip(mean, (a, b) => a - b)];
        double[] offset = [.. x];
        double determinant = 1;
        for (int p = 0; p < d; p++)
        {
            determinant *= m[p, p];
            for (int i = 0; i < d; i++)
            {
                double factor = i == p ? 0 : m[i, p] / m[p, p];
                for (int j = 0; j < d && factor != 0; j++)
                {
                    m[i, j] -= factor * m[p, j];
                }

                x[i] -= factor * x[p];
            }
        }

        double form = Enumerable.Range(0, d).Sum(i => offset[i] * x[i] / m[i, i]);
        return Math.Exp(-0.5 * form) / Math.Sqrt(Math.Pow(2 * Math.PI, d) * determinant);
    }
}
