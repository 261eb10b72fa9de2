using System.CommandLine;
using System.Diagnostics;
using Segmentation.Numerics;
using Segmentation.Numerics.Selection;

namespace Segmentation.Benchmarks;

/// <summary>How long the exact silhouette takes in single precision on any number of threads, beside the plain one in double precision.</summary>
internal static class SilhouetteSpeed
{
    private const int Clusters = 5;
    private const int Features = 3;

    private static readonly int[] RowCounts = [4_338, 50_000, 100_000];

    public static Command Create()
    {
        var times = new Option<int>("--times") { Description = "Runs of each, whose median is shown.", DefaultValueFactory = _ => 5 };
        var threads = new Option<int>("--threads") { Description = "Threads of both.", DefaultValueFactory = _ => 2 };
        var command = new Command("silhouette", "The exact silhouette of three features in single precision beside the plain one.") { times, threads };
        command.SetAction((parsed, cancellationToken) =>
            Task.FromResult(Run(parsed.GetRequiredValue(times), parsed.GetRequiredValue(threads), cancellationToken)));
        return command;
    }

    private static int Run(int times, int threads, CancellationToken cancellationToken)
    {
        bool isNear = true;
        foreach (int rows in RowCounts)
        {
            var (points, labels) = Blobs(rows);
            double fast = 0;
            double plain = 0;
            double[] fastSeconds = new double[times];
            double[] plainSeconds = new double[times];
            for (int time = -1; time < times; time++)
            {
                // One after the other, so that what else the machine does meets both; the first pass is compiled, and not counted.
                (fast, double fastTime) = Timed(() => Silhouette.Mean(points, labels, Clusters, threads, cancellationToken));
                (plain, double plainTime) = Timed(() => DoubleSilhouette.Mean(new Partition(points, labels, Clusters), threads, cancellationToken));
                if (time >= 0)
                {
                    (fastSeconds[time], plainSeconds[time]) = (fastTime, plainTime);
                }
            }

            double ratio = Median(plainSeconds) / Median(fastSeconds);
            Console.WriteLine(FormattableString.Invariant(
                $"{rows:N0} rows: {Median(fastSeconds) * 1e3:0.0} ms, plain {Median(plainSeconds) * 1e3:0.0} ms, ratio {ratio:0.0}; {fast:R} and {plain:R}"));
            isNear &= Math.Abs(fast - plain) <= 1e-6;
        }

        return isNear ? 0 : 1;
    }

    private static (double Mean, double Seconds) Timed(Func<double?> measure)
    {
        long start = Stopwatch.GetTimestamp();
        double mean = measure()!.Value;
        return (mean, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static (FeatureMatrix Points, int[] Labels) Blobs(int rows)
    {
        var random = new Xoshiro256StarStar(1);
        int[] labels = new int[rows];
        double[][] columns = [.. Enumerable.Range(0, Features).Select(_ => new double[rows])];
        for (int i = 0; i < rows; i++)
        {
            labels[i] = random.NextInt32(Clusters);
            for (int j = 0; j < Features; j++)
            {
                columns[j][i] = (((labels[i] * 7) + (j * 3)) % Clusters * 0.8) + random.NextDouble() + random.NextDouble();
            }
        }

        return (FeatureMatrix.FromColumns(columns), labels);
    }
}
