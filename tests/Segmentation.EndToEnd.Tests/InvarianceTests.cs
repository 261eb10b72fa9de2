using System.IO.Compression;
using System.Text;
using Segmentation.EndToEnd.Tests.Golden;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests;

/// <summary>The same rows give the same bytes, however they are packed and wherever they are worked on.</summary>
public sealed class InvarianceTests(InvarianceTests.GeneratedShop shop, OnlineRetailRuns runs) : IClassFixture<InvarianceTests.GeneratedShop>
{
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    [Fact]
    public async Task Files_with_other_names_in_another_order_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        string[] parts = shop.Cut(folder, 5);
        string[] renamed = [.. parts.Select((part, i) =>
        {
            string name = folder[$"{(char)('z' - i)}-part.csv"];
            File.Copy(part, name);
            return name;
        })];

        RunResult result = await Segment.RunAsync(folder, "out", renamed.Reverse());

        result.IsSameAs(shop.Result, "the files have other names");
    }

    [Fact]
    public async Task Files_cut_between_invoices_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();

        RunResult result = await Segment.RunAsync(folder, "out", shop.Cut(folder, 13));

        result.IsSameAs(shop.Result, "the file is cut in 13");
        result.AddsUp();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("7")]
    [InlineData("64")]
    public async Task Any_number_of_shards_gives_the_same_bytes(string shards)
    {
        using var folder = new TemporaryFolder();

        RunResult result = await Segment.RunAsync(folder, "out", [shop.File], "--set", $"workflow.shards={shards}");

        result.IsSameAs(shop.Result, $"{shards} shards");
        Assert.Equal(shop.Result.Bytes("ledger.json"), result.Bytes("ledger.json"));
        Assert.Equal(shop.Result.Bytes("rejects.csv"), result.Bytes("rejects.csv"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Any_number_of_threads_gives_the_same_bytes(string threads)
    {
        using var folder = new TemporaryFolder();

        RunResult result = await Segment.RunAsync(folder, "out", [shop.File], "--set", $"workflow.threads={threads}");

        result.IsSameAs(shop.Result, $"{threads} threads");
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512=0")]
    [InlineData("DOTNET_EnableAVX2=0")]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    [InlineData("LANG=de_DE.UTF-8")]
    public async Task Any_machine_gives_the_same_bytes(string variable)
    {
        using var folder = new TemporaryFolder();
        string[] parts = variable.Split('=');
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { [parts[0]] = parts[1] };

        (await CommandLine.StartAsync(folder.Path, environment, "run", shop.File, "--out", "out")).Well();

        new RunResult(folder["out"]).IsSameAs(shop.Result, variable);
    }

    [Fact]
    public async Task Another_process_gives_the_same_bytes_in_a_relative_folder()
    {
        using var folder = new TemporaryFolder();
        File.Copy(shop.File, folder["shop.csv"]);

        (await CommandLine.StartAsync(folder.Path, NoVariables, "run", ".")).Well();

        var result = new RunResult(folder["out"]);
        result.IsSameAs(shop.Result, "another process");
        result.IsWhole();
    }

    [SharedFact]
    public async Task A_year_without_vectors_of_256_bits_on_one_thread_in_7_shards_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_EnableAVX2"] = "0" };

        (await CommandLine.StartAsync(folder.Path, environment, [
            "run", .. OnlineRetailRuns.Months.Reverse(), "--out", "out", "--set", "cleaning.returns=ignore",
            "--set", "workflow.threads=1", "--set", "workflow.shards=7",
        ])).Well();

        new RunResult(folder["out"]).IsSameAs(await runs.FullAsync(), "no AVX2, one thread, 7 shards");
    }

    [SharedFact]
    public async Task A_year_in_one_file_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        string all = folder["all.csv"];
        await using (var writer = new StreamWriter(all, append: false, new UTF8Encoding(false)))
        {
            foreach (string month in OnlineRetailRuns.Months.Reverse())
            {
                using var reader = new StreamReader(new GZipStream(File.OpenRead(month), CompressionMode.Decompress));
                string header = (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!;
                if (writer.BaseStream.Position == 0)
                {
                    await writer.WriteLineAsync(header);
                    await writer.FlushAsync(TestContext.Current.CancellationToken);
                }

                await writer.WriteAsync(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
            }
        }

        RunResult result = await Segment.RunAsync(folder, "out", [all], "--set", "cleaning.returns=ignore");

        result.IsSameAs(await runs.FullAsync(), "all months are one file");
    }

    /// <summary>A generated shop, and the results of a plain run over it.</summary>
    public sealed class GeneratedShop : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        internal string File => _folder["shop.csv"];

        internal RunResult Result { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await CommandLine.CallWellAsync("generate", "--out", File, "--customers", "300", "--seed", "1");
            Result = await Segment.RunAsync(_folder, "out", [File]);
            Assert.Equal("k-means", Result.Selection.GetProperty("chosen").GetProperty("algorithm").GetString());
            Assert.NotEqual(0, Result.Total.GetProperty("merged").GetInt64());
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>The file in parts, none of which ends within an invoice.</summary>
        internal string[] Cut(TemporaryFolder folder, int parts)
        {
            string[] lines = System.IO.File.ReadAllLines(File);
            var texts = Enumerable.Range(0, parts).Select(_ => new StringBuilder(lines[0]).Append('\n')).ToArray();
            int part = 0;
            for (int i = 1; i < lines.Length; i++)
            {
                bool startsInvoice = InvoiceOf(lines[i]) != InvoiceOf(lines[i - 1]);
                if (startsInvoice && part < (long)i * parts / lines.Length)
                {
                    part++;
                }

                texts[part].Append(lines[i]).Append('\n');
            }

            return [.. texts.Select((text, i) => folder.Write($"part-{i:00}.csv", text.ToString()))];
        }

        private static string InvoiceOf(string line) => line[..line.IndexOf(',', StringComparison.Ordinal)];
    }
}
