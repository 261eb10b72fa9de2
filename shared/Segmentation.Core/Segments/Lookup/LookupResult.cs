namespace Segmentation.Core.Segments.Lookup;

/// <summary>A customer that was found.</summary>
/// <param name="Run">The run that the answer comes from.</param>
/// <param name="Version">The <see cref="PublishedRun.Version" /> of the answer.</param>
/// <param name="Answer">The answer.</param>
public sealed record LookupResult(PublishedRun Run, string Version, SegmentAnswer Answer);

/// <summary>What became of a lookup of several customers.</summary>
/// <param name="Run">The run that all answers come from.</param>
/// <param name="Version">The <see cref="PublishedRun.Version" /> of the answers.</param>
/// <param name="Answers">The answers.</param>
public sealed record BatchLookupResult(PublishedRun Run, string Version, SegmentAnswers Answers);

/// <summary>The answer to a lookup of several customers.</summary>
/// <param name="Found">The customers that are known, each once, in the order asked for.</param>
/// <param name="Missing">The ids that are unknown, as they were written, each once, in the order asked for.</param>
public sealed record SegmentAnswers(IReadOnlyList<SegmentAnswer> Found, IReadOnlyList<string> Missing);
