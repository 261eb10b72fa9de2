using Segmentation.Core.Segments;
using Segmentation.Core.Segments.Lookup;

namespace Segmentation.Core.Api.Documents;

/// <summary>The body of a lookup of many customers.</summary>
/// <param name="CustomerIds">The ids, at most <see cref="MostIds" />.</param>
public sealed record LookupRequest(IReadOnlyList<string> CustomerIds)
{
    /// <summary>Most ids of one lookup.</summary>
    public const int MostIds = 1_000;
}

/// <summary>The answer to a lookup of many customers, all from one run.</summary>
/// <param name="Found">The known ones, in the order asked.</param>
/// <param name="Missing">The ids of the others, in the order asked.</param>
public sealed record LookupDocument(IReadOnlyList<SegmentAnswer> Found, IReadOnlyList<string> Missing);

/// <summary>The segments of the current run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="AsOf">Its as-of date.</param>
/// <param name="Segments">Clusters, then named segments.</param>
public sealed record SegmentsDocument(string RunId, DateOnly AsOf, IReadOnlyList<SegmentProfile> Segments);
