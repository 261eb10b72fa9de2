using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Api.Documents;
using Segmentation.Core.Transactions;

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

    /// <summary>A whole number within bounds that must be there.</summary>
    public long Whole(JsonElement parent, string name, long least, long most)
    {
        string pointer = "/" + name;
        if (Required(parent, name, "a whole number") is not { } written)
        {
            return 0;
        }

        bool isRead = NumberReader.TryRead(Encoding.ASCII.GetBytes(written), (byte)'.', out DecimalNumber number);
        if (isRead && number.Scale == 0 && number.Mantissa >= least && number.Mantissa <= most)
        {
            return number.Mantissa;
        }

        Fault(pointer, string.Create(
            CultureInfo.InvariantCulture, $"Found {Shown(written)}, expected a whole number from {least} to {most}."));
        return 0;
    }

    /// <summary>An amount of money from zero to less than 10¹⁵ that must be there, rounded half to even at the sixth decimal.</summary>
    public Money Amount(JsonElement parent, string name)
    {
        if (Required(parent, name, "a number") is not { } written)
        {
            return Money.Zero;
        }

        if (NumberReader.TryRead(Encoding.ASCII.GetBytes(written), (byte)'.', out DecimalNumber number) && number.Mantissa >= 0)
        {
            return number.ToMoney();
        }

        Fault("/" + name, $"Found {Shown(written)}, expected a number from 0 to less than 1e15.");
        return Money.Zero;
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
