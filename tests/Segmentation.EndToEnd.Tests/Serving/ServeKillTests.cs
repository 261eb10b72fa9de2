using System.Globalization;
using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;
using Segmentation.Numerics;

namespace Segmentation.EndToEnd.Tests.Serving;

/// <summary>A server that is killed while files arrive loses nothing and counts nothing twice.</summary>
/// <remarks>More kills than the few of every day: set the variable of <see cref="KillsVariable" />, as <c>tests/kill-serve.sh</c> does.</remarks>
public sealed class ServeKillTests : IDisposable
{
    private const string KillsVariable = "SEGMENTATION_TEST_KILLS";
    private const int UsualKills = 5;
    private const int Files = 6;
    private const ulong Seed = 40;

    // The longest a kill waits for: a start, some runs.
    private const double MostSeconds = 4;
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);
    private static readonly string[] Options = ["--set", "selection.minCustomers=20", "--set", "selection.maxClusters=4", "--set", "selection.starts=5"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable(KillsVariable), CultureInfo.InvariantCulture, out int kills) ? kills : UsualKills;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_at_random_moments_while_files_arrive_it_ends_as_a_clean_run_does()
    {
        var random = new Xoshiro256StarStar(Seed);
        string uploads = _folder[Path.Combine("data", "uploads")];
        (string Name, string Text)[] files =
        [
            .. Enumerable.Range(1, Math.Max(Files, Kills)).Select(i => ($"{i:D3}.csv", ShopLine.Csv(Unique(RandomShop.Lines((ulong)i), i)))),
        ];
        Directory.CreateDirectory(uploads);
        int dropped = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            await using ServeProcess server = await ServeProcess.StartAsync(_folder["data"], Options);
            using var alarm = new CancellationTokenSource(TimeSpan.FromSeconds(random.NextDouble() * MostSeconds));
            int until = (kill + 1) * files.Length / Kills;
            Task moment = WaitForAsync(alarm.Token);
            for (; dropped < until; dropped++)
            {
                (string name, string text) = files[dropped];
                await File.WriteAllTextAsync(Path.Combine(uploads, name), text, Token);
            }

            await moment;
            await server.KillAsync();
        }

        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        await using ServeProcess last = await ServeProcess.StartAsync(_folder["data"], Options);
        JsonElement health = await last.GetAsync("/api/health");
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < ReadyWithin, $"It was not ready in time: {health}");
        await last.WaitUntilDoneAsync([.. files.Select(file => file.Name)]);

        string source = Path.Combine(_folder.Path, "source");
        foreach ((string name, string text) in files)
        {
            _folder.Write(Path.Combine("source", name), text);
        }

        RunResult clean = await Segment.RunAsync(_folder, "out", [source], Options);
        JsonElement answers = await last.LookUpAsync(clean.Customers.Select(row => row["customer_id"]));
        string current = answers.GetProperty("found")[0].GetProperty("runId").GetString()!;
        var served = new RunResult(_folder[Path.Combine("data", "runs", current, "results")]);
        served.IsSameButForClusterIds(clean, "served through kills");
        served.IsWhole();
        served.AddsUp();
        Assert.Equal(clean.Total.ToString(), served.Total.ToString());
        Assert.Equal(clean.Customers.Count, answers.GetProperty("found").GetArrayLength());
        Assert.Equal(0, await last.StopAsync());
    }

    // Invoices of one file alone, so that nothing depends on the order in which files arrive.
    private static IEnumerable<ShopLine> Unique(IEnumerable<ShopLine> lines, int file) =>
        lines.Select(line => line with { Invoice = line.IsReturn ? $"C{file}{line.Invoice[1..]}" : $"{file}{line.Invoice}" });

    private static async Task WaitForAsync(CancellationToken moment)
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = moment.Register(passed.SetResult);
        await passed.Task;
    }
}
