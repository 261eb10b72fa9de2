namespace Segmentation.Core.Segments;

/// <summary>A name that a cluster keeps from an earlier run, because it is still true.</summary>
/// <param name="Text">The name, in the language of this run.</param>
/// <param name="Character">The character that it says, which description and strategy follow; null where only the text is known.</param>
internal sealed record CarriedName(string Text, ClusterCharacter? Character);
