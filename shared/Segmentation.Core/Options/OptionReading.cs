namespace Segmentation.Core.Options;

/// <summary>What reading a configuration gave.</summary>
/// <param name="Options">The options; where there are faults, not to be used.</param>
/// <param name="Faults">Every fault, in the order found: where, what was found, what was expected; one sentence each.</param>
public sealed record OptionReading(SegmentationOptions Options, IReadOnlyList<string> Faults)
{
    /// <summary>Whether the options may be used.</summary>
    public bool IsValid => Faults.Count == 0;
}
