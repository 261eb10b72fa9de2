using System.CommandLine;
using System.Globalization;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Synthetic;
using Segmentation.Core.Workflow;
using Segmentation.LocalHost.Console;
using Segmentation.Storage.Files;

namespace Segmentation.LocalHost.Commands;

/// <summary><c>segmentation demo</c>: a synthetic store, generated, segmented, and one of its customers looked up.</summary>
internal static class DemoCommand
{
    private const string UploadPrefix = "demo-";

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Option<int> customers = GenerateCommand.Customers();
        Option<ulong> seed = GenerateCommand.Seed();
        var noServe = new Option<bool>("--no-serve") { Description = "End after the lookup. This version has no server: the flag is required." };
        Option<string> data = CommonOptions.Data();
        Option<string> language = CommonOptions.Language();
        var command = new Command("demo", "Try it: make a synthetic store, segment it, look a customer up.")
        {
            customers, seed, noServe, data, language,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!parsed.GetValue(noServe))
            {
                throw new CommandFault(ExitCodes.Usage, "demo: this version has no server yet; add --no-serve.");
            }

            SyntheticShopOptions shop = GenerateCommand.Shop(parsed.GetValue(customers), rows: null, parsed.GetValue(seed));
            await RunAsync(host, shop, parsed.GetValue(data)!, parsed.GetValue(language)!, cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(
        CommandHost host, SyntheticShopOptions shop, string data, string language, CancellationToken cancellationToken)
    {
        SegmentationStorage storage = FolderStorage.Open(data);
        string upload = string.Create(CultureInfo.InvariantCulture, $"{UploadPrefix}{shop.Customers}-{shop.Seed}.csv");
        await foreach (BlobEntry other in storage.Uploads.ListAsync("", cancellationToken))
        {
            if (other.Name != upload)
            {
                throw new CommandFault(
                    ExitCodes.Usage,
                    $"demo: '{data}' holds the upload '{other.Name}' already; choose another folder by --data, so that stores do not mix.");
            }
        }

        await GenerateCommand.WriteAsync(shop, Path.Combine(Path.GetFullPath(data), "uploads"), upload, cancellationToken);
        await host.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"A synthetic store: {shop.RowCount:N0} rows of {shop.Customers:N0} customers in {Path.Combine(data, "uploads", upload)}."));
        (string runId, _) = await LocalRun.RunAsync(host, storage, new SegmentationOptions(), language, cancellationToken);
        string results = Path.Combine(data, "runs", runId, "results");
        await RunSummary.WriteForPersonAsync(host, new FolderContainer(results), results, cancellationToken);

        string customer = await FirstCustomerAsync(storage, runId, cancellationToken);
        await host.Error.WriteLineAsync($"segmentation lookup {customer}{(data == CommonOptions.DefaultData ? "" : $" --data {data}")}");
        await LookupCommand.WriteAsync(host, customer, data, cancellationToken);
    }

    private static async Task<string> FirstCustomerAsync(SegmentationStorage storage, string runId, CancellationToken cancellationToken)
    {
        await using Stream stream = await storage.Runs.OpenReadAsync(RunBlobs.Result(runId, "customers.csv"), cancellationToken);
        using var reader = new StreamReader(stream);
        await reader.ReadLineAsync(cancellationToken);
        string first = await reader.ReadLineAsync(cancellationToken) ?? throw new InvalidDataException("customers.csv holds no customer.");

        // Ids of the synthetic store are digits: the first cell needs no unquoting.
        return first[..first.IndexOf(',', StringComparison.Ordinal)];
    }
}
