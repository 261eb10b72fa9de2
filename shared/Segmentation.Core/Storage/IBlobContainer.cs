using System.Globalization;

namespace Segmentation.Core.Storage;

/// <summary>One stored blob.</summary>
/// <param name="Name">Its name in the container, with <c>/</c> between folders.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="LastModified">When it was last written.</param>
public sealed record BlobEntry(string Name, long Length, DateTimeOffset LastModified)
{
    /// <summary>
    /// An opaque mark that each write changes: the storage's own, as an ETag, or the time and the size where the storage keeps none and its
    /// clock is fine enough.
    /// </summary>
    public string Version
    {
        get => field ?? string.Create(CultureInfo.InvariantCulture, $"{LastModified.UtcTicks:x}-{Length:x}");
        init;
    }

    /// <summary>Whether the blob is still as it was seen.</summary>
    /// <param name="length">Its size then.</param>
    /// <param name="lastModified">When it had been last written then.</param>
    /// <param name="version">Its version then; null where what was kept of it is from a time before versions.</param>
    public bool IsStill(long length, DateTimeOffset lastModified, string? version) =>
        Length == length && LastModified == lastModified && (version is null || version == Version);
}

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
