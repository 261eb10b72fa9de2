using System.Net;

namespace Segmentation.LocalHost.Serving;

/// <summary>The addresses that a server listens on, checked.</summary>
internal static class ServerAddresses
{
    /// <summary>Where a server listens when nothing else is said.</summary>
    public const string Default = "http://127.0.0.1:7071";

    /// <summary>The variable with the key that callers must show; it is no option, so that it is in no list of processes.</summary>
    public const string KeyVariable = "SEGMENTATION_API_KEY";

    /// <summary>Least characters of a key.</summary>
    public const int LeastKeyLength = 16;

    /// <summary>Reads addresses, divided by <c>;</c>.</summary>
    /// <param name="urls">As the user gave them.</param>
    /// <param name="apiKey">The key that callers must show, or null.</param>
    /// <exception cref="CommandFault">One is no address of a server, or needs a key that is not there.</exception>
    public static IReadOnlyList<Uri> Read(string urls, string? apiKey)
    {
        if (apiKey is { Length: < LeastKeyLength })
        {
            throw new CommandFault(
                ExitCodes.Usage, $"{KeyVariable} has {apiKey.Length} characters; expected at least {LeastKeyLength}, that nobody can guess.");
        }

        string[] parts = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0)
        {
            throw new CommandFault(ExitCodes.Usage, $"--urls is empty; expected an address such as {Default}.");
        }

        return [.. parts.Select(part => ReadOne(part, apiKey))];
    }

    private static Uri ReadOne(string text, string? apiKey)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/" || url.UserInfo.Length > 0)
        {
            throw new CommandFault(ExitCodes.Usage, $"--urls: '{text}' is no address of a server; expected one such as {Default}.");
        }

        if (url.Scheme == "https")
        {
            throw new CommandFault(
                ExitCodes.Usage, $"--urls: '{text}' asks for https, which needs a certificate; listen on http here, behind a proxy that has one.");
        }

        if (url.HostNameType == UriHostNameType.Dns && url.Host != "localhost")
        {
            throw new CommandFault(
                ExitCodes.Usage, $"--urls: '{text}' names a host; expected localhost or the number of an address, as 127.0.0.1 or 0.0.0.0.");
        }

        return IsLoopback(url) || apiKey is not null
            ? url
            : throw new CommandFault(
                ExitCodes.Usage,
                $"--urls: '{text}' can be reached from other machines, so callers must show a key: set {KeyVariable} to one of at least {LeastKeyLength} characters, or listen on 127.0.0.1.");
    }

    /// <summary>Whether only this machine reaches an address.</summary>
    public static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address));
}
