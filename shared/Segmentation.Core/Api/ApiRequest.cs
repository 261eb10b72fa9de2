namespace Segmentation.Core.Api;

/// <summary>A request as a host received it.</summary>
public sealed record ApiRequest
{
    /// <summary>The method: <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The path as sent, still percent-encoded, without the query:
    /// what was decoded already cannot be told apart any more.</summary>
    public required string Path { get; init; }

    /// <summary>The header <c>If-None-Match</c>, or null.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>The header <c>Content-Type</c>, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>The header <c>Content-Length</c>, or null.</summary>
    public long? ContentLength { get; init; }

    /// <summary>The body; read no further than the limit of the route.</summary>
    public Stream Body { get; init; } = Stream.Null;

    /// <summary>The path of a request target as it stands on the request line: <c>/path?query</c>,
    /// or <c>http://host/path?query</c>.</summary>
    public static string PathOf(string target)
    {
        int scheme = target.StartsWith('/') ? -1 : target.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            int path = target.AsSpan(scheme + 3).IndexOfAny('/', '?');
            target = path < 0 ? "/" : target[(scheme + 3 + path)..];
        }

        int query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }
}
