namespace Segmentation.Storage.Azure.Tables;

/// <summary>What a connection string says of the Table service.</summary>
/// <param name="Endpoint">The address of the service.</param>
/// <param name="Account">The account to sign for, or null with a shared access signature.</param>
/// <param name="Key">The key to sign with, or null.</param>
/// <param name="SharedAccessSignature">The signature, or null.</param>
internal sealed record StorageConnection(Uri Endpoint, string? Account, byte[]? Key, string? SharedAccessSignature)
{
    // The published account of every emulator.
    private const string Emulator =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + "TableEndpoint=http://127.0.0.1:10002/devstoreaccount1";

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="FormatException">It is none; the message never holds a part of it that may be secret.</exception>
    public static StorageConnection Parse(string text)
    {
        Dictionary<string, string> settings = Settings(text);
        if (settings.TryGetValue("UseDevelopmentStorage", out string? emulated) && emulated.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            settings = Settings(Emulator);
        }

        string? account = settings.GetValueOrDefault("AccountName");
        string? signature = settings.GetValueOrDefault("SharedAccessSignature");
        byte[]? key = settings.TryGetValue("AccountKey", out string? base64) ? Decode(base64) : null;
        if (signature is null && (key is null || account is null))
        {
            throw new FormatException("The connection string of the storage holds neither AccountName and AccountKey nor SharedAccessSignature.");
        }

        return new StorageConnection(EndpointOf(settings, account), account, signature is null ? key : null, signature);
    }

    private static Dictionary<string, string> Settings(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string[] parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            int equals = parts[i].IndexOf('=', StringComparison.Ordinal);
            settings[equals > 0
                ? parts[i][..equals].TrimEnd()
                : throw new FormatException($"Part {i + 1} of the connection string of the storage is no NAME=VALUE.")] = parts[i][(equals + 1)..].TrimStart();
        }

        return settings;
    }

    private static Uri EndpointOf(Dictionary<string, string> settings, string? account)
    {
        if (!settings.TryGetValue("TableEndpoint", out string? endpoint))
        {
            if (account is null)
            {
                throw new FormatException("The connection string of the storage holds neither TableEndpoint nor AccountName.");
            }

            string protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
            endpoint = $"{protocol}://{account}.table.{settings.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        }

        return Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new FormatException($"The TableEndpoint of the connection string, '{endpoint}', is no address; expected one like https://shop.table.core.windows.net.");
    }

    private static byte[] Decode(string base64)
    {
        byte[] key = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, key, out int length)
            ? key[..length]
            : throw new FormatException("The AccountKey of the connection string of the storage is no Base64.");
    }
}
