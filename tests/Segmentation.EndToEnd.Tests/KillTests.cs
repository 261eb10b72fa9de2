using System.Diagnostics;
using Segmentation.EndToEnd.Tests.Support;
using Segmentation.Numerics;

namespace Segmentation.EndToEnd.Tests;

/// <summary>A kill at any moment: readers see nothing or a whole result, and the next run is right.</summary>
public class KillTests
{
    private const int Kills = 20;

    // Runs differ in length by more than the rest of a busy machine leaves alone: half of the kills must meet a live run.
    private const int LeastKilled = Kills / 2;
    private const int Measurements = 3;
    private const ulong Seed = 20;

    [Fact]
    public async Task A_run_killed_at_any_moment_leaves_nothing_or_a_whole_result_and_the_next_run_is_right()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("shop.csv", ShopLine.Csv(Enumerable.Range(1, 10).SelectMany(seed => RandomShop.Lines((ulong)seed))));
        string[] arguments = ["run", file, "--out", "out", "--set", "selection.minCustomers=20", "--set", "selection.algorithms=k-means"];
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);

        // The shortest of several runs: of a run that took long by chance, late moments would be after the end of others.
        TimeSpan whole = TimeSpan.MaxValue;
        for (int i = 0; i < Measurements; i++)
        {
            long start = Stopwatch.GetTimestamp();
            (await CommandLine.StartAsync(folder.Path, environment, arguments)).Well();
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            whole = taken < whole ? taken : whole;
        }

        var result = new RunResult(folder["out"]);
        byte[] customers = result.Bytes("customers.csv");
        Directory.Delete(folder["out"], recursive: true);

        var random = new Xoshiro256StarStar(Seed);
        int killed = 0;
        for (int i = 0; i < Kills; i++)
        {
            // Every second time over the result of the run before, else over nothing.
            if (i % 2 == 0 && Directory.Exists(folder["out"]))
            {
                Directory.Delete(folder["out"], recursive: true);
            }

            TimeSpan moment = whole * ((i + random.NextDouble()) / Kills);
            killed += await CommandLine.KillAfterAsync(folder.Path, moment, arguments) ? 1 : 0;

            if (Directory.Exists(folder["out"]))
            {
                result.IsWhole();
            }

            await CommandLine.CallWellAsync(["run", file, "--out", folder["out"], .. arguments[4..]]);
            result.IsWhole();
            Assert.True(customers.AsSpan().SequenceEqual(result.Bytes("customers.csv")), $"customers.csv differs after kill {i} at {moment}.");
            Assert.Equal("out, shop.csv", RunResult.Entries(folder.Path));
        }

        Assert.InRange(killed, LeastKilled, Kills);
    }
}
