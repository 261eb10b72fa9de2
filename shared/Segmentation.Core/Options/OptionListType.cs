using System.Globalization;
using System.Text.Json.Nodes;
using Segmentation.Core.Segments;

namespace Segmentation.Core.Options;

/// <summary>A list as a JSON array or as text with commas; <c>none</c>, <c>[]</c> and null are the empty list.</summary>
internal abstract class OptionList<T> : OptionType<IReadOnlyList<T>>
{
    protected const string None = "none";

    public override bool TryRead(OptionInput input, out IReadOnlyList<T> value)
    {
        value = [];
        if (input.Shape == OptionShape.Nothing || input.IsWord(None))
        {
            return true;
        }

        if (!input.TryGetItems(out IReadOnlyList<OptionInput> items))
        {
            return false;
        }

        if (items.Count == 0)
        {
            return true;
        }

        var read = new List<T>(items.Count);
        foreach (OptionInput item in items)
        {
            if (!TryReadItem(item, out T found))
            {
                return false;
            }

            if (!KeepsEqualItems && read.Contains(found))
            {
                continue;
            }

            read.Add(found);
        }

        value = read.AsReadOnly();
        return IsWhole(value);
    }

    public override string Write(IReadOnlyList<T> value) => value.Count == 0 ? None : string.Join(",", value.Select(WriteItem));

    public override JsonNode WriteJson(IReadOnlyList<T> value) =>
        value.Count == 0 ? JsonValue.Create(None) : new JsonArray([.. value.Select(item => JsonValue.Create(item))]);

    public override JsonObject Schema()
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = ItemSchema() };
        return new JsonObject
        {
            ["anyOf"] = new JsonArray(list, new JsonObject { ["type"] = "string", ["minLength"] = 1 }, new JsonObject { ["type"] = "null" }),
        };
    }

    protected abstract bool KeepsEqualItems { get; }

    protected abstract JsonObject ItemSchema();

    protected abstract bool TryReadItem(OptionInput item, out T value);

    protected abstract string WriteItem(T item);

    protected virtual bool IsWhole(IReadOnlyList<T> items) => true;
}

/// <summary>Product codes, or prefixes of them ended by <c>*</c>: trimmed and in upper case, as they are compared.</summary>
internal sealed class CodeList : OptionList<string>
{
    public override string Expected => "a list of codes without commas, each whole or a prefix ended by *, such as POST,GIFT_*, or none";

    protected override bool KeepsEqualItems => false;

    protected override JsonObject ItemSchema() => new() { ["type"] = "string", ["pattern"] = "^([^*,]+|[^*,]+\\*)$" };

    protected override bool TryReadItem(OptionInput item, out string value)
    {
        value = item.Text.Trim().ToUpperInvariant();
        int star = value.IndexOf('*', StringComparison.Ordinal);

        // A star alone would reject every product; a comma or the word for the empty list could not be written back.
        return (item.IsText || item.IsNumber) && value.Length > 0 && (star < 0 || (star > 0 && star == value.Length - 1))
            && !value.Contains(',', StringComparison.Ordinal) && !value.Equals(None, StringComparison.OrdinalIgnoreCase);
    }

    protected override string WriteItem(string item) => item;
}

/// <summary>Names of clustering algorithms.</summary>
internal sealed class AlgorithmList : OptionList<string>
{
    public override string Expected => $"a list of {string.Join(", ", ClusterAlgorithms.All)}, or {None}";

    protected override bool KeepsEqualItems => false;

    protected override JsonObject ItemSchema() => new() { ["enum"] = new JsonArray([.. ClusterAlgorithms.All.Select(name => JsonValue.Create(name))]) };

    protected override bool TryReadItem(OptionInput item, out string value)
    {
        value = ClusterAlgorithms.All.FirstOrDefault(item.IsWord) ?? "";
        return value.Length > 0;
    }

    protected override string WriteItem(string item) => item;
}

/// <summary>Four ascending edges between the five scores of a measure.</summary>
/// <remarks>Neighbours may be equal, as the quintiles of a real store may be: the score between them is then given to nobody.</remarks>
internal sealed class ThresholdList : OptionList<double>
{
    private const int Edges = 4;

    public override string Expected => $"four ascending numbers such as 10,30,90,180, or {None}";

    protected override bool KeepsEqualItems => true;

    public override JsonObject Schema()
    {
        JsonObject schema = base.Schema();
        JsonNode list = schema["anyOf"]![0]!;
        list["minItems"] = Edges;
        list["maxItems"] = Edges;
        return schema;
    }

    protected override JsonObject ItemSchema() => new() { ["type"] = "number" };

    protected override bool TryReadItem(OptionInput item, out double value)
    {
        value = 0;
        return item.IsNumber
            && double.TryParse(item.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    protected override string WriteItem(double item) => item.ToString("R", CultureInfo.InvariantCulture);

    protected override bool IsWhole(IReadOnlyList<double> items) =>
        items.Count == Edges && Enumerable.Range(1, Edges - 1).All(i => items[i - 1] <= items[i]);
}
