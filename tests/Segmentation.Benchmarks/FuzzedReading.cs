using System.CommandLine;
using System.Diagnostics;
using Segmentation.Numerics;
using Segmentation.Testing.Forms;
using Segmentation.Testing.Fuzzing;

namespace Segmentation.Benchmarks;

/// <summary>Damages real files for some minutes and runs the product over them: no crash, no hang, and rows always add up.</summary>
internal static class FuzzedReading
{
    private const int LongestSeconds = 20;
    private const int MostBytes = 200_000;

    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 5 };
        var seed = new Option<ulong?>("--seed") { Description = "The seed; printed where it is not given." };
        var files = new Option<string>("--files") { Description = "A folder of files to damage, beside forms of a small shop.", DefaultValueFactory = _ => "../shared/data" };
        var command = new Command("fuzz", "Runs over damaged files.") { minutes, seed, files };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(minutes), parsed.GetValue(seed) ?? (ulong)DateTime.UtcNow.Ticks, parsed.GetValue(files)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(double minutes, ulong seed, string folder, CancellationToken cancellationToken)
    {
        List<byte[]> corpus = [.. ShopForms.All.Select(form => form.Write(FormLine.Shop))];
        if (Directory.Exists(folder))
        {
            corpus.AddRange(Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Head));
        }

        Console.WriteLine($"seed {seed}, {corpus.Count} files");
        long start = Stopwatch.GetTimestamp();
        long slowest = 0;
        ulong round = 0;
        int faults = 0;
        for (; Stopwatch.GetElapsedTime(start).TotalMinutes < minutes; round++)
        {
            var random = new Xoshiro256StarStar(seed + round);
            var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            for (int i = 0; i <= random.NextInt32(2); i++)
            {
                files[$"{i}.csv"] = FileMutations.Damage(corpus[random.NextInt32(corpus.Count)], corpus, random);
            }

            long before = Stopwatch.GetTimestamp();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(LongestSeconds));
            string? fault;
            try
            {
                fault = await FuzzedRun.CheckAsync(files, limit.Token);
            }
            catch (Exception crash) when (!cancellationToken.IsCancellationRequested)
            {
                fault = crash.ToString();
            }

            slowest = Math.Max(slowest, (long)Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            if (fault is not null)
            {
                faults++;
                string kept = Path.Combine(Path.GetTempPath(), $"segmentation-fuzz-{seed + round}");
                Directory.CreateDirectory(kept);
                foreach ((string name, byte[] bytes) in files)
                {
                    await File.WriteAllBytesAsync(Path.Combine(kept, name), bytes, cancellationToken);
                }

                Console.WriteLine($"seed {seed + round}: {fault}\n  the files are in {kept}");
            }
        }

        Console.WriteLine($"{round} runs, {faults} faults, the slowest took {slowest} ms, {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000} MB at most");
        return faults == 0 ? 0 : 1;
    }

    private static byte[] Head(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return bytes.Length > MostBytes && !path.EndsWith(".gz", StringComparison.Ordinal) ? bytes[..MostBytes] : bytes;
    }
}
