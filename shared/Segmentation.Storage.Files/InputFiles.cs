using System.Runtime.CompilerServices;
using Segmentation.Core.Storage;

namespace Segmentation.Storage.Files;

/// <summary>Uploads that are read where they lie: files of any folders under names of our choice. Nothing can be written.</summary>
public sealed class InputFiles : IBlobContainer
{
    private readonly SortedDictionary<string, string> _paths;

    /// <summary>Uses files by name.</summary>
    public InputFiles(IReadOnlyDictionary<string, string> paths) =>
        _paths = new SortedDictionary<string, string>(paths.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <inheritdoc />
    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_paths.TryGetValue(name, out string? path))
        {
            throw new BlobNotFoundException(name);
        }

        try
        {
            return Task.FromResult<Stream>(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BlobNotFoundException(name);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach ((string name, string path) in _paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                var file = new FileInfo(path);
                yield return new BlobEntry(name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
            }
        }
    }

    /// <inheritdoc />
    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        FileInfo? file = _paths.TryGetValue(name, out string? path) ? new FileInfo(path) : null;
        return Task.FromResult(
            file is { Exists: true } ? new BlobEntry(name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)) : null);
    }

    /// <inheritdoc />
    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_paths.ContainsKey(name));

    /// <inheritdoc />
    public Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Files that are read in place are not written.");

    /// <inheritdoc />
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Files that are read in place are not deleted.");
}
