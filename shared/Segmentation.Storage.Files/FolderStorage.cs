using Segmentation.Core.Storage;

namespace Segmentation.Storage.Files;

/// <summary>The whole storage in one folder, with containers and tables as folders of their names.</summary>
/// <remarks>
/// Who looks customers up disposes <see cref="SegmentationStorage.Segments" /> at the end: it keeps files mapped into memory.
/// </remarks>
public static class FolderStorage
{
    private const string Uploads = "uploads";
    private const string Clean = "clean";
    private const string Runs = "runs";
    private const string Quarantine = "quarantine";
    private const string Tables = "tables";
    private static readonly string[] Containers = [Uploads, Clean, Runs, Quarantine, Tables];

    /// <summary>Uses a folder; what is not there is made when it is first written.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="isDurable">Whether what is written outlives a power cut too, at the price of a flush each; a kill it outlives anyway.</param>
    public static SegmentationStorage Open(string data, bool isDurable = false) => new(
        new FolderContainer(Path.Combine(data, Uploads), isDurable),
        new FolderContainer(Path.Combine(data, Clean), isDurable),
        new FolderContainer(Path.Combine(data, Runs), isDurable),
        new FolderContainer(Path.Combine(data, Quarantine), isDurable),
        new FolderSegmentStore(Path.Combine(data, Tables), isDurable));

    /// <summary>Removes what a process that was killed left behind: half-written files under temporary names, and folders without a file.</summary>
    /// <remarks>The caller sees to it that no other process works on the folder. Folders of <c>uploads</c> stay: they are the user's.</remarks>
    /// <exception cref="IOException">Something cannot be read or removed.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static void Sweep(string data)
    {
        foreach (string container in Containers.Select(name => Path.Combine(data, name)).Where(Directory.Exists))
        {
            FolderContainer.RemoveTemporaries(container);
            if (Path.GetFileName(container) != Uploads)
            {
                RemoveEmptyFolders(container);
            }
        }
    }

    private static void RemoveEmptyFolders(string folder)
    {
        foreach (string inner in Directory.GetDirectories(folder))
        {
            RemoveEmptyFolders(inner);
            if (!Directory.EnumerateFileSystemEntries(inner).Any())
            {
                Directory.Delete(inner);
            }
        }
    }
}
