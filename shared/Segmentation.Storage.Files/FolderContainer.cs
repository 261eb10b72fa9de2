using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using Segmentation.Core.Storage;

namespace Segmentation.Storage.Files;

/// <summary>A container of blobs that is a folder.</summary>
/// <remarks>
/// A blob is written under a temporary name beside its place and renamed when complete, so a crash leaves a stray temporary file
/// (which no listing shows) and never half a blob.
/// </remarks>
public sealed class FolderContainer : IBlobContainer
{
    private const string TemporarySuffix = ".writing.tmp";
    private const int StreamBuffer = 64 << 10;
    private const int MostAttempts = 5;

    private static readonly char[] InvalidCharacters = Path.GetInvalidFileNameChars();

    // Of the process: two containers on one folder must not share a temporary name.
    private static long _writes;
    private readonly string _root;
    private readonly bool _isDurable;

    /// <summary>Uses a folder; it is made with the first blob.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="isDurable">Whether blobs outlive a power cut too, at the price of a flush each.</param>
    public FolderContainer(string root, bool isDurable = false)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        _isDurable = isDurable;
    }

    /// <inheritdoc />
    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // A pipe has no length, and opening one waits for somebody to write; an empty file need not be opened either.
        return Task.FromResult(new FileInfo(PathOf(name)) is { Exists: true, Length: 0 } ? Stream.Null : OpenRead(name));
    }

    /// <inheritdoc />
    public Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(name, write, static (temporary, path) => File.Move(temporary, path, overwrite: true), cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(_root))
        {
            yield break;
        }

        // Only the folder that the prefix names is walked: a container holds every run there was.
        int slash = prefix.LastIndexOf('/');
        string start = slash < 0 ? _root : PathOf(prefix[..slash]);
        if (!Directory.Exists(start))
        {
            yield break;
        }

        var entries = new List<BlobEntry>();
        foreach (FileInfo file in FilesOf(start))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = Path.GetRelativePath(_root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (name.StartsWith(prefix, StringComparison.Ordinal) && !name.EndsWith(TemporarySuffix, StringComparison.Ordinal)
                && EntryOf(name, file) is { } entry)
            {
                entries.Add(entry);
            }
        }

        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (BlobEntry entry in entries)
        {
            yield return entry;
        }
    }

    // Links to folders are not followed: one that leads upwards would show every file many times.
    private static FileSystemEnumerable<FileInfo> FilesOf(string folder)
    {
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None };
        return new FileSystemEnumerable<FileInfo>(folder, static (ref entry) => (FileInfo)entry.ToFileSystemInfo(), everywhere)
        {
            ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = static (ref entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) || entry.ToFileSystemInfo().LinkTarget is null,
        };
    }

    // A file may go between the listing and the look at it. One whose name is no text cannot be looked at: it is shown as empty, so that
    // somebody learns of it.
    private static BlobEntry? EntryOf(string name, FileInfo file)
    {
        try
        {
            return new BlobEntry(name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return name.Contains('\uFFFD', StringComparison.Ordinal) ? new BlobEntry(name, 0, DateTimeOffset.UnixEpoch) : null;
        }
    }

    /// <inheritdoc />
    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(name));
        return Task.FromResult(file.Exists ? new BlobEntry(name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)) : null);
    }

    /// <inheritdoc />
    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(name)));

    /// <inheritdoc />
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        RemoveEmptyFolders(Path.GetDirectoryName(path)!);
        return Task.CompletedTask;
    }

    // Folders are made with their first blob and go with the last.
    internal void RemoveEmptyFolders(string folder)
    {
        while (folder.Length > _root.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                // A blob was written there just now.
                return;
            }

            folder = Path.GetDirectoryName(folder)!;
        }
    }

    /// <summary>Opens the file of a blob.</summary>
    /// <exception cref="BlobNotFoundException">There is none of that name.</exception>
    internal FileStream OpenRead(string name)
    {
        try
        {
            return new FileStream(PathOf(name), new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
            });
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException
            || (fault is UnauthorizedAccessException && Directory.Exists(PathOf(name))))
        {
            throw new BlobNotFoundException(name);
        }
    }

    /// <summary>Writes a blob; the whole file is then moved from its temporary path to its own by the caller.</summary>
    internal async Task WriteAsync(
        string name, Func<Stream, CancellationToken, Task> write, Action<string, string> move, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        string folder = Path.GetDirectoryName(path)!;

        // Without the blob's name, which may be as long as a file name can be.
        string temporary = Path.Combine(folder, string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $".{Environment.ProcessId}-{Interlocked.Increment(ref _writes)}{TemporarySuffix}"));
        try
        {
            FileStream stream = Create(temporary, folder);
            await using (stream)
            {
                await write(stream, cancellationToken);
                if (_isDurable)
                {
                    await stream.FlushAsync(cancellationToken);
                    stream.Flush(flushToDisk: true);
                }
            }

            move(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // The folder may go with the last of its other blobs just now.
    private static FileStream Create(string path, string folder)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = StreamBuffer });
            }
            catch (DirectoryNotFoundException) when (attempt < MostAttempts)
            {
                // Made again.
            }
        }
    }

    /// <summary>Removes what writers that were killed left in a folder and below; links to folders are not followed.</summary>
    internal static void RemoveTemporaries(string folder)
    {
        var everywhere = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        foreach (string file in Directory.EnumerateFiles(folder, ".*" + TemporarySuffix, everywhere))
        {
            File.Delete(file);
        }
    }

    /// <summary>The file of a blob.</summary>
    /// <exception cref="ArgumentException">The name is empty, rooted, climbs out of the folder, or is none on this system.</exception>
    public string PathOf(string name)
    {
        if (name.Split('/').Any(part => part is "" or "." or ".." || part.AsSpan().IndexOfAny(InvalidCharacters) >= 0))
        {
            throw NoName(name);
        }

        // Windows drops blanks and dots at the end of a part, so that ".. " climbs too: such a path is not as we joined it.
        string path = Path.Combine(_root, name.Replace('/', Path.DirectorySeparatorChar));
        return Path.GetFullPath(path) == path ? path : throw NoName(name);
    }

    private static ArgumentException NoName(string name) =>
        new($"'{name}' is no name of a blob: expected folders and a file name, divided by '/'.", nameof(name));
}
