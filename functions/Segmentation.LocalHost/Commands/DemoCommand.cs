using System.CommandLine;
using System.Globalization;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Synthetic;
using Segmentation.Core.Workflow;
using Segmentation.LocalHost.Console;
using Segmentation.LocalHost.Serving;
using Segmentation.Storage.Files;

namespace Segmentation.LocalHost.Commands;

/// <summary><c>segmentation demo</c>: a synthetic store, generated, segmented, one of its customers looked up, and served.</summary>
internal static class DemoCommand
{
    private const string UploadPrefix = "demo-";

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Option<int> customers = GenerateCommand.Customers();
        Option<ulong> seed = GenerateCommand.Seed();
        var noServe = new Option<bool>("--no-serve") { Description = "End after the lookup." };
        Option<string> data = CommonOptions.Data();
        Option<string> urls = ServeCommand.Urls();
        Option<string> language = CommonOptions.Language();
        var command = new Command("demo", "Try it: make a synthetic store, segment it, look a customer up, serve it until it is stopped.")
        {
            customers, seed, noServe, data, urls, language,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // The store closed yesterday, so that what will change in the days to come can be seen.
            SyntheticShopOptions shop = GenerateCommand.Shop(parsed.GetValue(customers), rows: null, parsed.GetValue(seed)) with
            {
                Start = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddDays(-SyntheticShop.Days),
            };
            var options = new ServeOptions
            {
                Data = CommonOptions.DataFolder(parsed.GetValue(data)!),
                Urls = parsed.GetValue(urls)!,
                Options = new SegmentationOptions(),
                Language = parsed.GetValue(language)!,
                IsVerbose = parsed.GetValue(CommonOptions.Verbose),
                IsQuiet = !parsed.GetValue(CommonOptions.Verbose),
            };
            if (parsed.GetValue(noServe))
            {
                await ShowAsync(host, shop, options, cancellationToken);
                return ExitCodes.Done;
            }

            // First, so that a port in use is said before any work is done.
            await using Server server = await Server.StartAsync(host, options, cancellationToken);
            string customer = await ShowAsync(host, shop, options, cancellationToken, server.Store.Storage);
            await host.Error.WriteLineAsync(Invitation(server.Urls[0], customer, options.Data));
            await host.Output.FlushAsync(cancellationToken);
            await server.WorkAsync(cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<string> ShowAsync(
        CommandHost host, SyntheticShopOptions shop, ServeOptions options, CancellationToken cancellationToken, SegmentationStorage? served = null)
    {
        using StoreLock? alone = served is null ? StoreLock.Take(options.Data) : null;
        string data = options.Data;
        SegmentationStorage storage = served ?? FolderStorage.Open(data);
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
        (string runId, _) = await LocalRun.RunAsync(host, storage, options.Options, options.Language, cancellationToken);
        string results = Path.Combine(data, "runs", runId, "results");
        await RunSummary.WriteForPersonAsync(host, new FolderContainer(results), results, cancellationToken);

        string customer = await FirstCustomerAsync(storage, runId, cancellationToken);
        await host.Error.WriteLineAsync($"segmentation lookup {customer}{(data == CommonOptions.DefaultData ? "" : $" --data {data}")}");
        await LookupCommand.WriteAsync(host, customer, data, cancellationToken);
        return customer;
    }

    private static string Invitation(string url, string customer, string data) =>
        $"""

        It is being served at {url} until Ctrl-C. Three things to try:
          1. Open {url}/ in a browser: the segments, and a lookup.
          2. curl {url}/api/segments/{customer}
          3. Copy a file of your own transactions into {Path.Combine(data, "uploads")}: a run begins some seconds later, and readers see it when it is whole.
        """;

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
