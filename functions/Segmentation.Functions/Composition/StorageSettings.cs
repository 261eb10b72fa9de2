using Microsoft.Extensions.Configuration;

namespace Segmentation.Functions.Composition;

/// <summary>Where everything is stored: either a connection string, or the addresses of the services and an identity.</summary>
/// <param name="ConnectionString">The connection string, or null with an identity.</param>
/// <param name="Blobs">The address of the blob service, with an identity.</param>
/// <param name="Tables">The address of the table service, with an identity.</param>
/// <param name="ClientId">The user-assigned identity, or null for that of the system.</param>
public sealed record StorageSettings(string? ConnectionString, Uri? Blobs, Uri? Tables, string? ClientId)
{
    private const string Setting = "AzureWebJobsStorage";

    /// <summary>
    /// Reads <c>AzureWebJobsStorage</c>, or <c>AzureWebJobsStorage__accountName</c>, <c>__blobServiceUri</c>, <c>__tableServiceUri</c>,
    /// <c>__clientId</c>.
    /// </summary>
    /// <param name="configuration">The settings of the app.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>Null where something is.</returns>
    public static StorageSettings? Read(IConfiguration configuration, ICollection<string> faults)
    {
        if (configuration[Setting] is { Length: > 0 } connection)
        {
            return new StorageSettings(connection, null, null, null);
        }

        string? account = configuration[$"{Setting}:accountName"];
        Uri? blobs = Address(configuration, "blobServiceUri", account, "blob", faults);
        Uri? tables = Address(configuration, "tableServiceUri", account, "table", faults);
        return blobs is null || tables is null ? null : new StorageSettings(null, blobs, tables, configuration[$"{Setting}:clientId"]);
    }

    private static Uri? Address(IConfiguration configuration, string key, string? account, string service, ICollection<string> faults)
    {
        string? given = configuration[$"{Setting}:{key}"] is { Length: > 0 } uri ? uri
            : string.IsNullOrEmpty(account) ? null
            : $"https://{account}.{service}.core.windows.net";
        if (given is null)
        {
            faults.Add(
                $"{Setting} is missing, and so is {Setting}__{key}: expected a connection string, or an identity's {Setting}__accountName.");
            return null;
        }

        if (Uri.TryCreate(given, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps)
        {
            return address;
        }

        faults.Add($"{Setting}__{key} is '{given}', expected an address like https://shop.{service}.core.windows.net.");
        return null;
    }
}
