using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Segmentation.Core.Api.Documents;

namespace Segmentation.Core.Api.OpenApi;

/// <summary>The description of the API in OpenAPI 3.1, made from the table of routes: the same bytes on every machine.</summary>
public static class OpenApiDocument
{
    private static readonly Lazy<byte[]> Made = new(static () => Write(Build()));

    /// <summary>The document as UTF-8, with LF.</summary>
    public static ReadOnlyMemory<byte> Bytes => Made.Value;

    /// <summary>The document to be read once.</summary>
    internal static Stream Open() => new MemoryStream(Made.Value, writable: false);

    private static JsonObject Build()
    {
        var schemas = new SchemaComponents();
        var paths = new JsonObject();
        foreach (ApiRoute route in ApiRoutes.All)
        {
            var path = (JsonObject)(paths[route.Template] ??= new JsonObject());
            path[route.Method.ToLowerInvariant()] = Operation(route, schemas);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Segmentation",
                ["version"] = "1",
                ["description"] = "Segments of the customers of an online store. All failures are problems by RFC 9457; "
                    + "`type` names the kind. "
                    + "Every GET may be a HEAD. Unknown members of bodies are passed over.",
            },
            ["security"] = new JsonArray(new JsonObject(), new JsonObject { ["key"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. ApiRoutes.All.Select(route => route.Tag).Distinct(StringComparer.Ordinal)
                .Select(tag => (JsonNode)new JsonObject { ["name"] = tag })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = new JsonObject
                    {
                        ["type"] = "apiKey",
                        ["in"] = "header",
                        ["name"] = "x-functions-key",
                        ["description"] = "The key of the service. The local host asks for none where it listens on 127.0.0.1 alone.",
                    },
                },
            },
        };
    }

    private static JsonObject Operation(ApiRoute route, SchemaComponents schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.OperationId,
            ["tags"] = new JsonArray(route.Tag),
            ["summary"] = route.Summary,
            ["description"] = route.Description,
        };
        if (route.Parameters.Count > 0)
        {
            operation["parameters"] = new JsonArray([.. route.Parameters.Select(parameter => (JsonNode)new JsonObject
            {
                ["name"] = parameter.Name,
                ["in"] = "path",
                ["required"] = true,
                ["description"] = parameter.Description,
                ["schema"] = new JsonObject { ["type"] = "string" },
                ["example"] = parameter.Example,
            })]);
        }

        if (route.Body is { } body)
        {
            var examples = new JsonObject();
            foreach ((string name, string example) in body.Examples)
            {
                examples[name] = new JsonObject { ["value"] = JsonNode.Parse(example) };
            }

            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["description"] = body.Description,
                ["content"] = new JsonObject
                {
                    [ApiRoute.Json] = new JsonObject
                    {
                        ["schema"] = schemas.Reference(body.Type, isRequest: true),
                        ["examples"] = examples,
                    },
                },
            };
        }

        operation["responses"] = Responses(route, schemas);
        return operation;
    }

    private static JsonObject Responses(ApiRoute route, SchemaComponents schemas)
    {
        var responses = new JsonObject();
        foreach (ApiAnswer answer in route.Answers)
        {
            var response = new JsonObject { ["description"] = answer.Description };
            JsonObject headers = Headers(route, answer);
            if (headers.Count > 0)
            {
                response["headers"] = headers;
            }

            if (answer.MediaType is { } mediaType)
            {
                var content = new JsonObject
                {
                    ["schema"] = answer.Type is { } type ? schemas.Reference(type, isRequest: false)
                        : new JsonObject { ["type"] = mediaType == ApiRoute.Json ? "object" : "string" },
                };
                if (route.Example is { } example && answer.Status == route.Successes[0].Status)
                {
                    content["example"] = JsonNode.Parse(example);
                }

                response["content"] = new JsonObject { [mediaType] = content };
            }

            responses[answer.Status.ToString(CultureInfo.InvariantCulture)] = response;
        }

        return responses;
    }

    private static JsonObject Headers(ApiRoute route, ApiAnswer answer)
    {
        var headers = new JsonObject();
        void Add(string name, string description) =>
            headers[name] = new JsonObject { ["description"] = description, ["schema"] = new JsonObject { ["type"] = "string" } };
        bool isSuccess = route.Successes.Any(success => success.Status == answer.Status);
        if (isSuccess && route.IsVersioned)
        {
            Add("ETag", "The version of the answer, to be sent back as If-None-Match.");
        }

        if (isSuccess && answer.Status == 202)
        {
            Add("Location", "Where the run can be followed.");
        }

        if (answer.Status == 202 || (answer.Status is 503 or 507 && answer.Type == ApiJson.Answers.ProblemDocument))
        {
            Add("Retry-After", "Seconds after which to ask again.");
        }

        return headers;
    }

    private static byte[] Write(JsonObject document)
    {
        // People read it: signs such as × stay as they are.
        var style = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, style))
        {
            document.WriteTo(writer);
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }
}
