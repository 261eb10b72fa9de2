using Azure.Core;
using Segmentation.Core.Storage;

namespace Segmentation.Storage.Azure;

/// <summary>Which storage account: either a connection string, or the addresses of the services and an identity.</summary>
/// <param name="ConnectionString">The connection string, or null with an identity.</param>
/// <param name="Blobs">The address of the blob service, with an identity.</param>
/// <param name="Tables">The address of the table service, with an identity.</param>
/// <param name="ClientId">The user-assigned identity, or null for that of the system, or of the person who is signed in.</param>
public sealed record StorageSettings(string? ConnectionString, Uri? Blobs, Uri? Tables, string? ClientId)
{
    /// <summary>The setting that every host reads; those of an identity begin with it.</summary>
    public const string Setting = "AzureWebJobsStorage";

    private const string Divider = "__";

    /// <summary>
    /// Reads <c>AzureWebJobsStorage</c>, or <c>AzureWebJobsStorage__accountName</c>, <c>__blobServiceUri</c>, <c>__tableServiceUri</c>,
    /// <c>__clientId</c>: the names that the Functions host reads.
    /// </summary>
    /// <param name="setting">Gives a setting by its name as a variable of the environment, null where there is none.</param>
    /// <param name="faults">Takes what is wrong; no part of a connection string is in it.</param>
    /// <returns>Null where something is.</returns>
    /// <remarks>https://learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection</remarks>
    public static StorageSettings? Read(Func<string, string?> setting, ICollection<string> faults)
    {
        if (setting(Setting) is { Length: > 0 } connection)
        {
            return new StorageSettings(connection, null, null, null);
        }

        string? account = setting($"{Setting}{Divider}accountName");
        Uri? blobs = Address(setting, "blobServiceUri", account, "blob", faults);
        Uri? tables = Address(setting, "tableServiceUri", account, "table", faults);
        string? client = setting($"{Setting}{Divider}clientId");
        return blobs is null || tables is null ? null : new StorageSettings(null, blobs, tables, string.IsNullOrEmpty(client) ? null : client);
    }

    /// <summary>Opens the account; nothing is asked of it yet.</summary>
    /// <param name="identity">Gives the identity, by <see cref="ClientId" />, where there is no connection string.</param>
    /// <param name="time">The clock that requests are signed with.</param>
    /// <param name="configure">Changes transport, retries or diagnostics of both services.</param>
    /// <exception cref="FormatException">The connection string is none; the message holds no part of it that may be secret.</exception>
    public SegmentationStorage Open(Func<string?, TokenCredential> identity, TimeProvider time, Action<ClientOptions>? configure = null) =>
        ConnectionString is { } connection
            ? AzureStorage.Open(connection, time, configure)
            : AzureStorage.Open(Blobs!, Tables!, identity(ClientId), time, configure);

    private static Uri? Address(Func<string, string?> setting, string key, string? account, string service, ICollection<string> faults)
    {
        string name = $"{Setting}{Divider}{key}";
        string? given = setting(name) is { Length: > 0 } uri ? uri
            : string.IsNullOrEmpty(account) ? null
            : $"https://{account}.{service}.core.windows.net";
        if (given is null)
        {
            faults.Add($"{Setting} is missing, and so is {name}: expected a connection string, or an identity's {Setting}{Divider}accountName.");
            return null;
        }

        if (Uri.TryCreate(given, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps)
        {
            return address;
        }

        faults.Add($"{name} is '{given}', expected an address like https://shop.{service}.core.windows.net.");
        return null;
    }
}
