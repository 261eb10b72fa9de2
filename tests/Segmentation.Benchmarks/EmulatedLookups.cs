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

/// <summary>Lookups over HTTP from the local host on the storage emulator, each beside a read of the same row by nothing but HTTP.</summary>
internal static class EmulatedLookups
{
    private const int WarmUp = 2_000;
    private const int Lookups = 1_000;

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
        var ours = new List<double>(Lookups);
        var raw = new List<double>(Lookups);
        for (int i = 0; i < WarmUp + Lookups; i++)
        {
            (string id, string row) = rows[i % rows.Length];
            long start = Stopwatch.GetTimestamp();
            using (HttpResponseMessage response = await client.GetAsync($"/api/segments/{id}", cancellationToken))
            {
                await response.EnsureSuccessStatusCode().Content.CopyToAsync(Stream.Null, cancellationToken);
            }

            double ourTime = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            await tables.ReadAsync(row, cancellationToken);
            double rawTime = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (i >= WarmUp)
            {
                ours.Add(ourTime);
                raw.Add(rawTime);
            }
        }

        ours.Sort();
        raw.Sort();
        Console.WriteLine(FormattableString.Invariant(
            $"{Lookups:N0} lookups over HTTP: p50 {Median(ours):0.00} ms, p99 {ours[^(Lookups / 100)]:0.00} ms; raw reads: p50 {Median(raw):0.00} ms, p99 {raw[^(Lookups / 100)]:0.00} ms; ratio of the p50 {Median(ours) / Median(raw):0.00}"));
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

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];
}
