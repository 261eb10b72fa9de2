namespace Segmentation.Core.Storage;

/// <summary>Several blobs that are read together and closed together.</summary>
internal sealed class OpenBlobs(IBlobContainer container) : IAsyncDisposable
{
    private readonly List<Stream> _streams = [];

    /// <summary>Opens blobs, in order.</summary>
    public async Task<IReadOnlyList<Stream>> OpenAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        int first = _streams.Count;
        foreach (string name in names)
        {
            _streams.Add(await container.OpenReadAsync(name, cancellationToken));
        }

        return _streams[first..];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (Stream stream in _streams)
        {
            await stream.DisposeAsync();
        }
    }
}
