using Segmentation.Core.Storage;

namespace Segmentation.Storage.Files;

/// <summary>The whole storage in one folder, with containers and tables as folders of their names.</summary>
/// <remarks>
/// Who looks customers up disposes <see cref="SegmentationStorage.Segments" /> at the end: it keeps files mapped into memory.
/// </remarks>
public static class FolderStorage
{
    /// <summary>Uses a folder; what is not there is made when it is first written.</summary>
    public static SegmentationStorage Open(string data) => new(
        new FolderContainer(Path.Combine(data, "uploads")),
        new FolderContainer(Path.Combine(data, "clean")),
        new FolderContainer(Path.Combine(data, "runs")),
        new FolderContainer(Path.Combine(data, "quarantine")),
        new FolderSegmentStore(Path.Combine(data, "tables")));
}
