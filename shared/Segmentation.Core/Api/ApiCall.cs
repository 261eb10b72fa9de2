using System.Text.Json;

namespace Segmentation.Core.Api;

/// <summary>A request that was matched with its route.</summary>
/// <param name="Request">The request.</param>
/// <param name="Parameters">The decoded values of the parameters in the path, by name.</param>
internal sealed record ApiCall(ApiRequest Request, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The body, where the route has one: valid JSON of limited depth whose texts are all readable.</summary>
    public JsonElement Body { get; init; }

    /// <summary>The decoded value of a parameter in the path; never empty.</summary>
    public string this[string parameter] => Parameters[parameter];

    /// <summary>Whether the caller has a version already, by <c>If-None-Match</c> (RFC 9110, weak comparison).</summary>
    public bool Has(string version)
    {
        if (Request.IfNoneMatch is not { } header)
        {
            return false;
        }

        string tag = $"\"{version}\"";
        foreach (Range part in header.AsSpan().Split(','))
        {
            // Versions hold no commas, so cutting inside the quotes of a foreign tag does no harm.
            ReadOnlySpan<char> candidate = header.AsSpan()[part].Trim();
            candidate = candidate.StartsWith("W/", StringComparison.Ordinal) ? candidate[2..] : candidate;
            if (candidate is "*" || candidate.Equals(tag, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
