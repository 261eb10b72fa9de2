using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Segmentation.Testing;

/// <summary>Checks JSON against the few keywords of JSON Schema (2020-12) that our documents use; any other keyword is a failure.</summary>
/// <remarks>Stricter than the standard: an object holds no member that its schema does not name.</remarks>
internal sealed class JsonSchemaCheck(JsonElement document)
{
    /// <summary>Every way in which a value is not what the schema says.</summary>
    public IReadOnlyList<string> Faults(JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(schema, value, "$", faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string place, List<string> faults)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            JsonElement rule = keyword.Value;
            switch (keyword.Name)
            {
                case "$ref":
                    Check(Resolve(rule.GetString()!), value, place, faults);
                    break;
                case "anyOf":
                    if (!rule.EnumerateArray().Any(option => Faults(option, value).Count == 0))
                    {
                        faults.Add($"{place}: {value} is none of {rule}");
                    }

                    break;
                case "type":
                    if (!IsOfType(rule, value))
                    {
                        faults.Add($"{place}: {value} is no {rule}");
                    }

                    break;
                case "enum":
                    if (!rule.EnumerateArray().Any(option => JsonElement.DeepEquals(option, value)))
                    {
                        faults.Add($"{place}: {value} is not among {rule}");
                    }

                    break;
                case "format":
                    if (value.ValueKind == JsonValueKind.String && !HasFormat(rule.GetString()!, value.GetString()!))
                    {
                        faults.Add($"{place}: {value} is no {rule}");
                    }

                    break;
                case "pattern":
                    if (value.ValueKind == JsonValueKind.String && !Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
                    {
                        faults.Add($"{place}: {value} does not match {rule}");
                    }

                    break;
                case "items":
                    foreach ((int index, JsonElement item) in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Index() : [])
                    {
                        Check(rule, item, string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]"), faults);
                    }

                    break;
                case "required":
                    faults.AddRange(rule.EnumerateArray().Where(name => value.ValueKind == JsonValueKind.Object && !value.TryGetProperty(name.GetString()!, out _))
                        .Select(name => $"{place}: {name} is missing"));
                    break;
                case "properties":
                    CheckMembers(schema, rule, value, place, faults);
                    break;
                case "additionalProperties":
                    foreach (JsonProperty member in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
                    {
                        Check(rule, member.Value, $"{place}.{member.Name}", faults);
                    }

                    break;
                default:
                    faults.Add($"The keyword '{keyword.Name}' is not known to this check.");
                    break;
            }
        }
    }

    private void CheckMembers(JsonElement schema, JsonElement properties, JsonElement value, string place, List<string> faults)
    {
        foreach (JsonProperty member in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
        {
            if (properties.TryGetProperty(member.Name, out JsonElement rule))
            {
                Check(rule, member.Value, $"{place}.{member.Name}", faults);
            }
            else if (!schema.TryGetProperty("additionalProperties", out _))
            {
                faults.Add($"{place}: {member.Name} is not declared");
            }
        }
    }

    private JsonElement Resolve(string reference) =>
        reference.Split('/')[1..].Aggregate(document, (place, name) => place.GetProperty(name));

    private static bool IsOfType(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOfType(one, value))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            _ => false,
        };

    private static bool HasFormat(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _) && text.Contains('T', StringComparison.Ordinal),
        _ => false,
    };
}
