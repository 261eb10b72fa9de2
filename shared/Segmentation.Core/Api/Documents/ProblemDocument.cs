using System.Text.Json.Serialization;

namespace Segmentation.Core.Api.Documents;

/// <summary>What went wrong, by RFC 9457.</summary>
/// <param name="Type">The kind of problem: <c>urn:segmentation:problem:unknown-customer</c>.</param>
/// <param name="Title">The kind in words.</param>
/// <param name="Status">The status code.</param>
/// <param name="Detail">What was found, what was expected, what to do.</param>
/// <param name="Instance">The path that was asked, where it is one.</param>
/// <param name="Errors">Every fault of the body or the input, where there may be several.</param>
public sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Instance,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FaultDocument>? Errors);

/// <summary>One fault of a body.</summary>
/// <param name="Place">Where: a JSON pointer (RFC 6901).</param>
/// <param name="Detail">What was found and expected.</param>
public sealed record FaultDocument([property: JsonPropertyName("pointer")] string Place, string Detail);
