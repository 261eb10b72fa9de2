using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure;

namespace Segmentation.LocalHost;

/// <summary>The store in a storage account, by the settings that the Functions app reads.</summary>
internal static class AzureStore
{
    private const string Option = "--storage azure";

    /// <summary>Opens it; nothing is asked of the account yet.</summary>
    /// <param name="environment">The variables of the process.</param>
    /// <param name="clock">The clock that requests are signed with.</param>
    /// <exception cref="CommandFault">A setting is missing or wrong; all are told together.</exception>
    public static SegmentationStorage Open(IConfiguration environment, TimeProvider clock)
    {
        var faults = new List<string>();
        StorageSettings? settings = StorageSettings.Read(
            name => environment[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)], faults);
        if (settings is null)
        {
            throw new CommandFault(ExitCodes.Usage, [.. faults.Select(fault => $"{Option}: {fault}")]);
        }

        try
        {
            return settings.Open(Identity, clock);
        }
        catch (FormatException fault)
        {
            throw new CommandFault(ExitCodes.Usage, $"{Option}: {StorageSettings.Setting} cannot be used: {fault.Message}");
        }
    }

    /// <summary>What a failure of the account at the start of a command is to the user.</summary>
    public static CommandFault Explain(Exception fault) => new(ExitCodes.Usage, $"{Option}: {fault.Message}");

    // Of a machine, or of the person who is signed in to it: a server of one's own has either.
    private static DefaultAzureCredential Identity(string? clientId) => new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId });
}
