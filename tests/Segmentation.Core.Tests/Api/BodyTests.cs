using System.Text;
using System.Text.Json;
using Segmentation.Core.Api;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Api;

public sealed class BodyTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    public async Task JSON_in_UTF8_is_taken(string contentType) =>
        Assert.Equal(200, (await (await new ApiFixture().RunAsync()).PostAsync("/api/segments/lookup", """{"customerIds":["k1"]}""", contentType)).Status);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/json")]
    [InlineData("application/vnd.api+json")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(";;;")]
    public async Task Any_other_content_type_is_told_what_to_send(string? contentType)
    {
        Answer answer = await (await new ApiFixture().RunAsync()).PostAsync("/api/segments/lookup", """{"customerIds":["k1"]}""", contentType);
        Assert.Equal(415, answer.Status);
        Assert.Contains("application/json", answer.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "line 1")]
    [InlineData("{\n \"customerIds\": [1,]}", "line 2, byte 20")]
    [InlineData("{} {}", "line 1, byte 4")]
    [InlineData("[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "16 levels")]
    [InlineData("{\"customerIds\":[],\"customerIds\":[]}", "customerIds")]
    [InlineData("{\"\\ud800\":1,\"a\":2}", "")]
    [InlineData("// comment\n{}", "line 1")]
    public async Task Malformed_JSON_is_told_its_place(string body, string place)
    {
        Answer answer = await (await new ApiFixture().RunAsync()).PostAsync("/api/segments/lookup", body);
        Assert.Equal(400, answer.Status);
        Assert.Contains(place, answer.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_malformed()
    {
        Answer answer = await (await new ApiFixture().RunAsync()).PostAsync("/api/segments/lookup", [.. "{\"customerIds\":[\""u8, 0xFF, .. "\"]}"u8]);
        Assert.Equal((400, "malformed-json"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("{}", "/customerIds")]
    [InlineData("{\"CustomerIds\":[]}", "/customerIds")]
    [InlineData("{\"customerIds\":\"k1\"}", "/customerIds")]
    [InlineData("{\"customerIds\":[\"k1\",null]}", "/customerIds/1")]
    [InlineData("{\"customerIds\":[\"k1\",2,\"k1\"]}", "/customerIds/1")]
    [InlineData("{\"customerIds\":[\" \\t\"]}", "/customerIds/0")]
    [InlineData("{\"customerIds\":[\"\"]}", "/customerIds/0")]
    [InlineData("{\"customerIds\":[\"\\ud800\"]}", "/customerIds/0")]
    public async Task A_body_of_another_shape_is_told_where(string body, string place)
    {
        Answer answer = await (await new ApiFixture().RunAsync()).PostAsync("/api/segments/lookup", body);
        Assert.Equal((400, "invalid-body"), (answer.Status, answer.Problem));
        Assert.Equal([place], answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_told_together_and_unknown_members_are_passed_over()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Answer answer = await api.PostAsync("/api/segments/lookup", """{"more":1,"customerIds":[1,"k1",""]}""");
        Assert.Equal(["/customerIds/0", "/customerIds/2"], answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!), StringComparer.Ordinal);
        Assert.Equal(200, (await api.PostAsync("/api/segments/lookup", """{"more":1,"customerIds":["k1"]}""")).Status);
    }

    [Fact]
    public async Task A_thousand_ids_are_answered_and_one_more_is_not()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        static string Body(int count) => JsonSerializer.Serialize(new { customerIds = Enumerable.Range(0, count).Select(i => $"k{i}") });
        Answer all = await api.PostAsync("/api/segments/lookup", Body(1_000));
        Assert.Equal((30, 970), (all.Json.GetProperty("found").GetArrayLength(), all.Json.GetProperty("missing").GetArrayLength()));
        Assert.Equal($"\"{ApiFixture.FirstRun}\"", all.Header("ETag"));
        Answer answer = await api.PostAsync("/api/segments/lookup", Body(1_001));
        Assert.Equal(400, answer.Status);
        Assert.Contains("Found 1001 ids; at most 1000", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_of_a_list_may_be_64_KiB_long_and_not_more()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Assert.Equal(200, (await api.PostAsync("/api/segments/lookup", $"{{\"customerIds\":[\"{new string('a', 64 << 10)}\"]}}")).Status);
        Assert.Equal("invalid-body", (await api.PostAsync("/api/segments/lookup", $"{{\"customerIds\":[\"{new string('a', (64 << 10) + 1)}\"]}}")).Problem);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_may_be_a_mebibyte_and_not_more_whether_its_length_is_told_or_counted(bool isLengthKnown)
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        byte[] most = Encoding.UTF8.GetBytes("""{"customerIds":["k1"]}""".PadRight(1 << 20));
        Assert.Equal(200, (await api.PostAsync("/api/segments/lookup", most, isLengthKnown: isLengthKnown)).Status);
        Assert.Equal(413, (await api.PostAsync("/api/segments/lookup", [.. most, (byte)' '], isLengthKnown: isLengthKnown)).Status);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_no_fault_of_the_storage()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        Answer answer = await api.SendAsync(new ApiRequest { Method = "POST", Path = "/api/segments/lookup", ContentType = "application/json", Body = new BrokenStream() });
        Assert.Equal((400, "incomplete-body"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm() =>
        Assert.Equal(200, (await (await new ApiFixture().RunAsync()).PostAsync("/api/segments/lookup", "\uFEFF{\"customerIds\":[\"k1\"]}")).Status);

    [Fact]
    public async Task Random_bodies_and_paths_never_fail_unexpectedly()
    {
        ApiFixture api = await new ApiFixture().RunAsync();
        string[] bodies =
        [
            """{"customerIds":["k1","k2"]}""", """{"recencyDays":10,"frequency":3,"monetary":250.5}""",
            """{"transactions":[{"invoice":"C1","date":"2024-05-01","quantity":2,"price":1e3,"product":"A"},{"date":"2024-05-02T10:00:00Z","price":-0.5}]}""",
        ];
        string[] paths = ["/api/segments/k1", "/api/runs/20240601-120000-001/activate", "/api/customers/%2f/data", "/api/uploads/0f4c2a9e1b7d3c5a6e8f9012", "/api/health"];
        string[] bodyPaths = ["/api/score", "/api/segments/lookup"];
        string[] methods = ["GET", "HEAD", "POST", "DELETE", "PUT", "\0"];
        for (ulong seed = 0; seed < 1_500; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            bool hasBody = random.NextInt32(2) == 0;
            string path = hasBody ? bodyPaths[random.NextInt32(bodyPaths.Length)] : Mangled(paths[random.NextInt32(paths.Length)], random);
            byte[] body = Mangled(Encoding.UTF8.GetBytes(bodies[random.NextInt32(bodies.Length)]), random);
            Answer answer = hasBody
                ? await api.PostAsync(path, body)
                : await api.SendAsync(new ApiRequest { Method = methods[random.NextInt32(methods.Length)], Path = path });
            Assert.True(answer.Status < 500, $"seed {seed}: {path} {Encoding.UTF8.GetString(body)}: {answer.Text} {string.Join('\n', api.Logged)}");
        }
    }

    private static string Mangled(string text, Xoshiro256StarStar random) =>
        string.Concat(Mangled(Encoding.Latin1.GetBytes(text), random).Select(letter => (char)(letter == 0 ? 0xD800 : letter)));

    private static byte[] Mangled(byte[] bytes, Xoshiro256StarStar random)
    {
        List<byte> mangled = [.. bytes];
        for (int i = random.NextInt32(6); i > 0 && mangled.Count > 0; i--)
        {
            int place = random.NextInt32(mangled.Count);
            switch (random.NextInt32(3))
            {
                case 0:
                    mangled[place] = (byte)random.NextInt32(256);
                    break;
                case 1:
                    mangled.Insert(place, "\"[]{},:0-e\\/%1"u8[random.NextInt32(14)]);
                    break;
                default:
                    mangled.RemoveRange(place, 1 + random.NextInt32(Math.Min(3, mangled.Count - place)));
                    break;
            }
        }

        return mangled.Count == 0 ? [0] : [.. mangled];
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The client reset the connection.");
    }
}
