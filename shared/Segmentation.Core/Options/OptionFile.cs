using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Segmentation.Core.Options;

/// <summary>Walks the JSON of one configuration file and hands its values to a reader, each with the line on which it stands.</summary>
internal sealed class OptionFile(string name, OptionReader options)
{
    private const string Schema = "$schema";

    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);
    private byte[] _json = [];

    public void Read(string text)
    {
        _json = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        var reader = new Utf8JsonReader(_json, Lenient);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                options.Fault($"{Place(reader)}: the file holds {ValueOf(ref reader).Found}, expected an object of options.");
                return;
            }

            ReadGroup(ref reader, "");
            reader.Read();
        }
        catch (JsonException malformed)
        {
            string reason = malformed.Message.Split(" LineNumber:", 2)[0].TrimEnd('.');
            options.Fault(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}, line {malformed.LineNumber + 1}, column {malformed.BytePositionInLine + 1}: the JSON is malformed: {reason}."));
        }
        catch (InvalidOperationException unreadable)
        {
            // The reader says so of a text with half a surrogate pair.
            options.Fault($"{Place(reader)}: the JSON is malformed: {unreadable.Message.TrimEnd('.')}.");
        }
    }

    private void ReadGroup(ref Utf8JsonReader reader, string prefix)
    {
        var members = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string member = reader.GetString()!;
            string place = Place(reader);
            reader.Read();
            if (prefix.Length == 0 && member.Equals(Schema, StringComparison.Ordinal))
            {
                reader.Skip();
                continue;
            }

            string key = prefix + member;
            bool isGroup = reader.TokenType == JsonTokenType.StartObject && OptionKeys.IsGroup(key);
            bool isRepeated = !members.Add(member) || (!isGroup && !_given.Add(key));
            if (isRepeated)
            {
                options.Fault($"{place}: {OptionCatalog.Find(key)?.Key ?? key} is given twice, expected once.");
            }

            if (isGroup)
            {
                ReadGroup(ref reader, key + ".");
            }
            else if (isRepeated)
            {
                reader.Skip();
            }
            else
            {
                options.Set(place, key, ValueOf(ref reader));
            }
        }
    }

    private static OptionInput ValueOf(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new OptionInput(OptionShape.Text, reader.GetString()!);
            case JsonTokenType.Number:
                return new OptionInput(OptionShape.Number, Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True or JsonTokenType.False:
                return new OptionInput(OptionShape.Flag, reader.TokenType == JsonTokenType.True ? "true" : "false");
            case JsonTokenType.StartArray:
                var items = new List<OptionInput>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ValueOf(ref reader));
                }

                return new OptionInput(OptionShape.List, string.Join(", ", items.Select(item => item.Text)), items);
            case JsonTokenType.StartObject:
                reader.Skip();
                return new OptionInput(OptionShape.Group, "");
            default:
                return new OptionInput(OptionShape.Nothing, "");
        }
    }

    private string Place(in Utf8JsonReader reader)
    {
        int line = 1 + _json.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
        return string.Create(CultureInfo.InvariantCulture, $"{name}, line {line}");
    }
}
