using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Segmentation.Core.Options;

/// <summary>The schema and the page that are made from the catalog.</summary>
internal static class OptionDocuments
{
    private const string Definitions = "$defs";

    /// <summary>The schema: every option once under <c>$defs</c>, referred to by its nested place and by its key with dots.</summary>
    public static string JsonSchema()
    {
        var definitions = new JsonObject();
        JsonObject root = Group();
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "Segmentation options");
        JsonNode properties = root["properties"]!;
        properties["$schema"] = new JsonObject { ["type"] = "string" };
        foreach (OptionDefinition option in OptionCatalog.All)
        {
            definitions[option.Key] = option.Schema();
            string[] path = option.Key.Split('.');
            JsonNode place = properties;
            foreach (string group in path[..^1])
            {
                place = (place[group] ??= Group())["properties"]!;
            }

            place[path[^1]] = Reference(option);
        }

        foreach (OptionDefinition option in OptionCatalog.All)
        {
            properties[option.Key] = Reference(option);
        }

        root[Definitions] = definitions;
        return Text(root);
    }

    /// <summary>The page with a table of all options.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder("""
            # Options

            Made from `OptionCatalog` and compared with it by a test; refresh it and `segmentation.schema.json` with
            `UPDATE_DOCS=1 dotnet test tests/Segmentation.Core.Tests`.

            Options come from one JSON file (`--config segmentation.json`) and from `--set KEY=VALUE`, which wins. In the file, keys are
            nested objects or carry dots; comments and trailing commas are allowed; `"$schema"` may name `segmentation.schema.json`, so
            that an editor completes and checks. Keys and words are read in any case. Lists are JSON arrays or text with commas. All
            faults are reported together before any work starts.

            | key | default | allowed | meaning |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (OptionDefinition option in OptionCatalog.All)
        {
            page.Append("| `").Append(option.Key).Append("` | `").Append(option.Default.Replace("|", "\\|", StringComparison.Ordinal)).Append("` | ")
                .Append(Cell(option.Expected)).Append(" | ").Append(Cell(option.Meaning)).Append(" |\n");
        }

        return page.ToString();
    }

    private static JsonObject Group() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(),
    };

    private static JsonObject Reference(OptionDefinition option) => new() { ["$ref"] = $"#/{Definitions}/{option.Key}" };

    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    private static string Text(JsonObject root)
    {
        // The page and the schema are read by people: signs such as × stay as they are.
        var style = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, style))
        {
            root.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }
}
