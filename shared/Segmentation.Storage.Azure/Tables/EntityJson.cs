using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure;

namespace Segmentation.Storage.Azure.Tables;

/// <summary>Rows in the OData JSON of the service, with minimal metadata: types are told only where JSON cannot tell them.</summary>
internal static class EntityJson
{
    private const string TypeSuffix = "@odata.type";
    private const int MostDigits = 20;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Makes a writer to be used for many rows.</summary>
    public static Utf8JsonWriter Writer(IBufferWriter<byte> into) => new(into, Compact);

    /// <summary>Writes one row as one object.</summary>
    public static void Write(Utf8JsonWriter json, TableEntity entity)
    {
        json.WriteStartObject();
        json.WriteString("PartitionKey"u8, entity.PartitionKey);
        json.WriteString("RowKey"u8, entity.RowKey);
        foreach ((string name, object value) in entity.Properties)
        {
            WriteProperty(json, name, value);
        }

        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Reads a row.</summary>
    /// <param name="element">The object.</param>
    /// <param name="etag">The version that a header told; where there was none, the object's own is taken.</param>
    /// <exception cref="InvalidDataException">It is no row.</exception>
    public static TableEntity Read(JsonElement element, ETag? etag)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"The table service answered with {element.ValueKind} where a row was expected.");
        }

        if (etag is null && element.TryGetProperty("odata.etag", out JsonElement version))
        {
            etag = new ETag(version.GetString()!);
        }

        // A query may have asked for other properties than the keys.
        var entity = new TableEntity(Key(element, "PartitionKey"), Key(element, "RowKey")) { ETag = etag ?? default };
        Dictionary<string, string?>? types = null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
            {
                (types ??= new(StringComparer.Ordinal))[property.Name[..^TypeSuffix.Length]] = property.Value.GetString();
            }
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            string name = property.Name;
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp") && !name.Contains("odata.", StringComparison.Ordinal))
            {
                entity[name] = ReadValue(property.Value, types?.GetValueOrDefault(name));
            }
        }

        return entity;
    }

    private static string Key(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement key) && key.ValueKind == JsonValueKind.String ? key.GetString()! : "";

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case long number:
                Span<char> digits = stackalloc char[MostDigits];
                number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
                json.WriteString(name + TypeSuffix, "Edm.Int64"u8);
                json.WriteString(name, digits[..length]);
                break;
            case byte[] bytes:
                json.WriteString(name + TypeSuffix, "Edm.Binary"u8);
                json.WriteBase64String(name, bytes);
                break;
            case double number when double.IsFinite(number):
                json.WriteString(name + TypeSuffix, "Edm.Double"u8);
                json.WriteNumber(name, number);
                break;
            case double number:
                WriteTyped(json, name, "Edm.Double", number.ToString(CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                WriteTyped(json, name, "Edm.DateTime", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                break;
            case Guid id:
                WriteTyped(json, name, "Edm.Guid", id.ToString());
                break;
            default:
                throw new ArgumentException($"The property '{name}' is of type {value.GetType().Name}, which no table can hold.", nameof(value));
        }
    }

    private static void WriteTyped(Utf8JsonWriter json, string name, string type, string value)
    {
        json.WriteString(name + TypeSuffix, type);
        json.WriteString(name, value);
    }

    private static object? ReadValue(JsonElement value, string? type) => (type, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        ("Edm.Int64", JsonValueKind.String) => long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        ("Edm.Binary", JsonValueKind.String) => value.GetBytesFromBase64(),
        ("Edm.DateTime", JsonValueKind.String) => value.GetDateTimeOffset(),
        ("Edm.Guid", JsonValueKind.String) => value.GetGuid(),
        ("Edm.Double", JsonValueKind.String) => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        ("Edm.Double", JsonValueKind.Number) => value.GetDouble(),
        (_, JsonValueKind.String) => value.GetString(),
        (_, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (_, JsonValueKind.Number) => value.TryGetInt32(out int number) ? (object)number : value.GetDouble(),
        _ => throw new InvalidDataException($"The table service answered with {value.ValueKind} where a value was expected."),
    };
}
