using Segmentation.Numerics.Clustering;

namespace Segmentation.Numerics.Tests.Clustering;

/// <summary>
/// The plain twin of <see cref="KMeans" />: the same definition, one number at a time, without vectors, buffers or threads.
/// </summary>
internal static class KMeansReference
{
    private const int Block = 256;

    public sealed record Result(double[][] Centroids, int[] Labels, double Inertia, int Iterations);

    public static Result Fit(FeatureMatrix matrix, KMeansOptions options)
    {
        double[][] points = [.. Enumerable.Range(0, matrix.Rows).Select(i => RandomMatrix.Row(matrix, i))];
        double variance = 0;
        for (int j = 0; j < matrix.Columns; j++)
        {
            variance += StandardScaler.Moments(matrix.Column(j)).Variance;
        }

        double tolerance = options.Tolerance * (variance / matrix.Columns);
        Result? best = null;
        for (int start = 0; start < options.Starts; start++)
        {
            var result = Run(points, options, tolerance, new Xoshiro256StarStar([.. options.Seed, (ulong)start]));
            best = best is null || result.Inertia < best.Inertia ? result : best;
        }

        return WithoutEmpty(best!);
    }

    private static Result Run(double[][] points, KMeansOptions options, double tolerance, Xoshiro256StarStar generator)
    {
        double[][] centroids = options.Initialization == KMeansInitialization.Random
            ? RandomRows(points, options.ClusterCount, generator)
            : PlusPlus(points, options.ClusterCount, generator);
        int[] labels = [.. points.Select(_ => -1)];
        double[] distances = new double[points.Length];
        bool converged = false;
        for (int iteration = 0; iteration < options.MaxIterations; iteration++)
        {
            bool changed = Assign(points, centroids, labels, distances);
            bool moved = FillEmpty(labels, distances, centroids.Length);
            if (!moved && (!changed || converged))
            {
                return new Result(centroids, labels, RandomMatrix.PlainSum(distances), changed ? iteration : iteration + 1);
            }

            double shift = 0;
            for (int c = 0; c < centroids.Length; c++)
            {
                int[] own = [.. Enumerable.Range(0, points.Length).Where(i => labels[i] == c)];
                if (own.Length == 0)
                {
                    continue;
                }

                double[] mean = new double[points[0].Length];
                for (int j = 0; j < mean.Length; j++)
                {
                    double[] sets = new double[4];
                    foreach (int i in own)
                    {
                        sets[i % 4] += points[i][j];
                    }

                    mean[j] = ((sets[0] + sets[1]) + (sets[2] + sets[3])) / own.Length;
                    double t = mean[j] - centroids[c][j];
                    shift += t * t;
                }

                centroids[c] = mean;
            }

            converged = shift <= tolerance;
        }

        Assign(points, centroids, labels, distances);
        return new Result(centroids, labels, RandomMatrix.PlainSum(distances), options.MaxIterations);
    }

    private static bool Assign(double[][] points, double[][] centroids, int[] labels, double[] distances)
    {
        bool changed = false;
        for (int i = 0; i < points.Length; i++)
        {
            int nearest = 0;
            distances[i] = double.PositiveInfinity;
            for (int c = 0; c < centroids.Length; c++)
            {
                double distance = SquaredDistance(points[i], centroids[c]);
                if (distance < distances[i])
                {
                    nearest = c;
                    distances[i] = distance;
                }
            }

            changed |= labels[i] != nearest;
            labels[i] = nearest;
        }

        return changed;
    }

    private static bool FillEmpty(int[] labels, double[] distances, int clusters)
    {
        bool moved = false;
        for (int c = 0; c < clusters; c++)
        {
            if (labels.Contains(c))
            {
                continue;
            }

            int[] sizes = [.. Enumerable.Range(0, clusters).Select(cluster => labels.Count(label => label == cluster))];
            int[] spare = [.. Enumerable.Range(0, labels.Length).Where(i => distances[i] > 0 && sizes[labels[i]] > 1)];
            if (spare.Length > 0)
            {
                int farthest = spare.MaxBy(i => distances[i]);
                labels[farthest] = c;
                distances[farthest] = 0;
                moved = true;
            }
        }

        return moved;
    }

    private static double[][] RandomRows(double[][] points, int clusters, Xoshiro256StarStar generator)
    {
        var rows = new List<int>();
        while (rows.Count < clusters)
        {
            int row = generator.NextInt32(points.Length);
            if (!rows.Contains(row))
            {
                rows.Add(row);
            }
        }

        return [.. rows.Select(row => points[row])];
    }

    private static double[][] PlusPlus(double[][] points, int clusters, Xoshiro256StarStar generator)
    {
        int trials = 2 + (int)Math.Log(clusters);
        var centroids = new List<double[]> { points[generator.NextInt32(points.Length)] };
        double[] closest = [.. points.Select(point => SquaredDistance(point, centroids[0]))];
        while (centroids.Count < clusters)
        {
            double[] sums = BlockSums(closest);
            double total = RandomMatrix.PlainSum(sums);
            var candidates = new List<(double Total, double[] Centre, double[] Closest)>();
            for (int t = 0; t < trials; t++)
            {
                double[] centre = points[RowAt(closest, sums, generator.NextDouble() * total)];
                double[] after = [.. points.Select((point, i) => Math.Min(closest[i], SquaredDistance(point, centre)))];
                candidates.Add((RandomMatrix.PlainSum(BlockSums(after)), centre, after));
            }

            var best = candidates.MinBy(candidate => candidate.Total);
            centroids.Add(best.Centre);
            closest = best.Closest;
        }

        return [.. centroids];
    }

    private static double[] BlockSums(double[] values) => [.. values.Chunk(Block).Select(chunk => RandomMatrix.PlainSum(chunk))];

    private static int RowAt(double[] closest, double[] sums, double target)
    {
        int Walk(double[] weights, int from, int to)
        {
            int last = from;
            for (int i = from; i < to; i++)
            {
                if (weights[i] > 0)
                {
                    last = i;
                    if (target < weights[i])
                    {
                        break;
                    }

                    target -= weights[i];
                }
            }

            return last;
        }

        int block = Walk(sums, 0, sums.Length);
        int row = Walk(closest, block * Block, Math.Min(closest.Length, (block + 1) * Block));
        return closest[row] > 0 ? row : 0;
    }

    private static double SquaredDistance(double[] a, double[] b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }

        return sum;
    }

    private static Result WithoutEmpty(Result result)
    {
        int[] kept = [.. Enumerable.Range(0, result.Centroids.Length).Where(c => result.Labels.Contains(c))];
        return result with
        {
            Centroids = [.. kept.Select(c => result.Centroids[c])],
            Labels = [.. result.Labels.Select(label => Array.IndexOf(kept, label))],
        };
    }
}
