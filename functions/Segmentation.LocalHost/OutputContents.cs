using System.Security.Cryptography;
using System.Text.Json;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.LocalHost;

/// <summary>Tells what an earlier run wrote from what is someone's work.</summary>
internal static class OutputContents
{
    private const string Manifest = "manifest.json";

    /// <summary>Checks that a folder holds nothing but what a run wrote, as the run wrote it: files in it are given out to be corrected.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <exception cref="CommandFault">It holds something else, which the message names.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static void ThrowIfWorkWouldBeLost(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        string[] files =
        [
            .. FolderWalk.Files(folder, hiddenToo: true).Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(name => name != Manifest).Order(StringComparer.Ordinal),
        ];
        if (files.Length == 0)
        {
            return;
        }

        IReadOnlyDictionary<string, string> outputs = OutputsOf(folder);
        foreach (string name in files)
        {
            if (!outputs.TryGetValue(name, out string? sha256))
            {
                throw new CommandFault(
                    ExitCodes.Usage,
                    $"--out: '{folder}' holds '{name}', which is no result of an earlier run and would be lost; choose a new or an empty folder.");
            }

            if (!string.Equals(sha256, Sha256(Path.Combine(folder, name)), StringComparison.OrdinalIgnoreCase))
            {
                throw new CommandFault(
                    ExitCodes.Usage,
                    $"--out: '{folder}' holds '{name}', which was changed after the run that wrote it and would be lost; move it elsewhere, or choose a new or an empty folder.");
            }
        }
    }

    private static IReadOnlyDictionary<string, string> OutputsOf(string folder)
    {
        string path = Path.Combine(folder, Manifest);
        if (!File.Exists(path))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            if (JsonSerializer.Deserialize(stream, ResultJson.Readable.ManifestDocument) is { Outputs: { } outputs })
            {
                return outputs;
            }
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            // Said below.
        }

        throw new CommandFault(
            ExitCodes.Usage,
            $"--out: '{path}' cannot be read as the manifest of a run, which would tell results from other files; choose a new or an empty folder.");
    }

    private static string Sha256(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
