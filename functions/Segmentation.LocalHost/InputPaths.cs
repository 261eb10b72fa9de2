using Segmentation.Core.Transactions;

namespace Segmentation.LocalHost;

/// <summary>Finds the files that the paths of a command line name.</summary>
internal static class InputPaths
{
    private const string AnyPrefix = "inputs/";
    private static readonly string[] Extensions = [".csv", ".tsv", ".txt", ".xlsx"];

    // Spreadsheets that cannot be read, unless they are text by their content: left out silently, a month of sales would be missing.
    private static readonly string[] Refused = [".xls", ".xlsb", ".xlsm", ".ods"];

    /// <summary>The files by upload name: the path relative to the folder that was given, or the file's name.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="leaveOut">A folder whose files are no input: the output. Results of earlier runs elsewhere are left out too.</param>
    /// <param name="passedOver">Receives the names of files in folders that are not read because their names are those of no table.</param>
    /// <remarks>Where names of several inputs collide, all are named by their paths below the folder that all have in common.</remarks>
    /// <exception cref="CommandFault">A path does not exist, may not be read or is ignored by its name, or nothing was found.</exception>
    public static IReadOnlyDictionary<string, string> Find(IReadOnlyList<string> paths, string leaveOut, ICollection<string> passedOver)
    {
        var found = new List<(string Name, string Path)>();
        foreach (string path in paths)
        {
            found.AddRange(FilesOf(path, leaveOut, passedOver));
        }

        found = [.. found.DistinctBy(file => file.Path, StringComparer.Ordinal)];
        if (found.Count == 0)
        {
            throw new CommandFault(
                ExitCodes.NothingUsable,
                $"No file to read was found in {string.Join(", ", paths.Select(path => $"'{path}'"))}; expected {Expected()}.");
        }

        var names = found.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        bool collides = names.Count != found.Count || names.Any(name => FoldersOf(name).Any(names.Contains));
        return collides
            ? NamesByPath([.. found.Select(file => file.Path)], Path.DirectorySeparatorChar)
            : found.ToDictionary(file => file.Name, file => file.Path, StringComparer.Ordinal);
    }

    /// <summary>Full paths by names that tell them apart: what follows the folder that all have in common.</summary>
    /// <remarks>A folder on the way may be named as one that says what its files hold: then all get a prefix, so that none is taken for that.</remarks>
    internal static Dictionary<string, string> NamesByPath(IReadOnlyList<string> paths, char separator)
    {
        int common = CommonFolder(paths, separator).Length;
        string NameOf(string path) => path[common..].TrimStart(separator).Replace(separator, '/');
        string prefix = paths.All(path => UploadNames.IsTransactions(NameOf(path))) ? "" : AnyPrefix;
        return paths.ToDictionary(path => prefix + NameOf(path), StringComparer.Ordinal);
    }

    /// <summary>The folder that files have in common, with a separator at its end; empty where they have none, as on two drives.</summary>
    internal static string CommonFolder(IReadOnlyList<string> files, char separator)
    {
        string common = FolderOf(files[0]);
        foreach (string file in files)
        {
            while (!file.StartsWith(common, StringComparison.Ordinal))
            {
                common = FolderOf(common.TrimEnd(separator));
            }
        }

        return common;

        string FolderOf(string path) => path[..(path.LastIndexOf(separator) + 1)];
    }

    private static IEnumerable<(string Name, string Path)> FilesOf(string path, string leaveOut, ICollection<string> passedOver)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            string name = Path.GetFileName(full);
            return UploadNames.IsIgnored(name)
                ? throw new CommandFault(
                    ExitCodes.Usage, $"'{path}' is by its name a hidden, lock, partial or temporary file, and such are not read; rename it.")
                : [(name, full)];
        }

        if (!Directory.Exists(full))
        {
            throw new CommandFault(ExitCodes.Usage, $"'{path}' does not exist; expected a file or a folder.");
        }

        string[] files;
        try
        {
            files = [.. FolderWalk.Files(full)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault(
                ExitCodes.Usage, $"'{path}' cannot be read as a whole ({fault.Message}); expected a folder that you may read with all that is in it.");
        }

        // Results of earlier runs hold rows too, in rejects/: read again they would count twice.
        string[] results =
        [
            AsPrefix(leaveOut),
            .. files.Where(file => Path.GetFileName(file) == "manifest.json").Select(file => Path.GetDirectoryName(file)!)
                .Where(folder => File.Exists(Path.Combine(folder, "model-selection.json"))).Select(AsPrefix),
        ];
        (string Name, string Path)[] named = [.. files
            .Where(file => !results.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Select(file => (Name: Path.GetRelativePath(full, file).Replace(Path.DirectorySeparatorChar, '/'), Path: file))
            .Where(file => UploadNames.IsTransactions(file.Name))
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
        foreach ((string name, _) in named.Where(static file => !IsTable(file.Name)))
        {
            passedOver.Add(name);
        }

        return named.Where(static file => IsTable(file.Name));
    }

    // Results by upload lie in folders of the uploads' names: a name cannot be a file and a folder.
    private static IEnumerable<string> FoldersOf(string name)
    {
        for (int slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
        {
            yield return name[..slash];
        }
    }

    private static string AsPrefix(string folder) => Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;

    private static bool IsTable(string name)
    {
        string plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return Extensions.Concat(Refused).Any(extension => plain.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            || name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
    }

    private static string Expected() => $"files named {string.Join(", ", Extensions.Select(extension => "*" + extension))}, each also as .gz, and *.zip";
}
