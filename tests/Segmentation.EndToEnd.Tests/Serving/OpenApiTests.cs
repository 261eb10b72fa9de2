using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests.Serving;

/// <summary>The server answers what its OpenAPI document says, on every route, well or badly asked.</summary>
public sealed class OpenApiTests : IDisposable
{
    private static readonly string[] Methods = ["get", "post", "delete"];
    private static readonly string[] BadBodies = ["{", "[]", "{}", "null", """{"customerIds":[1]}""", """{"transactions":[{}]}"""];
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_route_answers_as_declared_before_and_after_the_first_run()
    {
        string data = _folder["data"];
        await using ServeProcess server = await ServeProcess.StartAsync(data);
        string text = await server.Client.GetStringAsync("/api/openapi.json", Token);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "openapi.json"), Token), text);
        JsonElement document = JsonElement.Parse(text);
        await AskAllAsync(server, document, "get", "20200101-000000-000", "0123456789abcdef01234567");

        _folder.Write(Path.Combine("data", "uploads", "a.csv"), ShopLine.Csv(RandomShop.Lines(1)));
        await server.WaitUntilDoneAsync("a.csv");
        string run = (await server.GetAsync("/api/runs")).GetProperty("current").GetString()!;
        string upload = (await server.GetAsync("/api/uploads")).GetProperty("uploads")[0].GetProperty("id").GetString()!;
        int asked = 0;
        foreach (string method in Methods)
        {
            asked += await AskAllAsync(server, document, method, run, upload);
        }

        Assert.True(asked > 40, $"Only {asked} requests were made.");
        Assert.Equal(0, await server.StopAsync());
    }

    private static async Task<int> AskAllAsync(ServeProcess server, JsonElement document, string method, string run, string upload)
    {
        int asked = 0;
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            if (!path.Value.TryGetProperty(method, out JsonElement operation))
            {
                continue;
            }

            string[] ids = !path.Name.Contains('{', StringComparison.Ordinal) ? [""]
                : path.Name.Contains("{customerId}", StringComparison.Ordinal) ? ["12002", "nobody", "%20", "a%2Fb", "%FF"]
                : [path.Name.Contains("/runs/", StringComparison.Ordinal) ? run : upload, "nothing"];
            foreach (string id in ids)
            {
                int brace = path.Name.IndexOf('{', StringComparison.Ordinal);
                string target = brace < 0 ? path.Name : path.Name[..brace] + id + path.Name[(path.Name.IndexOf('}', StringComparison.Ordinal) + 1)..];
                string?[] bodies = operation.TryGetProperty("requestBody", out JsonElement body)
                    ? [.. Examples(body.GetProperty("content").GetProperty("application/json")), .. BadBodies]
                    : [null];
                foreach (string? sent in bodies)
                {
                    await AskAsync(server, document, operation, method, target, sent);
                    asked++;
                }
            }
        }

        return asked;
    }

    private static IEnumerable<string> Examples(JsonElement content)
    {
        if (content.TryGetProperty("example", out JsonElement one))
        {
            yield return one.GetRawText();
        }

        if (content.TryGetProperty("examples", out JsonElement many))
        {
            foreach (JsonProperty example in many.EnumerateObject())
            {
                yield return example.Value.GetProperty("value").GetRawText();
            }
        }
    }

    private static async Task AskAsync(
        ServeProcess server, JsonElement document, JsonElement operation, string method, string target, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), new Uri(server.Client.BaseAddress!, target));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await server.Client.SendAsync(request, Token);
        string text = await response.Content.ReadAsStringAsync(Token);
        string place = $"{method} {target} {body}: {(int)response.StatusCode} {text[..Math.Min(300, text.Length)]}";
        string status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        Assert.True(operation.GetProperty("responses").TryGetProperty(status, out JsonElement declared), place);
        string? mediaType = response.Content.Headers.ContentType?.MediaType;
        if (!declared.TryGetProperty("content", out JsonElement content))
        {
            Assert.True(text.Length == 0, place);
            return;
        }

        Assert.True(mediaType is not null && content.TryGetProperty(mediaType, out _), $"{place} as {mediaType}");
        if (mediaType!.EndsWith("json", StringComparison.Ordinal) && target != "/api/openapi.json")
        {
            IReadOnlyList<string> faults = new JsonSchemaCheck(document).Faults(content.GetProperty(mediaType).GetProperty("schema"), JsonElement.Parse(text));
            Assert.True(faults.Count == 0, $"{place}\n{string.Join('\n', faults)}");
        }
    }
}
