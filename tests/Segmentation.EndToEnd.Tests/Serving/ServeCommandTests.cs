using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests.Serving;

/// <summary>How a server starts, refuses to start, and ends.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_host_on_the_same_store_refuses_and_the_first_goes_on()
    {
        await using ServeProcess server = await ServeProcess.StartAsync(Data);

        (await CommandLine.CallAsync("serve", "--data", Data, "--urls", "http://127.0.0.1:0")).FailsWith(2, "another process works on the store");
        (await CommandLine.CallAsync("demo", "--no-serve", "--data", Data)).FailsWith(2, "another process works on the store");

        Assert.Equal("healthy", (await server.GetAsync("/api/health")).GetProperty("status").GetString());
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_wrong_usage_and_says_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        CommandResult serve = await CommandLine.CallAsync("serve", "--data", Data, "--urls", url);
        serve.FailsWith(2, url, "in use", "--urls");
        Assert.DoesNotContain("   at ", serve.Error, StringComparison.Ordinal);
        (await CommandLine.CallAsync("demo", "--data", Data, "--urls", url)).FailsWith(2, url);
        Assert.Equal("", RunResult.Entries(Path.Combine(Data, "uploads")));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "SEGMENTATION_API_KEY")]
    [InlineData("http://[::]:0", "SEGMENTATION_API_KEY")]
    [InlineData("http://shop.example:80", "names a host")]
    [InlineData("https://127.0.0.1:0", "certificate")]
    [InlineData("http://127.0.0.1:0/path", "no address")]
    [InlineData("7071", "no address")]
    [InlineData(" ", "is empty")]
    public async Task An_address_that_will_not_do_is_wrong_usage_and_leaves_nothing(string url, string expected)
    {
        (await CommandLine.CallAsync("serve", "--data", Data, "--urls", url)).FailsWith(2, "--urls", expected);
        Assert.False(Path.Exists(Data));
    }

    [Fact]
    public async Task A_store_that_is_a_file_is_wrong_usage()
    {
        string file = _folder.Write("data", "text");
        (await CommandLine.CallAsync("serve", "--data", file, "--urls", "http://127.0.0.1:0")).FailsWith(2, "--data", "is a file");
    }

    [Fact]
    public async Task Where_a_key_is_set_nobody_is_answered_without_it()
    {
        const string key = "0123456789abcdef";
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SEGMENTATION_API_KEY"] = key };
        await using ServeProcess server = await ServeProcess.StartAsync(["serve", "--data", Data, "--urls", "http://127.0.0.1:0"], environment);

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Get, "/api/runs")).Status);
        server.Client.DefaultRequestHeaders.Add("x-functions-key", "0123456789abcdeF");
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Post, "/api/runs")).Status);
        server.Client.DefaultRequestHeaders.Remove("x-functions-key");
        server.Client.DefaultRequestHeaders.Add("x-functions-key", key);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Get, "/api/runs")).Status);
        environment["SEGMENTATION_API_KEY"] = "short";
        (await CommandLine.StartAsync(_folder.Path, environment, "serve", "--data", _folder["other"])).FailsWith(2, "SEGMENTATION_API_KEY", "16");
    }

    [Fact]
    public async Task Pages_of_other_sites_can_neither_read_nor_change()
    {
        await using ServeProcess server = await ServeProcess.StartAsync(Data);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/api/runs") { Headers = { Host = "shop.example" } };
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/runs") { Headers = { { "Origin", "http://shop.example" } } };
        foreach (HttpRequestMessage request in (HttpRequestMessage[])[rebound, foreign])
        {
            using HttpResponseMessage response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task A_demo_ends_with_a_looked_up_customer_a_running_server_and_three_things_to_try()
    {
        (ServeProcess server, JsonElement lookedUp) = await ServeProcess.StartDemoAsync(Data);
        await using ServeProcess running = server;
        string customer = lookedUp.GetProperty("customerId").GetString()!;
        JsonElement answer = await server.GetAsync($"/api/segments/{customer}");
        Assert.Equal(customer, answer.GetProperty("customerId").GetString());
        Assert.Contains("<title>", (await server.SendAsync(HttpMethod.Get, "/")).Text, StringComparison.Ordinal);
        Assert.Contains("</html>", (await server.SendAsync(HttpMethod.Get, "/api/report")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task An_earlier_run_that_is_activated_stays_current_after_a_restart()
    {
        string first;
        JsonElement before;
        await using (ServeProcess server = await ServeProcess.StartAsync(Data))
        {
            DropFile("a.csv", ShopLine.Csv(RandomShop.Lines(1)));
            await server.WaitUntilDoneAsync("a.csv");
            first = (await server.GetAsync("/api/runs")).GetProperty("current").GetString()!;
            before = await server.GetAsync("/api/segments/12001");
            DropFile("b.csv", ShopLine.Csv(RandomShop.Lines(2)));
            await server.WaitUntilDoneAsync("b.csv");
            Assert.NotEqual(first, (await server.GetAsync("/api/segments/12001")).GetProperty("runId").GetString(), StringComparer.Ordinal);

            Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Post, $"/api/runs/{first}/activate")).Status);
            Assert.Equal(before.ToString(), (await server.GetAsync("/api/segments/12001")).ToString());
            Assert.Equal(0, await server.StopAsync());
        }

        await using ServeProcess again = await ServeProcess.StartAsync(Data);
        Assert.Equal(before.ToString(), (await again.GetAsync("/api/segments/12001")).ToString());
        Assert.Equal(first, (await again.GetAsync("/api/runs")).GetProperty("current").GetString());
        Assert.Equal(2, (await again.GetAsync("/api/runs")).GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task Other_options_than_those_of_the_last_run_make_a_new_one()
    {
        await using (ServeProcess server = await ServeProcess.StartAsync(Data))
        {
            DropFile("a.csv", ShopLine.Csv(RandomShop.Lines(1)));
            await server.WaitUntilDoneAsync("a.csv");
            await server.StopAsync();
        }

        await using ServeProcess again = await ServeProcess.StartAsync(Data, "--set", "cleaning.returns=ignore", "--lang", "ru");
        await again.WaitUntilDoneAsync("a.csv");
        JsonElement runs = (await again.GetAsync("/api/runs")).GetProperty("runs");
        Assert.Equal(["options", "uploads"], runs.EnumerateArray().Select(run => run.GetProperty("cause").GetString()!), StringComparer.Ordinal);
        Assert.Matches("[а-я]", (await again.GetAsync("/api/segments/12001")).GetProperty("strategy").GetString());
    }

    private void DropFile(string name, string text) => _folder.Write(Path.Combine("data", "uploads", name), text);
}
