using System.Text.Json;
using Segmentation.Core.Api;
using Segmentation.Core.Api.OpenApi;

namespace Segmentation.Core.Tests.Api;

public sealed class OpenApiDocumentTests
{
    private static readonly JsonElement Document = JsonElement.Parse(OpenApiDocument.Bytes.Span);

    [Fact]
    public void The_committed_document_is_what_the_routes_say()
    {
        string path = Path.Combine(Repository.Root, "docs/openapi.json");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is "1")
        {
            File.WriteAllBytes(path, OpenApiDocument.Bytes.Span);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(OpenApiDocument.Bytes.Span),
            "docs/openapi.json is not what the routes say; refresh it: UPDATE_DOCS=1 dotnet test tests/Segmentation.Core.Tests");
    }

    [Fact]
    public async Task The_route_answers_the_document()
    {
        Answer answer = await new ApiFixture().GetAsync("/api/openapi.json");
        Assert.Equal(OpenApiDocument.Bytes.ToArray(), answer.Body);
        Assert.Equal("application/json", answer.Header("Content-Type"));
    }

    [Fact]
    public void Every_reference_leads_to_a_schema_and_every_schema_is_referred_to()
    {
        string[] schemas = [.. Document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => schema.Name)];
        var referred = new HashSet<string>(StringComparer.Ordinal);
        Collect(Document, referred);
        Assert.Equal(schemas.Order(StringComparer.Ordinal), referred.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(schemas.Order(StringComparer.Ordinal), schemas, StringComparer.Ordinal);
    }

    [Fact]
    public void Every_example_is_valid()
    {
        var check = new JsonSchemaCheck(Document);
        int examples = 0;
        foreach (JsonElement operation in Operations())
        {
            IEnumerable<JsonElement> contents = operation.GetProperty("responses").EnumerateObject().Select(response => response.Value);
            contents = operation.TryGetProperty("requestBody", out JsonElement body) ? contents.Append(body) : contents;
            foreach (JsonElement content in contents.Where(one => one.TryGetProperty("content", out _)).Select(one => one.GetProperty("content")))
            {
                JsonElement media = content.EnumerateObject().Single().Value;
                List<JsonElement> values = media.TryGetProperty("example", out JsonElement example) ? [example] : [];
                values.AddRange(media.TryGetProperty("examples", out JsonElement named) ? named.EnumerateObject().Select(one => one.Value.GetProperty("value")) : []);
                examples += values.Count;
                Assert.All(values, value => Assert.Empty(check.Faults(media.GetProperty("schema"), value)));
            }
        }

        Assert.InRange(examples, 8, 100);
    }

    [Fact]
    public void Every_parameter_of_a_path_is_described_and_no_other()
    {
        foreach (ApiRoute route in ApiRoutes.All)
        {
            IEnumerable<string> inPath = route.Template.Split('/').Where(part => part.StartsWith('{')).Select(part => part[1..^1]);
            Assert.Equal(inPath, route.Parameters.Select(parameter => parameter.Name), StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Names_and_places_of_operations_are_unique()
    {
        Assert.Equal(ApiRoutes.All.Count, ApiRoutes.All.Select(route => route.OperationId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(ApiRoutes.All.Count, ApiRoutes.All.Select(route => (route.Method, route.Template)).Distinct().Count());
        Assert.All(ApiRoutes.All, route => Assert.Equal(route.Answers.Count, route.Answers.Select(answer => answer.Status).Distinct().Count()));
    }

    private static IEnumerable<JsonElement> Operations() =>
        Document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => operation.Value));

    private static void Collect(JsonElement element, HashSet<string> referred)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Collect(item, referred);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                if (member.Name == "$ref")
                {
                    referred.Add(member.Value.GetString()!.Split('/')[^1]);
                }

                Collect(member.Value, referred);
            }
        }
    }
}
