namespace Segmentation.Core.Segments;

/// <summary>The fixed texts of one kind of segment in one language.</summary>
/// <param name="Name">The name.</param>
/// <param name="Who">A clause that completes “customers who …”, in lower case without a full stop.</param>
/// <param name="Strategy">Goal and offer, channel, what to watch.</param>
internal sealed record SegmentPhrases(string Name, string Who, string Strategy);
