using Segmentation.Core.Options;

namespace Segmentation.LocalHost.Serving;

/// <summary>What a server is started with.</summary>
internal sealed record ServeOptions
{
    /// <summary>The folder of the store; of no account where it is in a storage account.</summary>
    public required string Data { get; init; }

    /// <summary>Whether the store is in the storage account that the settings name.</summary>
    public bool IsAzure { get; init; }

    /// <summary>The addresses to listen on, divided by <c>;</c>.</summary>
    public required string Urls { get; init; }

    /// <summary>The options of runs.</summary>
    public required SegmentationOptions Options { get; init; }

    /// <summary>The language of names and texts.</summary>
    public required string Language { get; init; }

    /// <summary>Whether more is logged than what a person needs who knows that all is well.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>Whether only warnings are logged, because something else tells of the progress.</summary>
    public bool IsQuiet { get; init; }
}
