namespace Segmentation.Core.Segments;

/// <summary>The fixed texts of one kind of segment in one language.</summary>
/// <param name="Name">The name; without commas and figures, which tell names of one kind apart.</param>
/// <param name="Who">A clause that completes “customers who …”, in lower case without a full stop.</param>
/// <param name="Goal">What to achieve, without a full stop.</param>
/// <param name="Offer">What to offer: a clause in lower case without a full stop.</param>
/// <param name="Channel">How to reach them: a sentence.</param>
/// <param name="Watch">Which figures tell whether it works: one sentence or two.</param>
/// <param name="Relative">
/// The clause where the figures refute the plain words of <paramref name="Who" />: it only compares with the other customers. Null where
/// they always hold.
/// </param>
internal sealed record SegmentPhrases(string Name, string Who, string Goal, string Offer, string Channel, string Watch, string? Relative = null)
{
    /// <summary>All four in one text.</summary>
    public string Strategy => $"{Goal}: {Offer}. {Channel} {Watch}";

    /// <summary>The four as sentences.</summary>
    public SegmentPlan Plan => new(Goal + ".", char.ToUpperInvariant(Offer[0]) + Offer[1..] + ".", Channel, Watch);
}
