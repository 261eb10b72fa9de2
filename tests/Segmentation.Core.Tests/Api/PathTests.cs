using System.Text;
using Segmentation.Core.Api;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Api;

public sealed class PathTests
{
    private static readonly string[] NastyIds =
    [
        "1", "00017", "a,b", "a/b", "/", "//", "a//b", "#", "?", "?a=b&c", "'", "\\", "..", ".", "%", "%2F", "%252F", "%zz", "+", "a+b", "=1+1", "Zoë", "клиент", "客", "😀", "𝔸",
        "\uFFFD", "a\u0001b", "a b", "current", "lookup", "data", "activate", "{customerId}", ";", ":", "@", "~", new string('ы', 300), new string('y', 64 << 10),
    ];

    [Fact]
    public async Task Ids_of_any_letters_arrive_as_they_are()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        foreach (string id in NastyIds)
        {
            Answer unknown = await api.GetAsync($"/api/segments/{Encoded(id)}");
            Assert.True(unknown.Status == 404, $"{id}: {unknown.Text}");
            Assert.Equal("unknown-customer", unknown.Problem);
        }

        await PublishAsync(api, NastyIds);
        foreach (string id in NastyIds)
        {
            Answer found = await api.GetAsync($"/api/segments/{Encoded(id)}");
            Assert.True(found.Status == 200, $"{id}: {found.Text}");
            Assert.Equal(id, found.Json.GetProperty("customerId").GetString());
        }
    }

    [Fact]
    public void Every_text_survives_being_encoded_and_read_once()
    {
        var random = new Xoshiro256StarStar(7);
        for (int i = 0; i < 2_000; i++)
        {
            string text = RandomText(random);
            Assert.Null(RoutePath.TryRead($"/a/{Encoded(text)}/{Uri.EscapeDataString(text)}/b", out string[] segments));
            Assert.Equal(["a", text, text, "b"], segments);
        }
    }

    [Theory]
    [InlineData("/api/segments/%")]
    [InlineData("/api/segments/%2")]
    [InlineData("/api/segments/%zz")]
    [InlineData("/api/segments/a%0gb")]
    [InlineData("/api/segments/%FF")]
    [InlineData("/api/segments/%C3")]
    [InlineData("/api/segments/%C0%AF")]
    [InlineData("/api/segments/%ED%A0%80")]
    [InlineData("api/segments/k1")]
    [InlineData("")]
    [InlineData("*")]
    public async Task A_malformed_path_is_told_so(string path)
    {
        Answer answer = await new ApiFixture().GetAsync(path);
        Assert.Equal((400, "malformed-path"), (answer.Status, answer.Problem));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() => Assert.NotNull(RoutePath.TryRead("/a/" + '\uD800', out _));

    [Theory]
    [InlineData("/api/segments/", "customerId")]
    [InlineData("/api/runs/", "runId")]
    [InlineData("/api/uploads/", "uploadId")]
    [InlineData("/api/customers//data", "customerId")]
    public async Task A_path_without_its_id_never_answers_the_list(string path, string parameter)
    {
        Answer answer = await new ApiFixture().GetAsync(path);
        Assert.Equal((400, "missing-id"), (answer.Status, answer.Problem));
        Assert.Contains(parameter, answer.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/api/nothing")]
    [InlineData("/api/health/")]
    [InlineData("/api/segments/k1/")]
    [InlineData("/api/segments/a/b")]
    [InlineData("//api/segments/k1")]
    [InlineData("/API/health")]
    [InlineData("/api/segments%2Fk1")]
    public async Task An_unknown_path_is_told_so(string path)
    {
        Answer answer = await new ApiFixture().GetAsync(path);
        Assert.Equal((404, "unknown-path"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("DELETE", "/api/segments/lookup", "GET, HEAD, POST")]
    [InlineData("POST", "/api/segments", "GET, HEAD")]
    [InlineData("GET", "/api/score", "POST")]
    [InlineData("OPTIONS", "/api/runs", "GET, HEAD, POST")]
    [InlineData("PUT", "/api/uploads/0f4c2a9e1b7d3c5a6e8f9012", "DELETE, GET, HEAD")]
    [InlineData("HEAD", "/api/runs/20240601-120000-001/activate", "POST")]
    [InlineData("get", "/api/health", "GET, HEAD")]
    public async Task Another_method_is_told_which_ones_there_are(string method, string path, string allow)
    {
        Answer answer = await new ApiFixture().SendAsync(new ApiRequest { Method = method, Path = path });
        Assert.Equal((405, allow), (answer.Status, answer.Header("Allow")));
    }

    [Fact]
    public async Task Fixed_parts_of_a_path_may_be_encoded_too()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Assert.Equal(200, (await api.GetAsync("/api/%73egments/k%31")).Status);
    }

    [Fact]
    public async Task An_id_beyond_64_KiB_of_UTF8_is_too_long()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Answer answer = await api.GetAsync($"/api/segments/{new string('a', (64 << 10) + 1)}");
        Assert.Equal((400, "id-too-long"), (answer.Status, answer.Problem));
        Assert.Contains("65537 bytes of UTF-8; at most 65536", answer.Detail, StringComparison.Ordinal);
        Assert.Equal(404, (await api.GetAsync($"/api/segments/{Encoded(new string('ы', 32 << 10))}")).Status);
        Assert.Equal("id-too-long", (await api.GetAsync($"/api/segments/{Encoded(new string('ы', (32 << 10) + 1))}")).Problem);
    }

    [Theory]
    [InlineData("/a?b", "/a")]
    [InlineData("/a%3Fb?c?d", "/a%3Fb")]
    [InlineData("http://host/a/b?c", "/a/b")]
    [InlineData("http://host", "/")]
    [InlineData("http://host?a=/b", "")]
    [InlineData("/a/http://b", "/a/http://b")]
    [InlineData("*", "*")]
    public void The_path_of_a_target_is_kept_as_sent(string target, string path) => Assert.Equal(path, ApiRequest.PathOf(target));

    [Theory]
    [InlineData("/api/nothing%20here", "/api/nothing%20here")]
    [InlineData("/api/\u0001", null)]
    [InlineData("/api/<script>", null)]
    [InlineData("//elsewhere/api", null)]
    public async Task The_instance_of_a_problem_is_the_path_where_it_is_one(string path, string? instance)
    {
        Answer answer = await new ApiFixture().GetAsync(path);
        Assert.Equal(instance, answer.Json.TryGetProperty("instance", out var found) ? found.GetString() : null);
    }

    private static string Encoded(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(letter => $"%{letter:x2}"));

    private static string RandomText(Xoshiro256StarStar random)
    {
        var text = new StringBuilder();
        int length = 1 + random.NextInt32(8);
        while (text.Length < length)
        {
            int letter = random.NextInt32(3) switch { 0 => random.NextInt32(0x80), 1 => random.NextInt32(0x800), _ => random.NextInt32(0x11_0000) };
            text.Append(Rune.IsValid(letter) ? new Rune(letter).ToString() : "");
        }

        return text.ToString();
    }

    private static async Task PublishAsync(ApiFixture api, string[] ids)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        RunRecord run = (await api.Store.Segments.FindRunAsync(ApiFixture.FirstRun, token))!;
        foreach (IGrouping<int, string> shard in ids.GroupBy(id => CustomerBuckets.ShardOf(id, run.Shards)))
        {
            await api.Store.Segments.PublishAsync(run.RunId, shard.Key, [.. shard.Select(id => new SegmentAssignment
            {
                CustomerId = id,
                RecencyDays = 1,
                Frequency = 1,
                Monetary = Money.Parse("1.00"),
                Scores = new RfmScores(5, 5, 5),
                Cluster = 1,
            })], token);
        }
    }
}
