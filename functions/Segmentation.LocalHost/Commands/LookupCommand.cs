using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Segmentation.Core.Erasure;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Storage.Azure.Holding;
using Segmentation.Storage.Files;

namespace Segmentation.LocalHost.Commands;

/// <summary><c>segmentation lookup CUSTOMER_ID</c>: the segments of one customer by the current run of a store.</summary>
internal static class LookupCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var customer = new Argument<string>("CUSTOMER_ID") { Description = "The customer's id, as in the store's files." };
        Option<string> data = CommonOptions.Data();
        Option<string> place = CommonOptions.Storage();
        var command = new Command("lookup", "Say which segments a customer is in.") { customer, data, place };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string customerId = parsed.GetValue(customer)!;
            await (CommonOptions.IsAzure(parsed.GetValue(place)!)
                ? WriteFromAccountAsync(host, customerId, cancellationToken)
                : WriteAsync(host, customerId, parsed.GetValue(data)!, cancellationToken));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Looks a customer of a store in a folder up and writes the answer.</summary>
    /// <exception cref="CommandFault">There is no run, or no such customer.</exception>
    public static async Task WriteAsync(CommandHost host, string customerId, string data, CancellationToken cancellationToken)
    {
        SegmentationStorage storage = FolderStorage.Open(data);
        using var open = storage.Segments as IDisposable;
        await WriteAsync(host, customerId, storage, data, "'segmentation demo' made, or another folder by --data", cancellationToken);
    }

    private static async Task WriteFromAccountAsync(CommandHost host, string customerId, CancellationToken cancellationToken)
    {
        SegmentationStorage storage = AzureStore.Open(new ConfigurationBuilder().AddEnvironmentVariables().Build(), host.Clock);
        try
        {
            await WriteAsync(host, customerId, storage, StoreLease.AccountOf(storage), "'segmentation serve --storage azure' or the Functions app made", cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw AzureStore.Explain(fault);
        }
    }

    private static async Task WriteAsync(
        CommandHost host, string customerId, SegmentationStorage storage, string place, string expected, CancellationToken cancellationToken)
    {
        var lookup = new SegmentLookup(new CurrentRun(storage, host.Clock), storage.Segments, new Tombstones(storage.Clean, host.Clock), host.Clock);
        LookupResult? result;
        try
        {
            result = await lookup.FindAsync(customerId, cancellationToken);
        }
        catch (NoCurrentRunException)
        {
            throw new CommandFault(
                ExitCodes.Usage, $"'{place}' holds no run yet; expected a store that {expected}.");
        }

        if (result is null)
        {
            throw new CommandFault(
                ExitCodes.NothingUsable, $"Customer '{customerId}' is unknown: no purchase of that id counts in the current run of '{place}'.");
        }

        await host.Output.WriteLineAsync(JsonSerializer.Serialize(result.Answer, LookupJson.Readable.SegmentAnswer));
    }
}
