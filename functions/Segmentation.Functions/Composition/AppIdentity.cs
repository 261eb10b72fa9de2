using Azure.Core;
using Azure.Identity;

namespace Segmentation.Functions.Composition;

/// <summary>Whom the app is to its storage account.</summary>
internal static class AppIdentity
{
    /// <summary>A managed identity: a user-assigned one by its client id, or that of the system.</summary>
    /// <remarks>Nothing else is tried: an identity that works on a developer's machine alone would hide a role that is missing.</remarks>
    public static TokenCredential Of(string? clientId) => new ManagedIdentityCredential(
        clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));
}
