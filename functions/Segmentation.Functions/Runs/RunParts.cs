using Microsoft.Extensions.Logging;
using Segmentation.Core.Erasure;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Functions.Runs;

/// <summary>What runs work with, one of each a process.</summary>
public sealed record RunParts
{
    /// <summary>All that is stored.</summary>
    public required SegmentationStorage Storage { get; init; }

    /// <summary>The requests for runs.</summary>
    public required RunRequests Requests { get; init; }

    /// <summary>Holds runs off while what is stored changes.</summary>
    public required StoreHolds Holds { get; init; }

    /// <summary>Finishes erasures that were interrupted.</summary>
    public required CustomerErasure Erasure { get; init; }

    /// <summary>Removes what is needed no more.</summary>
    public required RunRetention Retention { get; init; }

    /// <summary>The options of runs that begin.</summary>
    public required SegmentationOptions Options { get; init; }

    /// <summary>The language of runs that begin: <c>en</c> or <c>ru</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Takes what is worth a line.</summary>
    public required ILogger<RunParts> Logger { get; init; }
}
