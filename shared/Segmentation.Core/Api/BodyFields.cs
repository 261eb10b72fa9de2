using System.Text.Json;
using Segmentation.Core.Api.Documents;

namespace Segmentation.Core.Api;

/// <summary>Reads members of a JSON body and collects every fault with its place; unknown members are passed over.</summary>
/// <remarks>A value that could not be read is null or zero, and a fault says why: what was read counts only while there is none.</remarks>
internal sealed class BodyFields
{
    private const int MostFaults = 100;
    private const int LongestShown = 40;

    private readonly List<FaultDocument> _faults = [];

    /// <summary>The faults so far, in the order found; of very many the first.</summary>
    public IReadOnlyList<FaultDocument> Faults => _faults;

    /// <summary>Adds a fault.</summary>
    /// <param name="pointer">Where, as a JSON pointer; empty for the whole body.</param>
    /// <param name="detail">What was found and expected.</param>
    public void Fault(string pointer, string detail)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new FaultDocument(pointer, detail));
        }
    }

    /// <summary>Whether a member is there, and not null.</summary>
    public static bool Has(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether a value is an object; if not, that is a fault.</summary>
    public bool IsObject(JsonElement value, string pointer) => Is(value, JsonValueKind.Object, pointer, "an object");

    /// <summary>Whether a value is an array; if not, that is a fault.</summary>
    public bool IsArray(JsonElement value, string pointer) => Is(value, JsonValueKind.Array, pointer, "an array");

    /// <summary>A text that must be there.</summary>
    public string? Text(JsonElement value, string pointer)
    {
        if (!Is(value, JsonValueKind.String, pointer, "a string"))
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Fault(pointer, "Found a string with half a surrogate pair, which is no text.");
            return null;
        }
    }

    /// <summary>A text that may be left out.</summary>
    public string? OptionalText(JsonElement parent, string name, string pointer) =>
        Has(parent, name) ? Text(parent.GetProperty(name), $"{pointer}/{name}") : null;

    /// <summary>A number that may be left out, as written: it is read exactly by whoever takes it.</summary>
    public string? OptionalNumber(JsonElement parent, string name, string pointer) =>
        Has(parent, name) && Is(parent.GetProperty(name), JsonValueKind.Number, $"{pointer}/{name}", "a number")
            ? parent.GetProperty(name).GetRawText()
            : null;

    /// <summary>A number that must be there, read by a rule.</summary>
    /// <param name="parent">The object.</param>
    /// <param name="name">The member.</param>
    /// <param name="expected">What it is called where it is missing.</param>
    /// <param name="read">Reads it as written; what it returns as a fault is one here.</param>
    public T? Figure<T>(JsonElement parent, string name, string expected, Func<string, (T Value, string? Fault)> read)
        where T : struct
    {
        if (Required(parent, name, expected) is not { } written)
        {
            return null;
        }

        (T value, string? fault) = read(written);
        if (fault is not null)
        {
            Fault("/" + name, fault);
        }

        return value;
    }

    /// <summary>Where there are faults, names the members that nothing reads: one of them may be what was meant.</summary>
    public void NameUnknown(JsonElement value, string pointer, params ReadOnlySpan<string> known)
    {
        if (_faults.Count == 0 || value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                string name = Shown(member.Name);
                Fault(
                    $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}",
                    $"The field '{name}' is not known; known are {string.Join(", ", known)}.");
            }
        }
    }

    private string? Required(JsonElement parent, string name, string expected)
    {
        if (!parent.TryGetProperty(name, out JsonElement value))
        {
            Fault("/" + name, $"Found nothing, expected {expected}.");
            return null;
        }

        return Is(value, JsonValueKind.Number, "/" + name, expected) ? value.GetRawText() : null;
    }

    private bool Is(JsonElement value, JsonValueKind kind, string pointer, string expected)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        string found = value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            JsonValueKind.Undefined => "nothing",
            _ => "true or false",
        };
        Fault(pointer, $"Found {found}, expected {expected}.");
        return false;
    }

    private static string Shown(string written) => written.Length <= LongestShown ? written : written[..LongestShown] + "…";
}
