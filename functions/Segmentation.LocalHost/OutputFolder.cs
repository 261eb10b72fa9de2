using System.Globalization;

namespace Segmentation.LocalHost;

/// <summary>
/// The folder of results: it appears, or replaces that of an earlier run, by one rename when everything is written. Until then all
/// work is done in a hidden folder beside it, so a crash at any moment leaves nothing half-written.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private const string WorkMark = ".segmentation-";
    private const string StartMark = ".starting-";
    private const string LockName = "lock";
    private const string PreviousName = "previous";
    private readonly string _path;
    private readonly FileStream _lock;

    private OutputFolder(string path, string work, FileStream workLock)
    {
        _path = path;
        Work = work;
        _lock = workLock;
    }

    /// <summary>A fresh folder to work in, on the same file system.</summary>
    public string Work { get; }

    /// <summary>Checks that results can be written there, and removes what a killed run left beside it.</summary>
    /// <exception cref="CommandFault">They cannot: the message says why and what to do.</exception>
    public static OutputFolder Open(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full) && Directory.ResolveLinkTarget(full, returnFinalTarget: true) is { } target)
        {
            full = target.FullName;
        }

        string parent = Path.GetDirectoryName(full)
            ?? throw new CommandFault(ExitCodes.Usage, $"--out: '{path}' is the root of a file system; choose a folder inside it.");
        if (File.Exists(full))
        {
            throw new CommandFault(ExitCodes.Usage, $"--out: '{path}' is a file; expected a folder, or a name that is free.");
        }

        try
        {
            Directory.CreateDirectory(parent);
            ThrowIfReadOnly(path, full);
            RemoveStale(parent, full);
            OutputContents.ThrowIfWorkWouldBeLost(full);
            (string work, FileStream workLock) = MakeWork(parent, Path.GetFileName(full));
            return new OutputFolder(full, work, workLock);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault(
                ExitCodes.Usage,
                $"--out: results cannot be written to '{path}' ({fault.Message}); choose a folder that you may write to, inside one that you may write to.");
        }
    }

    /// <summary>Puts a finished folder in the place of the output.</summary>
    /// <exception cref="CommandFault">The output cannot be replaced; it is as it was.</exception>
    public void Commit(string finished)
    {
        try
        {
            // A run can take minutes, in which somebody may have corrected a file of the earlier result.
            OutputContents.ThrowIfWorkWouldBeLost(_path);
            if (Directory.Exists(_path))
            {
                Directory.Move(_path, Path.Combine(Work, PreviousName));
            }

            Directory.Move(finished, _path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            TryPutBack(Work, _path);
            throw new CommandFault(
                ExitCodes.Usage, $"--out: '{_path}' cannot be replaced ({fault.Message}); choose a folder inside one that you may write to.");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        using (_lock)
        {
            // Not put back, what lies there is the only copy of the earlier result: the next run tries again.
            if (TryPutBack(Work, _path))
            {
                TryRemove(Work, _lock);
            }
        }
    }

    // Until its lock is held, a work folder has a name that no run sweeps. A run that is killed just then leaves an empty lock there.
    private static (string Work, FileStream Lock) MakeWork(string parent, string name)
    {
        string unique = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Guid.NewGuid():N}");
        string work = Path.Combine(parent, $".{name}{WorkMark}{unique}");
        if (OperatingSystem.IsWindows())
        {
            // A folder with an open file cannot be renamed there; but a file is locked from its first moment, and no run sweeps a folder
            // without one.
            Directory.CreateDirectory(work);
            return (work, new FileStream(Path.Combine(work, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
        }

        string start = Path.Combine(parent, $".{name}{StartMark}{unique}");
        Directory.CreateDirectory(start);
        var workLock = new FileStream(Path.Combine(start, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Directory.Move(start, work);
        return (work, workLock);
    }

    /// <summary>Removes a work folder whose lock is held: what it holds first, then the lock.</summary>
    private static void TryRemove(string work, FileStream workLock)
    {
        try
        {
            foreach (string folder in Directory.GetDirectories(work))
            {
                Directory.Delete(folder, recursive: true);
            }

            foreach (string file in Directory.GetFiles(work).Where(file => Path.GetFileName(file) != LockName))
            {
                File.Delete(file);
            }

            workLock.Dispose();
            Directory.Delete(work, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next run sweeps it: a committed run did not fail by what it leaves, and the fault of another is not to be masked.
        }
    }

    /// <summary>Puts an earlier result that lies in a work folder back, unless there is an output.</summary>
    /// <returns>Whether the work folder holds no result that is missing in its place.</returns>
    private static bool TryPutBack(string work, string output)
    {
        string previous = Path.Combine(work, PreviousName);
        try
        {
            if (Directory.Exists(previous) && !Directory.Exists(output))
            {
                Directory.Move(previous, output);
            }

            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void ThrowIfReadOnly(string path, string full)
    {
        if (!Directory.Exists(full))
        {
            return;
        }

        // The mode is looked at too: a superuser may write anywhere, but a folder without any write bit says that nobody should.
        const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(full) & AnyWrite) == UnixFileMode.None)
        {
            throw new CommandFault(ExitCodes.Usage, $"--out: '{path}' is read-only; choose a folder that you may write to.");
        }

        string probe = Path.Combine(full, "manifest.json.probe");
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
    }

    private static void RemoveStale(string parent, string full)
    {
        // Compared as it is: as a pattern, a name with '*' would mean the folders of other outputs too.
        string mark = $".{Path.GetFileName(full)}{WorkMark}";
        string[] works = [.. Directory.GetDirectories(parent).Where(folder => Path.GetFileName(folder).StartsWith(mark, StringComparison.Ordinal))];
        foreach (string work in works)
        {
            try
            {
                using var workLock = new FileStream(Path.Combine(work, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

                // Killed between the two renames of a commit: the result of the run before is still the last whole one.
                if (TryPutBack(work, full))
                {
                    TryRemove(work, workLock);
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // A live run holds the lock, or there is none: the folder is being removed, or is no work folder of ours.
            }
        }
    }
}
