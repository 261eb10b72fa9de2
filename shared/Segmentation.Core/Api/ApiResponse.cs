namespace Segmentation.Core.Api;

/// <summary>An answer: a host copies the status and the headers, writes the body, and disposes of it.</summary>
public sealed class ApiResponse : IAsyncDisposable
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Stream? _stream;

    internal ApiResponse(int status, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> bytes = default)
    {
        Status = status;
        Headers = headers;
        _bytes = bytes;
        ContentLength = bytes.Length;
    }

    internal ApiResponse(int status, IReadOnlyList<KeyValuePair<string, string>> headers, Stream stream)
    {
        Status = status;
        Headers = headers;
        _stream = stream;
        ContentLength = stream.Length;
    }

    /// <summary>The status code.</summary>
    public int Status { get; }

    /// <summary>All headers but <c>Content-Length</c>, each once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The length of the body in bytes; of an answer to <c>HEAD</c>, that of the body which <c>GET</c> would give.</summary>
    public long ContentLength { get; private init; }

    /// <summary>Whether the body is left out, because the request was <c>HEAD</c>.</summary>
    public bool IsBodyless { get; private init; }

    /// <summary>The value of a header, or null.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Writes the body, once.</summary>
    public async Task WriteBodyAsync(Stream into, CancellationToken cancellationToken)
    {
        if (IsBodyless)
        {
            return;
        }

        if (_stream is not null)
        {
            await _stream.CopyToAsync(into, cancellationToken);
        }
        else if (!_bytes.IsEmpty)
        {
            await into.WriteAsync(_bytes, cancellationToken);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The same answer without its body, which is disposed of.</summary>
    internal async ValueTask<ApiResponse> WithoutBodyAsync()
    {
        await DisposeAsync();
        return new ApiResponse(Status, Headers) { ContentLength = ContentLength, IsBodyless = true };
    }
}
