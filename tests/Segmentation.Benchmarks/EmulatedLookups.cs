using System.Diagnostics;
using System.Globalization;
using System.Net;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure;
using Segmentation.Storage.Azure.Segments;
using Segmentation.Storage.Azure.Tables;
using Segmentation.Testing;
using Segmentation.Testing.Emulator;

namespace Segmentation.Benchmarks;

/// <summary>Lookups on the storage emulator, by the API itself and over HTTP from the local host, each beside a read of the same row by nothing but HTTP.</summary>
internal static class EmulatedLookups
{
    // Both sides are compiled anew, with what was learnt of them, in the first seconds.
    private const int WarmUp = 5_000;
    private const int Lookups = 1_000;
    private const int Rounds = 5;

    private static string Application => Path.Combine(AppContext.BaseDirectory, "segmentation.dll");

    public static async Task MeasureAsync(AzuriteProcess emulator, int customers, CancellationToken cancellationToken)
    {
        string account = emulator.NewAccount();
        SegmentationStorage storage = AzureStorage.Open(account, TimeProvider.System);
        await UploadAsync(storage, customers, cancellationToken);
        using Process server = Start(
            account, "serve", "--storage", "azure", "--urls", "http://127.0.0.1:0", "--set", "selection.algorithms=none", "--set", "workflow.settleSeconds=0");
        try
        {
            server.BeginErrorReadLine();
            string url = await server.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The server ended.");
            await PublishedAsync(storage, cancellationToken);
            (string Id, string Row)[] rows = await RowsAsync(account, cancellationToken);
            await MeasureAsync(url, account, rows, cancellationToken);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task MeasureAsync(string url, string account, (string Id, string Row)[] rows, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri(url), DefaultRequestVersion = HttpVersion.Version11 };
        using var tables = new RawTables(account, 1);
        var api = new EmbeddedApi(AzureStorage.Open(account, TimeProvider.System), TimeProvider.System);
        Func<int, Task> read = i => tables.ReadAsync(rows[i % rows.Length].Row, cancellationToken);
        await CompareAsync("by the API, as a function calls it", i => api.LookUpAsync(rows[i % rows.Length].Id, cancellationToken), read);
        await CompareAsync("over HTTP from the local host", i => LookUpAsync(client, rows[i % rows.Length].Id, cancellationToken), read);
    }

    private static async Task CompareAsync(string how, Func<int, Task> look, Func<int, Task> read)
    {
        await RoundAsync(WarmUp, look, read);
        var ratios = new List<double>(Rounds);
        for (int i = 1; i <= Rounds; i++)
        {
            (double[] ours, double[] raw) = await RoundAsync(Lookups, look, read);
            double ratio = Median(ours) / Median(raw);
            ratios.Add(ratio);
            Console.WriteLine(FormattableString.Invariant(
                $"round {i}: {Lookups:N0} lookups {how}: p50 {Median(ours):0.00} ms, p99 {ours[^(Lookups / 100)]:0.00} ms; raw reads: p50 {Median(raw):0.00} ms, p99 {raw[^(Lookups / 100)]:0.00} ms; ratio of the p50 {ratio:0.00}"));
        }

        Console.WriteLine(FormattableString.Invariant($"lookups {how}: median ratio of {Rounds} rounds {Median([.. ratios.Order()]):0.00}"));
    }

    /// <summary>Lookups and raw reads of the same rows, so that what else the machine does meets both alike; the times of each in ascending order.</summary>
    private static async Task<(double[] Ours, double[] Raw)> RoundAsync(int count, Func<int, Task> look, Func<int, Task> read)
    {
        double[] ours = new double[count];
        double[] raw = new double[count];
        for (int i = 0; i < count; i++)
        {
            // Whoever reads a row second finds it in the emulator's caches.
            foreach (bool isRaw in (bool[])[i % 2 == 0, i % 2 != 0])
            {
                long start = Stopwatch.GetTimestamp();
                await (isRaw ? read(i) : look(i));
                (isRaw ? raw : ours)[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(ours);
        Array.Sort(raw);
        return (ours, raw);
    }

    private static async Task LookUpAsync(HttpClient client, string id, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await client.GetAsync($"/api/segments/{id}", cancellationToken);
        await response.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    private static async Task UploadAsync(SegmentationStorage storage, int customers, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        string file = folder["shop.csv"];
        string count = customers.ToString(CultureInfo.InvariantCulture);
        string rows = (customers * 4L).ToString(CultureInfo.InvariantCulture);
        using Process generate = Start(null, "generate", "--out", file, "--customers", count, "--rows", rows);
        generate.BeginErrorReadLine();
        await generate.WaitForExitAsync(cancellationToken);
        await using FileStream upload = File.OpenRead(file);
        await storage.Uploads.WriteAsync("shop.csv", (stream, token) => upload.CopyToAsync(stream, token), cancellationToken);
    }

    private static async Task PublishedAsync(SegmentationStorage storage, CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await storage.Segments.FindCurrentRunAsync(cancellationToken) is null)
        {
            await pause.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Customers in an order that no cache likes, each with the address of its row.</summary>
    private static async Task<(string Id, string Row)[]> RowsAsync(string account, CancellationToken cancellationToken)
    {
        TableClient table = new TableServiceClient(account, new TableClientOptions(TimeProvider.System)).GetTableClient("Segments");
        string endpoint = StorageConnection.Parse(account).Endpoint.AbsoluteUri.TrimEnd('/');
        var rows = new List<(string Id, string Row)>();
        await foreach (TableEntity row in table.QueryAsync("PartitionKey ge ''", SegmentRow.IdProperties, cancellationToken: cancellationToken))
        {
            rows.Add((SegmentRow.IdOf(row), $"{endpoint}/{table.Name}{TableClient.KeysOf(row.PartitionKey, row.RowKey)}"));
        }

        (string, string)[] all = [.. rows];
        new Random(1).Shuffle(all);
        return all;
    }

    private static Process Start(string? account, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Application, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (account is not null)
        {
            start.Environment[StorageSettings.Setting] = account;
        }

        return Process.Start(start)!;
    }

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];
}
