namespace Segmentation.Core.Storage;

/// <summary>Everything the product stores, behind its ports.</summary>
/// <param name="Uploads">What the store dropped.</param>
/// <param name="Clean">Cleaned rows, rejected rows and the record of each upload.</param>
/// <param name="Runs">Per run: its plan, the files between its steps, its history and its results.</param>
/// <param name="Quarantine">Copies of files that cannot be used, with the reason beside each; null where uploads are read in place.</param>
/// <param name="Segments">The published assignments and the list of runs.</param>
public sealed record SegmentationStorage(
    IBlobContainer Uploads,
    IBlobContainer Clean,
    IBlobContainer Runs,
    IBlobContainer? Quarantine,
    ISegmentStore Segments);
