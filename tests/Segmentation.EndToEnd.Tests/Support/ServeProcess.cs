using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Segmentation.EndToEnd.Tests.Support;

/// <summary>A server as a process of its own, on a free port.</summary>
internal sealed partial class ServeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly StringBuilder _error;
    private readonly Task<string> _output;

    private ServeProcess(Process process, string url, Task<string> output, StringBuilder error)
    {
        _process = process;
        _output = output;
        _error = error;
        Client = new HttpClient { BaseAddress = new Uri(url), Timeout = Patience };
    }

    /// <summary>Asks it.</summary>
    public HttpClient Client { get; }

    /// <summary>What it said on standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts a server that does not wait for uploads to settle, and waits until it listens.</summary>
    public static Task<ServeProcess> StartAsync(string data, params string[] arguments) =>
        StartAsync(["serve", "--data", data, "--urls", "http://127.0.0.1:0", "--set", "workflow.settleSeconds=0", "--set", "workflow.activate=always", .. arguments], environment: null);

    /// <summary>Starts a command line that serves, and waits until it listens.</summary>
    public static async Task<ServeProcess> StartAsync(string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        Process process = CommandLine.Start(AppContext.BaseDirectory, environment ?? new Dictionary<string, string>(StringComparer.Ordinal), arguments);
        var error = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (error)
            {
                error.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        string? url = await process.StandardOutput.ReadLineAsync(Token);
        if (url is null)
        {
            await process.WaitForExitAsync(Token);
            throw new InvalidOperationException($"The server did not start: {error}");
        }

        return new ServeProcess(process, url, process.StandardOutput.ReadToEndAsync(Token), error);
    }

    /// <summary>Starts a demo that serves, and waits until it says what to try.</summary>
    /// <returns>The server, and the customer that was looked up.</returns>
    public static async Task<(ServeProcess Server, JsonElement Customer)> StartDemoAsync(string data)
    {
        Process process = CommandLine.Start(
            AppContext.BaseDirectory, new Dictionary<string, string>(StringComparer.Ordinal),
            ["demo", "--customers", "80", "--data", data, "--urls", "http://127.0.0.1:0"]);
        var error = new StringBuilder();
        var url = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (error)
            {
                error.AppendLine(line.Data);
            }

            if (Served().Match(line.Data ?? "") is { Success: true } served)
            {
                url.TrySetResult(served.Groups["url"].Value);
            }
        };
        process.BeginErrorReadLine();
        var json = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            json.AppendLine(line);
            if (line == "}")
            {
                string served = await url.Task.WaitAsync(Patience, Token);
                return (new ServeProcess(process, served, process.StandardOutput.ReadToEndAsync(Token), error), JsonElement.Parse(json.ToString()));
            }
        }

        throw new InvalidOperationException($"The demo ended: {error}");
    }

    /// <summary>Kills it, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(Token);
    }

    /// <summary>Asks it to end, as <c>kill</c> and service managers do.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
        await _process.WaitForExitAsync(Token);
        await _output;
        return _process.ExitCode;
    }

    /// <summary>A document.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path, Token);
        string text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {(int)response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>The answers to a lookup of several customers.</summary>
    public async Task<JsonElement> LookUpAsync(IEnumerable<string> ids)
    {
        using HttpResponseMessage response = await Client.PostAsJsonAsync("/api/segments/lookup", new { customerIds = ids }, Token);
        string text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"lookup: {(int)response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>Sends a request without a body.</summary>
    public async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using HttpResponseMessage response = await Client.SendAsync(request, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Waits until every upload of these names was cleaned, or found unusable, and no run goes on or waits.</summary>
    public Task WaitUntilDoneAsync(params string[] uploads) => WaitUntilAsync(async () =>
    {
        string[] known = [.. (await GetAsync("/api/uploads")).GetProperty("uploads").EnumerateArray().Select(upload => upload.GetProperty("name").GetString()!)];
        JsonElement health = await GetAsync("/api/health");
        bool isIdle = health.GetProperty("running").ValueKind == JsonValueKind.Null && health.GetProperty("waiting").ValueKind == JsonValueKind.Null;
        return isIdle && uploads.All(known.Contains);
    });

    /// <summary>Asks until something has come true.</summary>
    public async Task WaitUntilAsync(Func<Task<bool>> isTrue)
    {
        long start = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(Pause);
        while (!await isTrue())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"It does not come true: {Error}");
            await pause.WaitForNextTickAsync(Token);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    [GeneratedRegex("served at (?<url>http://[0-9.:]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Served();
}
