using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace Segmentation.Core.Options;

/// <summary>How values of one type are read, shown and described; stateless, hence thread-safe.</summary>
internal abstract class OptionType<T>
{
    /// <summary>What completes the sentence "expected …".</summary>
    public abstract string Expected { get; }

    /// <summary>The JSON Schema of the value; a new tree each time, since a node has one parent.</summary>
    public abstract JsonObject Schema();

    /// <summary>Reads a value; false where it is not as <see cref="Expected" />.</summary>
    public abstract bool TryRead(OptionInput input, [MaybeNullWhen(false)] out T value);

    /// <summary>The text that <see cref="TryRead" /> reads back to an equal value.</summary>
    public abstract string Write(T value);

    /// <summary>The value in JSON.</summary>
    public virtual JsonNode WriteJson(T value) => JsonValue.Create(Write(value));
}

/// <summary>A whole number within a range.</summary>
internal sealed class WholeNumber<T>(T min, T max) : OptionType<T>
    where T : struct, IBinaryInteger<T>
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}");

    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = JsonValue.Create(min), ["maximum"] = JsonValue.Create(max) };

    public override bool TryRead(OptionInput input, out T value)
    {
        value = default;
        return input.IsNumber
            && T.TryParse(input.Text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= min && value <= max;
    }

    public override string Write(T value) => value.ToString(null, CultureInfo.InvariantCulture);

    public override JsonNode WriteJson(T value) => JsonValue.Create(value)!;
}

/// <summary>A number of bytes, plain or with a binary unit.</summary>
internal sealed class ByteSize(long max) : OptionType<long>
{
    private static readonly (string Unit, int Shift)[] Units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];

    public override string Expected => $"a size from 1 byte to {Write(max)}, such as 65536 or 64KiB, 16MiB, 4GiB";

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = max },
            new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+ ?([KMGT]iB)?$" }),
    };

    public override bool TryRead(OptionInput input, out long value)
    {
        value = 0;
        if (!input.IsNumber && !input.IsText)
        {
            return false;
        }

        ReadOnlySpan<char> text = input.Text.AsSpan().Trim();
        int shift = 0;
        foreach ((string unit, int unitShift) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                text = text[..^unit.Length].TrimEnd();
                shift = unitShift;
                break;
            }
        }

        // The bound is compared before the shift, which could overflow.
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count < 1 || count > max >> shift)
        {
            return false;
        }

        value = count << shift;
        return true;
    }

    public override string Write(long value)
    {
        foreach ((string unit, int shift) in Units)
        {
            if (value >> shift != 0 && (value >> shift) << shift == value)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{value >> shift}{unit}");
            }
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>A decimal number within a range, with a point.</summary>
internal sealed class RealNumber(double min, double max) : OptionType<double>
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}");

    public override JsonObject Schema() => new() { ["type"] = "number", ["minimum"] = min, ["maximum"] = max };

    public override bool TryRead(OptionInput input, out double value)
    {
        value = 0;
        return input.IsNumber
            && double.TryParse(input.Text.AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && value >= min && value <= max;
    }

    public override string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public override JsonNode WriteJson(double value) => JsonValue.Create(value);
}

/// <summary>True or false.</summary>
internal sealed class Flag : OptionType<bool>
{
    public override string Expected => "true or false";

    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    public override bool TryRead(OptionInput input, out bool value)
    {
        value = false;
        return input.IsFlag && bool.TryParse(input.Text, out value);
    }

    public override string Write(bool value) => value ? "true" : "false";

    public override JsonNode WriteJson(bool value) => JsonValue.Create(value);
}

/// <summary>One of a few words; other spellings are read but not written.</summary>
internal sealed class Words<T>((string Word, T Value)[] words, params (string Word, T Value)[] spellings) : OptionType<T>
    where T : struct
{
    public override string Expected => words.Any(word => word.Word is ",")
        ? $"one of {string.Join(" ", words.Select(word => word.Word))}"
        : string.Join(" or ", words.Select(word => word.Word));

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word.Word))]) };

    public override bool TryRead(OptionInput input, out T value)
    {
        foreach ((string word, T meaning) in words.Concat(spellings))
        {
            // The text as it stands comes first: a tab is a word here, and trimming would lose it.
            if (input.IsWord(word) || (input.IsText && input.Text.Equals(word, StringComparison.Ordinal)))
            {
                value = meaning;
                return true;
            }
        }

        value = default;
        return false;
    }

    public override string Write(T value) => words.First(word => EqualityComparer<T>.Default.Equals(word.Value, value)).Word;
}

/// <summary>A value or the word that says there is none; JSON's null says the same.</summary>
internal sealed class OrWord<T>(string word, OptionType<T> inner) : OptionType<T?>
    where T : struct
{
    public override string Expected => $"{inner.Expected}, or {word}";

    public override JsonObject Schema() => OrWordSchema.Of(word, inner.Schema());

    public override bool TryRead(OptionInput input, out T? value)
    {
        if (input.Shape == OptionShape.Nothing || input.IsWord(word))
        {
            value = null;
            return true;
        }

        bool isRead = inner.TryRead(input, out T found);
        value = isRead ? found : null;
        return isRead;
    }

    public override string Write(T? value) => value is { } found ? inner.Write(found) : word;

    public override JsonNode WriteJson(T? value) => value is { } found ? inner.WriteJson(found) : JsonValue.Create(word);
}

/// <summary>A text or the word that says there is none; JSON's null says the same.</summary>
internal sealed class TextOrWord(string word, OptionType<string> inner) : OptionType<string?>
{
    public override string Expected => $"{inner.Expected}, or {word}";

    public override JsonObject Schema() => OrWordSchema.Of(word, inner.Schema());

    public override bool TryRead(OptionInput input, out string? value)
    {
        value = null;
        return input.Shape == OptionShape.Nothing || input.IsWord(word) || inner.TryRead(input, out value);
    }

    public override string Write(string? value) => value is null ? word : inner.Write(value);
}

/// <summary>The schema that the two kinds of absence share.</summary>
internal static class OrWordSchema
{
    public static JsonObject Of(string word, JsonObject schema) =>
        new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["const"] = word }, new JsonObject { ["type"] = "null" }) };
}
