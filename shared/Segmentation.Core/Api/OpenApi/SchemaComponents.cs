using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Segmentation.Core.Transactions;

namespace Segmentation.Core.Api.OpenApi;

/// <summary>The schemas of documents, each once under its name, from the same metadata that writes the documents.</summary>
internal sealed class SchemaComponents
{
    private const string Prefix = "#/components/schemas/";
    private const string Null = "null";

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);
    private bool _isRequest;

    /// <summary>A reference to the schema of a document, which is added with all that it refers to.</summary>
    /// <param name="type">The document.</param>
    /// <param name="isRequest">Whether members may be left out; answers hold all of theirs.</param>
    public JsonNode Reference(JsonTypeInfo type, bool isRequest)
    {
        _isRequest = isRequest;
        return type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Transform,
        });
    }

    /// <summary>All schemas by name, in ordinal order.</summary>
    public JsonObject ToJson() => [.. _schemas.Select(schema => KeyValuePair.Create<string, JsonNode?>(schema.Key, schema.Value))];

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(Money))
        {
            return MoneySchema(context.PropertyInfo, Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null);
        }

        if (type.IsEnum && schema is JsonObject values)
        {
            // The exporter leaves the type out, which makes generators of clients guess.
            values.Insert(0, "type", "string");
        }

        return context.TypeInfo.Kind == JsonTypeInfoKind.Object && schema is JsonObject document
            ? Named(type.Name, context, document)
            : schema;
    }

    private JsonObject Named(string name, JsonSchemaExporterContext context, JsonObject schema)
    {
        // Where a document is met again, the exporter points to the places inside it that it has written before.
        if (_schemas.ContainsKey(name) && PointsBack(schema))
        {
            return ReferenceTo(name, context.PropertyInfo?.IsGetNullable == true);
        }

        JsonTypeInfo type = context.TypeInfo;
        bool isNullable = schema["type"] is JsonArray;
        schema["type"] = "object";
        if (!_isRequest)
        {
            schema["required"] = new JsonArray([.. type.Properties.Where(IsAlwaysWritten).Select(property => (JsonNode)property.Name)]);
        }

        if (_schemas.TryGetValue(name, out JsonNode? known) && !JsonNode.DeepEquals(known, schema))
        {
            throw new InvalidOperationException($"Two documents are named {name}.");
        }

        _schemas[name] = schema;
        return ReferenceTo(name, isNullable);
    }

    private static bool PointsBack(JsonNode? schema) => schema switch
    {
        JsonObject members => members.Any(member => member.Key == "$ref"
            ? !member.Value!.GetValue<string>().StartsWith(Prefix, StringComparison.Ordinal)
            : PointsBack(member.Value)),
        JsonArray elements => elements.Any(PointsBack),
        _ => false,
    };

    private static JsonObject ReferenceTo(string name, bool isNullable)
    {
        var reference = new JsonObject { ["$ref"] = Prefix + name };
        return isNullable ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = Null }) } : reference;
    }

    private static bool IsAlwaysWritten(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true).Length is null or 0;

    private static JsonObject MoneySchema(JsonPropertyInfo? property, bool isNullable)
    {
        bool isNumber = property?.AttributeProvider is MemberInfo member
            && member.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType == typeof(MoneyNumberJsonConverter);
        return isNumber
            ? new JsonObject { ["type"] = isNullable ? new JsonArray("number", Null) : "number" }
            : new JsonObject { ["type"] = "string", ["pattern"] = @"^-?[0-9]+\.[0-9]{2,6}$" };
    }
}
