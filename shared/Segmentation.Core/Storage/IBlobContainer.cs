namespace Segmentation.Core.Storage;

/// <summary>One stored blob.</summary>
/// <param name="Name">Its name in the container, with <c>/</c> between folders.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="LastModified">When it was last written.</param>
public sealed record BlobEntry(string Name, long Length, DateTimeOffset LastModified);

/// <summary>A flat set of named byte strings: a container of Blob Storage, or a folder.</summary>
/// <remarks>Thread-safe. Names are relative, use <c>/</c>, and are compared ordinally.</remarks>
public interface IBlobContainer
{
    /// <summary>Opens a blob for reading. The stream can seek.</summary>
    /// <exception cref="BlobNotFoundException">There is none of that name.</exception>
    Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a blob whole: readers see the old content or the new, never a part, whatever happens in between.</summary>
    Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>The blobs whose names start with <paramref name="prefix" />, in ordinal order of their names.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>What is known of one blob, or null where there is none of that name.</summary>
    Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether there is a blob of that name.</summary>
    Task<bool> ExistsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes a blob; nothing happens where there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A blob that was expected is not there.</summary>
/// <param name="name">Its name.</param>
public sealed class BlobNotFoundException(string name) : Exception($"There is no blob '{name}'.")
{
    /// <summary>The name that was looked for.</summary>
    public string Name { get; } = name;
}
