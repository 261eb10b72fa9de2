using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests.Serving;

/// <summary>Odd things in a store stop neither answers nor runs, and somebody learns of them.</summary>
public sealed class OddStoreTests : IDisposable
{
    private const string Known = "12002";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    private string Uploads => _folder[Path.Combine("data", "uploads")];

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            // A file whose name is no text cannot be named here.
            using Process remove = Process.Start("rm", ["-rf", Data]);
            remove.WaitForExit();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Pipes_names_that_are_no_text_and_very_long_names_are_named_as_unusable_and_the_rest_is_run()
    {
        Directory.CreateDirectory(Uploads);
        var odd = new List<string> { new string('x', 200) + ".csv" };
        _folder.Write(Path.Combine("data", "uploads", odd[0]), "no table");
        if (!OperatingSystem.IsWindows())
        {
            odd.AddRange(["pipe.csv", "r\uFFFDsum\uFFFD.csv", new string('x', 251) + ".csv"]);
            await ShellAsync($"mkfifo pipe.csv && printf 'no table' > \"$(printf 'r\\351sum\\351.csv')\" && printf 'no table' > {odd[^1]}");
        }

        Drop("good.csv", RandomShop.Lines(1));
        await using ServeProcess server = await ServeProcess.StartAsync(Data);
        await server.WaitUntilDoneAsync(["good.csv", .. odd]);

        await server.GetAsync($"/api/segments/{Known}");
        JsonElement uploads = (await server.GetAsync("/api/uploads")).GetProperty("uploads");
        Assert.Equal(odd.Count, uploads.EnumerateArray().Count(upload => upload.GetProperty("status").GetString() == "unusable"));
        JsonElement health = await server.GetAsync("/api/health");
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task A_folder_may_have_the_name_that_an_upload_had()
    {
        await using ServeProcess server = await ServeProcess.StartAsync(Data);
        Drop("a.csv", RandomShop.Lines(1));
        await server.WaitUntilDoneAsync("a.csv");
        File.Delete(Path.Combine(Uploads, "a.csv"));
        Directory.CreateDirectory(Path.Combine(Uploads, "a.csv"));
        Drop("a.csv/b.csv", RandomShop.Lines(2));
        await server.WaitUntilDoneAsync("a.csv", "a.csv/b.csv");

        string run = (await server.GetAsync($"/api/segments/{Known}")).GetProperty("runId").GetString()!;
        var result = new RunResult(Path.Combine(Data, "runs", run, "results"));
        result.IsWhole();
        result.AddsUp();
        Assert.Equal(2, result.Ledger.GetProperty("uploads").GetArrayLength());
    }

    [Fact]
    public async Task A_damaged_row_of_a_run_stops_runs_until_it_is_mended_and_no_answers()
    {
        Drop("a.csv", RandomShop.Lines(1));
        await using (ServeProcess before = await ServeProcess.StartAsync(Data))
        {
            await before.WaitUntilDoneAsync("a.csv");
            await before.KillAsync();
        }

        string damaged = Path.Combine(Data, "tables", "runs", "20200101-000000-000.json");
        await File.WriteAllTextAsync(damaged, "", Token);
        await using ServeProcess server = await ServeProcess.StartAsync(Data);
        await server.GetAsync($"/api/segments/{Known}");
        (HttpStatusCode status, string health) = await server.SendAsync(HttpMethod.Get, "/api/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("unhealthy", health, StringComparison.Ordinal);
        Drop("b.csv", RandomShop.Lines(2));
        await server.WaitUntilAsync(async () => (await server.SendAsync(HttpMethod.Get, "/api/health")).Text.Contains("20200101-000000-000", StringComparison.Ordinal));

        File.Delete(damaged);
        await server.WaitUntilDoneAsync("a.csv", "b.csv");
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task An_erasure_goes_on_when_its_caller_has_gone()
    {
        await using ServeProcess server = await ServeProcess.StartAsync(Data);
        Drop("a.csv", RandomShop.Lines(1));
        await server.WaitUntilDoneAsync("a.csv");
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port, Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"DELETE /api/customers/{Known} HTTP/1.1\r\nHost: localhost\r\n\r\n"), Token);
            await server.WaitUntilAsync(() => Task.FromResult(Directory.Exists(Path.Combine(Data, "clean", "erased"))));
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        await server.WaitUntilAsync(async () => (await server.SendAsync(HttpMethod.Get, $"/api/customers/{Known}/data")).Status == HttpStatusCode.NotFound);
        await server.WaitUntilAsync(async () =>
            (await server.GetAsync("/api/runs")).GetProperty("runs")[0].GetProperty("cause").GetString() == "erasure");
        await server.WaitUntilDoneAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Get, $"/api/segments/{Known}")).Status);
    }

    private void Drop(string name, IEnumerable<ShopLine> lines) => _folder.Write(Path.Combine("data", "uploads", name), ShopLine.Csv(lines));

    private async Task ShellAsync(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = Uploads })!;
        await shell.WaitForExitAsync(Token);
        Assert.Equal(0, shell.ExitCode);
    }
}
