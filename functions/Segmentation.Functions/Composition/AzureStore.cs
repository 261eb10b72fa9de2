using Azure.Identity;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure;

namespace Segmentation.Functions.Composition;

/// <summary>The storage account of the app.</summary>
internal static class AzureStore
{
    /// <summary>Opens it; nothing is asked of the account yet.</summary>
    public static SegmentationStorage Open(StorageSettings settings, TimeProvider clock) => settings.ConnectionString is { } connection
        ? AzureStorage.Open(connection, clock)
        : AzureStorage.Open(settings.Blobs!, settings.Tables!, Identity(settings.ClientId), clock);

    // Nothing else is tried: an identity that works on a developer's machine alone would hide a role that is missing.
    private static ManagedIdentityCredential Identity(string? clientId) => new ManagedIdentityCredential(
        clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));
}
