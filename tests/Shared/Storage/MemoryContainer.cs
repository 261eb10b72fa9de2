using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Segmentation.Core.Storage;

namespace Segmentation.Testing.Storage;

/// <summary>A container in memory. Each write is a second later than the one before.</summary>
internal sealed class MemoryContainer(WriteFaults? faults = null) : IBlobContainer
{
    private readonly ConcurrentDictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private long _writes;

    /// <summary>Name → bytes of all blobs.</summary>
    public SortedDictionary<string, byte[]> Snapshot() =>
        new(_blobs.ToArray().ToDictionary(blob => blob.Key, blob => blob.Value.Bytes, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>A blob as text.</summary>
    public string this[string name]
    {
        get => Encoding.UTF8.GetString(_blobs[name].Bytes);
        set => Put(name, Encoding.UTF8.GetBytes(value));
    }

    public void Put(string name, byte[] bytes) =>
        _blobs[name] = new Blob(bytes, DateTimeOffset.UnixEpoch.AddSeconds(Interlocked.Increment(ref _writes)));

    /// <summary>Writes a blob anew without its time changing, as a service does whose times are coarse.</summary>
    public void Overwrite(string name, string text) => _blobs[name] = new Blob(
        Encoding.UTF8.GetBytes(text), _blobs[name].LastModified, $"write {Interlocked.Increment(ref _writes)}");

    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _blobs.TryGetValue(name, out Blob? blob)
            ? Task.FromResult<Stream>(new MemoryStream(blob.Bytes, writable: false))
            : throw new BlobNotFoundException(name);
    }

    public async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        if (name.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw new ArgumentException($"'{name}' is no name of a blob.", nameof(name));
        }

        using var stream = new MemoryStream();
        await write(stream, cancellationToken);
        faults?.Write(() => Put(name, stream.ToArray()));
        if (faults is null)
        {
            Put(name, stream.ToArray());
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        // Its own ToArray takes a snapshot; what sorts reads the count first, and fails where others write meanwhile.
        foreach ((string name, Blob blob) in _blobs.ToArray().OrderBy(blob => blob.Key, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return Entry(name, blob);
            }
        }
    }

    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(
        _blobs.TryGetValue(name, out Blob? blob) ? Entry(name, blob) : null);

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_blobs.ContainsKey(name));

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (faults is null)
        {
            _blobs.TryRemove(name, out _);
        }
        else
        {
            faults.Write(() => _blobs.TryRemove(name, out _));
        }

        return Task.CompletedTask;
    }

    // Of what was only put there is no mark but its time.
    private static BlobEntry Entry(string name, Blob blob) => blob.Version is null
        ? new BlobEntry(name, blob.Bytes.Length, blob.LastModified)
        : new BlobEntry(name, blob.Bytes.Length, blob.LastModified) { Version = blob.Version };

    private sealed record Blob(byte[] Bytes, DateTimeOffset LastModified, string? Version = null);
}
