using System.Globalization;
using Microsoft.Extensions.Configuration;
using Segmentation.Core.Api;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure.Holding;

namespace Segmentation.LocalHost.Serving;

/// <summary>A store in a storage account, held by a lease that is renewed.</summary>
internal sealed class AccountHold : IStoreHold
{
    private readonly StoreLease _lease;

    private AccountHold(StoreLease lease, SegmentationStorage storage)
    {
        _lease = lease;
        Storage = storage;
    }

    /// <inheritdoc />
    public SegmentationStorage Storage { get; }

    /// <inheritdoc />
    public string UploadsPlace => $"the container 'uploads' of the storage account '{StoreLease.AccountOf(Storage)}'";

    /// <summary>Takes the store that the settings name; where a process holds it that may have been killed, waits for its lease to end.</summary>
    /// <exception cref="CommandFault">Another process or a Functions app works on it, the account cannot be reached, or a setting is wrong.</exception>
    public static async Task<AccountHold> TakeAsync(CommandHost host, IConfiguration environment, CancellationToken cancellationToken)
    {
        SegmentationStorage storage = AzureStore.Open(environment, host.Clock);
        string account = StoreLease.AccountOf(storage);
        try
        {
            if (await FunctionsHosts.FindAsync(storage, cancellationToken) is { } app)
            {
                throw new CommandFault(
                    ExitCodes.Usage,
                    $"--storage azure: the Functions app '{app}' works on the storage account '{account}'; stop it first, or use another account.");
            }

            var self = new StoreHolder(Environment.MachineName, Environment.ProcessId, host.Clock.GetUtcNow());
            StoreLease lease = await StoreLease.TakeAsync(storage, self, host.Clock, holder => SayWaiting(host, account, holder), cancellationToken);
            return new AccountHold(lease, storage);
        }
        catch (StoreHeldException held)
        {
            throw new CommandFault(
                ExitCodes.Usage,
                $"--storage azure: another process works on the storage account '{account}': {StoreHeldException.Describe(held.Holder)}; stop it first, or use another account.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw AzureStore.Explain(fault);
        }
    }

    /// <inheritdoc />
    public async Task<HealthCheck> CheckAsync(CancellationToken cancellationToken)
    {
        const string name = "account";
        try
        {
            return await Storage.Clean.ExistsAsync(StoreLease.BlobName, cancellationToken)
                ? new HealthCheck(name, HealthStatus.Healthy, $"The storage account '{StoreLease.AccountOf(Storage)}' answers.")
                : new HealthCheck(name, HealthStatus.Degraded, $"The blob '{StoreLease.BlobName}', by which this host holds the store, was removed; start it again.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new HealthCheck(name, HealthStatus.Degraded, fault.Message);
        }
    }

    /// <inheritdoc />
    public async Task WorkAsync(Func<CancellationToken, Task> work, Action<string?> tell, CancellationToken cancellationToken)
    {
        try
        {
            await _lease.WorkAsync(work, tell, cancellationToken);
        }
        catch (StoreHeldException held)
        {
            throw new CommandFault(
                ExitCodes.Unexpected,
                $"The storage account '{StoreLease.AccountOf(Storage)}' was taken over by {StoreHeldException.Describe(held.Holder)}; this server has ended.");
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _lease.DisposeAsync();

    private static void SayWaiting(CommandHost host, string account, StoreHolder? holder) => host.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"The storage account '{account}' is held by {StoreHeldException.Describe(holder)}. If that was killed its hold ends within {StoreLease.Duration.TotalSeconds:0} s; waiting."));
}
