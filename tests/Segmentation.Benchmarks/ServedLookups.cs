using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace Segmentation.Benchmarks;

/// <summary>How soon a server over many customers is ready, and how long a lookup and a batch of them take over HTTP.</summary>
internal static class ServedLookups
{
    private const int WarmUp = 2_000;
    private const int Singles = 20_000;
    private const int Batches = 300;
    private const int BatchSize = 1_000;
    private const int Starts = 5;

    public static Command Create()
    {
        var application = new Argument<string>("APPLICATION") { Description = "The published segmentation program." };
        var customers = new Option<int>("--customers") { Description = "Customers of the synthetic store.", DefaultValueFactory = _ => 1_000_000 };
        var command = new Command("lookups", "Ready time and latencies of a server over a synthetic store.") { application, customers };
        command.SetAction((parsed, cancellationToken) =>
            MeasureAsync(Path.GetFullPath(parsed.GetValue(application)!), parsed.GetValue(customers), cancellationToken));
        return command;
    }

    private static async Task<int> MeasureAsync(string application, int customers, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("segmentation-lookups-").FullName;
        try
        {
            string data = Path.Combine(folder, "data");
            string[] ids = await MakeAsync(application, data, customers, cancellationToken);
            Console.WriteLine(FormattableString.Invariant($"{ids.Length:N0} customers, {Environment.ProcessorCount} processors"));

            var ready = new List<double>();
            for (int i = 1; i < Starts; i++)
            {
                await using Served once = await Served.StartAsync(application, data, ids[0], cancellationToken);
                ready.Add(once.ReadySeconds);
            }

            await using Served server = await Served.StartAsync(application, data, ids[0], cancellationToken);
            ready.Add(server.ReadySeconds);
            Print("from start to the first answer", "s", ready);
            await MeasureAsync(server.Client, ids, cancellationToken);
            Console.WriteLine(FormattableString.Invariant($"resident memory of the server: {server.ResidentMegabytes:N0} MB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task<string[]> MakeAsync(string application, string data, int customers, CancellationToken cancellationToken)
    {
        string upload = Path.Combine(data, "uploads", "shop.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(upload)!);
        string count = customers.ToString(CultureInfo.InvariantCulture);
        string rows = (customers * 4L).ToString(CultureInfo.InvariantCulture);
        using (Process generate = Process.Start(application, ["generate", "--out", upload, "--customers", count, "--rows", rows]))
        {
            await generate.WaitForExitAsync(cancellationToken);
        }

        // Without clusters: the rows of lookups are as many and as large, and are there sooner.
        await using Served server = await Served.StartAsync(application, data, customer: null, cancellationToken);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        string[] reports;
        do
        {
            await pause.WaitForNextTickAsync(cancellationToken);
            reports = Directory.Exists(Path.Combine(data, "runs")) ? Directory.GetFiles(Path.Combine(data, "runs"), "customers.csv", SearchOption.AllDirectories) : [];
        }
        while (reports.Length == 0 || !File.Exists(Path.Combine(data, "tables", "current.json")));

        string[] ids = [.. File.ReadLines(reports[0]).Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)])];
        new Random(1).Shuffle(ids);
        return ids;
    }

    private static async Task MeasureAsync(HttpClient client, string[] ids, CancellationToken cancellationToken)
    {
        var times = new List<double>(Singles);
        for (int i = 0; i < WarmUp + Singles; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using (HttpResponseMessage response = await client.GetAsync($"/api/segments/{ids[i % ids.Length]}", cancellationToken))
            {
                await response.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null, cancellationToken);
            }

            if (i >= WarmUp)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        Print("one lookup", "ms", times);
        times.Clear();
        for (int i = 0; i < Batches; i++)
        {
            string[] batch = [.. Enumerable.Range(0, BatchSize).Select(j => ids[((i * BatchSize) + j) % ids.Length])];
            long start = Stopwatch.GetTimestamp();
            using (HttpResponseMessage response = await client.PostAsJsonAsync("/api/segments/lookup", new { customerIds = batch }, cancellationToken))
            {
                await response.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null, cancellationToken);
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Print($"a batch of {BatchSize}", "ms", times);
    }

    private static void Print(string what, string unit, List<double> times)
    {
        times.Sort();
        Console.WriteLine(FormattableString.Invariant(
            $"{what}: p50 {times[times.Count / 2]:0.###} {unit}, p99 {times[(int)(times.Count * 0.99)]:0.###} {unit}, of {times.Count:N0}"));
    }
}
