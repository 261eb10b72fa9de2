using System.IO.Enumeration;

namespace Segmentation.LocalHost;

/// <summary>The files of a folder and of those below it.</summary>
internal static class FolderWalk
{
    private const FileAttributes Unseen = FileAttributes.Hidden | FileAttributes.System;

    /// <summary>The paths of all files, links to files among them.</summary>
    /// <param name="folder">The folder; it may be a link itself.</param>
    /// <param name="hiddenToo">Whether hidden files count, and links to folders as well.</param>
    /// <remarks>Links to folders are not followed: one that leads upwards would show every file many times.</remarks>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read; the message names it.</exception>
    public static IEnumerable<string> Files(string folder, bool hiddenToo = false)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = false,
            AttributesToSkip = hiddenToo ? FileAttributes.None : Unseen,
        };
        return new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory || (hiddenToo && IsLink(ref entry)),
            ShouldRecursePredicate = (ref entry) => !IsLink(ref entry),
        };
    }

    // Some systems mark other folders as reparse points too, as those of a cloud: these are walked.
    private static bool IsLink(ref FileSystemEntry entry) =>
        entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && entry.ToFileSystemInfo().LinkTarget is not null;
}
