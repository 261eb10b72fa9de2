using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Segmentation.LocalHost.Serving;

/// <summary>Says who may ask: those who show the key, where there is one, and no page of another site through somebody's browser.</summary>
internal sealed class RequestGuard
{
    /// <summary>The header that the key is shown in, as of Azure Functions.</summary>
    public const string KeyHeader = "x-functions-key";

    private readonly byte[]? _keyHash;
    private readonly bool _onlyLoopback;

    /// <summary>A guard.</summary>
    /// <param name="apiKey">The key, or null where none is asked for.</param>
    /// <param name="onlyLoopback">Whether the server listens on this machine alone.</param>
    public RequestGuard(string? apiKey, bool onlyLoopback)
    {
        _keyHash = apiKey is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(apiKey));
        _onlyLoopback = onlyLoopback;
    }

    /// <summary>Why a request is refused, or null.</summary>
    public (int Status, string Detail)? Refusal(HttpRequest request)
    {
        // A site whose name is made to lead to this machine is stopped by the name that its pages ask for.
        if (_onlyLoopback && !IsLoopback(request.Host.Host))
        {
            return (StatusCodes.Status403Forbidden, "The header Host names another machine; ask 127.0.0.1 or localhost.");
        }

        bool changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        if (changes && request.Headers.Origin is [{ } origin, ..] && !IsSame(origin, request.Host))
        {
            return (StatusCodes.Status403Forbidden, "The request comes from a page of another site.");
        }

        return _keyHash is null || ShowsKey(request)
            ? null
            : (StatusCodes.Status401Unauthorized, $"A key is needed in the header {KeyHeader}.");
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    // The scheme may differ: a proxy in front may speak https.
    private static bool IsSame(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? url)
        && new HostString(url.Authority).Equals(host.HasValue ? new HostString(WithoutDefaultPort(host, url)) : host);

    private static string WithoutDefaultPort(HostString host, Uri url) =>
        host.Port is { } port && port == (url.Scheme == "https" ? 443 : 80) ? host.Host : host.Value!;

    // Hashes have one length, so that comparing takes as long whatever was shown.
    private bool ShowsKey(HttpRequest request) =>
        request.Headers[KeyHeader] is [{ } shown]
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), _keyHash);
}
