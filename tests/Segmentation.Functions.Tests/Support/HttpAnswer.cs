using System.Text.Json;

namespace Segmentation.Functions.Tests.Support;

/// <summary>An answer of a function.</summary>
internal sealed record HttpAnswer(string Function, int Status, string Headers, string Text)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public override string ToString() => $"{Function}: {Status}\n{Headers}\n{Text}";
}
