using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Segmentation.Numerics;
using Segmentation.Numerics.Clustering;

namespace Segmentation.Benchmarks;

/// <summary>How long k-means takes at k = 2…10, beside scikit-learn on the same points where Python has it.</summary>
internal static class KMeansSpeed
{
    private const int Features = 3;
    private const int LeastClusters = 2;
    private const int MostClusters = 10;

    public static Command Create()
    {
        var rows = new Option<int>("--rows") { Description = "Points of three features.", DefaultValueFactory = _ => 4_338 };
        var starts = new Option<int>("--starts") { Description = "Starts at each k.", DefaultValueFactory = _ => 10 };
        var times = new Option<int>("--times") { Description = "Sweeps of each, whose median is shown.", DefaultValueFactory = _ => 7 };
        var threads = new Option<int>("--threads") { Description = "Threads of ours.", DefaultValueFactory = _ => 2 };
        var python = new Option<string>("--python") { Description = "The Python that has scikit-learn.", DefaultValueFactory = _ => "python3" };
        var command = new Command("kmeans", "A sweep of k-means over k = 2…10 beside scikit-learn's.") { rows, starts, times, threads, python };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            Points(parsed.GetRequiredValue(rows)),
            parsed.GetRequiredValue(starts),
            parsed.GetRequiredValue(times),
            parsed.GetRequiredValue(threads),
            parsed.GetRequiredValue(python),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FeatureMatrix points, int starts, int times, int threads, string python, CancellationToken cancellationToken)
    {
        double[] inertia = Sweep(points, starts, threads, cancellationToken);
        double[] seconds = new double[times];
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        for (int time = 0; time < times; time++)
        {
            long start = Stopwatch.GetTimestamp();
            Sweep(points, starts, threads, cancellationToken);
            seconds[time] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        double ours = seconds.Order().ElementAt(times / 2);
        double processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds / times;
        Console.WriteLine(FormattableString.Invariant(
            $"{points.Rows:N0} × {Features}, {starts} starts at each k: {ours * 1e3:0.0} ms, {processor * 1e3:0.0} ms of processor time"));
        Peer? peer = await AskAsync(points, starts, times, python, cancellationToken);
        if (peer is null)
        {
            return 0;
        }

        double worst = inertia.Zip(peer.Inertia, (own, other) => (own / other) - 1).Max();
        Console.WriteLine(FormattableString.Invariant(
            $"scikit-learn: {peer.Seconds * 1e3:0.0} ms, ratio {peer.Seconds / ours:0.0}; our inertia is at most {worst * 100:0.000} % above"));
        return 0;
    }

    private static double[] Sweep(FeatureMatrix points, int starts, int threads, CancellationToken cancellationToken)
    {
        double[] inertia = new double[MostClusters + 1 - LeastClusters];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };

        // As a run does it: a fit a thread. The largest k first, lest it is the last that is waited for.
        Parallel.For(0, inertia.Length, parallel, i =>
        {
            int k = MostClusters - i;
            inertia[k - LeastClusters] = KMeans.Fit(
                points, new KMeansOptions { ClusterCount = k, Starts = starts, Seed = [1, (ulong)k], MaxDegreeOfParallelism = 1 }, cancellationToken).Inertia;
        });
        return inertia;
    }

    private static async Task<Peer?> AskAsync(FeatureMatrix points, int starts, int times, string python, CancellationToken cancellationToken)
    {
        string file = Path.GetTempFileName();
        try
        {
            double[] rows = new double[points.Rows * Features];
            for (int i = 0; i < points.Rows; i++)
            {
                points.CopyRow(i, rows.AsSpan(i * Features, Features));
            }

            await File.WriteAllBytesAsync(file, MemoryMarshal.AsBytes(rows.AsSpan()).ToArray(), cancellationToken);
            string script = Path.Combine(AppContext.BaseDirectory, "Peers", "kmeans.py");
            int[] numbers = [Features, LeastClusters, MostClusters, starts, times];
            var start = new ProcessStartInfo(python) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in (string[])[script, file, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))])
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                Console.WriteLine($"No comparison: {(await error).Trim().Split('\n')[^1]}");
                return null;
            }

            return JsonSerializer.Deserialize<Peer>(output, JsonSerializerOptions.Web);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Console.WriteLine($"No comparison: {python}: {e.Message}");
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Customers as they are in a shop: few orders for most, money that grows with them, some long gone.</summary>
    private static FeatureMatrix Points(int rows)
    {
        var random = new Xoshiro256StarStar(1);
        double[][] columns = [.. Enumerable.Range(0, Features).Select(_ => new double[rows])];
        for (int i = 0; i < rows; i++)
        {
            double loyalty = random.NextDouble() * random.NextDouble();
            double orders = 1 + Math.Floor(12 * loyalty * loyalty / (1.05 - random.NextDouble()));
            columns[0][i] = DeterministicMath.Log(1 + Math.Ceiling(370 * random.NextDouble() * (1 - loyalty)));
            columns[1][i] = DeterministicMath.Log(1 + orders);
            columns[2][i] = DeterministicMath.Log(1 + (orders * (20 + (600 * random.NextDouble() * random.NextDouble()))));
        }

        FeatureMatrix raw = FeatureMatrix.FromColumns(columns);
        return StandardScaler.Fit(raw).Transform(raw);
    }

    private sealed record Peer(double Seconds, double[] Inertia);
}
