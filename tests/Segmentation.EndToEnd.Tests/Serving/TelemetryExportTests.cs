using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests.Serving;

/// <summary>Traces and metrics reach a collector by OTLP.</summary>
public sealed class TelemetryExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_collector_gets_every_step_of_a_run_with_its_figures_and_no_customer()
    {
        using var collector = new Collector();
        _folder.Write(Path.Combine("data", "uploads", "a.csv"), ShopLine.Csv(RandomShop.Lines(1)));
        await using (ServeProcess server = await ServeProcess.StartAsync(
            [
                "serve", "--data", _folder["data"], "--urls", "http://127.0.0.1:0", "--set", "workflow.settleSeconds=0", "--set", "selection.minCustomers=20",
                "--set", "selection.maxClusters=4", "--set", "selection.starts=5",
            ],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_SERVICE_NAME"] = "our-shop",
            }))
        {
            await server.WaitUntilDoneAsync("a.csv");
            await server.GetAsync("/api/segments/12001");
            Assert.Equal(0, await server.StopAsync());
        }

        // What was not sent before is sent at the end.
        string traces = collector.Text("/v1/traces");
        string metrics = collector.Text("/v1/metrics");
        Assert.All(
            (string[])["our-shop", "PlanRun", "CleanUpload", "AggregateShard", "FitCandidate", "PublishShard", "segmentation.run.id", "segmentation.upload.id"],
            part => Assert.Contains(part, traces, StringComparison.Ordinal));
        Assert.All(
            (string[])
            [
                "our-shop", "segmentation.step.duration", "segmentation.request.duration", "segmentation.rows", "segmentation.uploads", "segmentation.run.rows",
                "segmentation.run.customers", "segmentation.run.clusters",
            ],
            part => Assert.Contains(part, metrics, StringComparison.Ordinal));
        Assert.DoesNotContain("12001", traces + metrics, StringComparison.Ordinal);
    }

    /// <summary>Takes what is sent to it and says that all is well.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
        private readonly HttpListener _listener = new();

        public Collector()
        {
            using (var port = new TcpListener(IPAddress.Loopback, 0))
            {
                port.Start();
                Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}");
            }

            _listener.Prefixes.Add(Address + "/");
            _listener.Start();
            _ = ListenAsync();
        }

        public string Address { get; }

        // Texts are plain within the bytes of protobuf.
        public string Text(string path) => string.Concat(
            _received.Where(one => one.Path == path).Select(one => Encoding.UTF8.GetString(one.Body)));

        public void Dispose() => _listener.Close();

        private async Task ListenAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _received.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
                context.Response.StatusCode = 200;
                context.Response.Close();
            }
        }
    }
}
