using Segmentation.Numerics;
using Segmentation.Testing.Forms;
using Segmentation.Testing.Fuzzing;

namespace Segmentation.Core.Tests.Transactions;

/// <summary>Damaged files; the benchmarks do the same for minutes: <c>fuzz --minutes 5</c>.</summary>
public class FuzzTests
{
    private const ulong Seed = 20_261_122;
    private const int Runs = 250;

    [Fact]
    public async Task Damaged_files_never_crash_a_run_and_their_rows_add_up()
    {
        List<byte[]> corpus = [.. ShopForms.All.Select(static form => form.Write(FormLine.Shop))];
        if (Repository.HasShared)
        {
            corpus.AddRange(Directory.GetFiles(Path.Combine(Repository.Shared, "data"), "*.*", SearchOption.AllDirectories)
                .Where(static file => !file.EndsWith(".gz", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(static file => File.ReadAllBytes(file)[..(int)Math.Min(new FileInfo(file).Length, 20_000)]));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        for (ulong round = 0; round < Runs; round++)
        {
            var random = new Xoshiro256StarStar(Seed + round);
            var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            for (int i = 0; i <= random.NextInt32(2); i++)
            {
                files[$"{i}.csv"] = FileMutations.Damage(corpus[random.NextInt32(corpus.Count)], corpus, random);
            }

            string? fault = await FuzzedRun.CheckAsync(files, TestContext.Current.CancellationToken);

            Assert.True(fault is null, $"seed {Seed + round}: {fault}");
        }
    }
}
