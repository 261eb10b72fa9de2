namespace Segmentation.Core.Segments;

/// <summary>What to do with a segment, in four parts; the text <c>strategy</c> says the same in one.</summary>
/// <param name="Goal">What to achieve.</param>
/// <param name="Offer">What to offer.</param>
/// <param name="Channel">How to reach them.</param>
/// <param name="Watch">Which figures tell whether it works.</param>
public sealed record SegmentPlan(string Goal, string Offer, string Channel, string Watch);
