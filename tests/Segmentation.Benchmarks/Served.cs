using System.Diagnostics;
using System.Net;

namespace Segmentation.Benchmarks;

/// <summary>A server as a process of its own, and how long it took to answer.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly Process _process;

    private Served(Process process, HttpClient client, double readySeconds)
    {
        _process = process;
        Client = client;
        ReadySeconds = readySeconds;
    }

    public HttpClient Client { get; }

    /// <summary>Seconds from the start of the process to the first answer.</summary>
    public double ReadySeconds { get; }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Starts a server and asks it for a customer, or only starts it.</summary>
    public static async Task<Served> StartAsync(string application, string data, string? customer, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo(
            application,
            ["serve", "--data", data, "--urls", "http://127.0.0.1:0", "--set", "selection.algorithms=none", "--set", "workflow.settleSeconds=0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        process.BeginErrorReadLine();
        string url = await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The server ended.");
        var client = new HttpClient { BaseAddress = new Uri(url), DefaultRequestVersion = HttpVersion.Version11 };
        if (customer is not null)
        {
            using HttpResponseMessage response = await client.GetAsync($"/api/segments/{customer}", cancellationToken);
            response.EnsureSuccessStatusCode();
        }

        return new Served(process, client, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
