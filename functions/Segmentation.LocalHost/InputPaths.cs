using Segmentation.Core.Transactions;

namespace Segmentation.LocalHost;

/// <summary>Finds the files that the paths of a command line name.</summary>
internal static class InputPaths
{
    private static readonly string[] Extensions = [".csv", ".tsv", ".txt", ".xlsx"];
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, MaxRecursionDepth = 64 };

    /// <summary>The files by upload name: the path relative to the folder that was given, or the file's name.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="leaveOut">A folder whose files are no input: the output. Results of earlier runs elsewhere are left out too.</param>
    /// <remarks>Where names of several inputs collide, all are named by their paths below the folder that all have in common.</remarks>
    /// <exception cref="CommandFault">A path does not exist, or nothing was found.</exception>
    public static IReadOnlyDictionary<string, string> Find(IReadOnlyList<string> paths, string leaveOut)
    {
        var found = new List<(string Name, string Path)>();
        foreach (string path in paths)
        {
            found.AddRange(FilesOf(path, leaveOut));
        }

        found = [.. found.DistinctBy(file => file.Path, StringComparer.Ordinal)];
        if (found.Count == 0)
        {
            throw new CommandFault(
                ExitCodes.NothingUsable,
                $"No file to read was found in {string.Join(", ", paths.Select(path => $"'{path}'"))}; expected {Expected()}.");
        }

        bool collides = found.DistinctBy(file => file.Name, StringComparer.Ordinal).Count() != found.Count;
        string root = CommonFolder(found.Select(file => file.Path));
        return found.ToDictionary(
            file => collides ? Path.GetRelativePath(root, file.Path).Replace(Path.DirectorySeparatorChar, '/') : file.Name,
            file => file.Path,
            StringComparer.Ordinal);
    }

    private static IEnumerable<(string Name, string Path)> FilesOf(string path, string leaveOut)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return [(Path.GetFileName(full), full)];
        }

        if (!Directory.Exists(full))
        {
            throw new CommandFault(ExitCodes.Usage, $"'{path}' does not exist; expected a file or a folder.");
        }

        // Results of earlier runs hold rows too, in rejects/: read again they would count twice.
        string[] results =
        [
            AsPrefix(leaveOut),
            .. Directory.EnumerateFiles(full, "manifest.json", Everything)
                .Where(manifest => File.Exists(Path.Combine(Path.GetDirectoryName(manifest)!, "model-selection.json")))
                .Select(manifest => AsPrefix(Path.GetDirectoryName(manifest)!)),
        ];
        return Directory.EnumerateFiles(full, "*", Everything)
            .Where(file => !results.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Select(file => (Name: Path.GetRelativePath(full, file).Replace(Path.DirectorySeparatorChar, '/'), Path: file))
            .Where(file => IsTable(file.Name) && UploadNames.IsTransactions(file.Name))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
    }

    private static string AsPrefix(string folder) => Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;

    private static bool IsTable(string name)
    {
        string plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return Extensions.Any(extension => plain.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            || name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
    }

    private static string Expected() => $"files named {string.Join(", ", Extensions.Select(extension => "*" + extension))}, each also as .gz";

    private static string CommonFolder(IEnumerable<string> files)
    {
        string? common = null;
        foreach (string file in files)
        {
            string folder = Path.GetDirectoryName(file)!;
            common ??= folder;
            while (!$"{folder}/".StartsWith($"{common.TrimEnd('/')}/", StringComparison.Ordinal))
            {
                common = Path.GetDirectoryName(common)!;
            }
        }

        return common!;
    }
}
