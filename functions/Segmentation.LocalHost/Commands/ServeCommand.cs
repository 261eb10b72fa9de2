using System.CommandLine;
using Segmentation.Core.Options;
using Segmentation.LocalHost.Serving;

namespace Segmentation.LocalHost.Commands;

/// <summary><c>segmentation serve</c>: a store that is watched, run and asked over HTTP until it is stopped.</summary>
internal static class ServeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Option<string> data = CommonOptions.Data();
        Option<string> urls = Urls();
        Option<string> storage = CommonOptions.Storage();
        Option<string?> config = CommonOptions.Config();
        Option<string[]> set = CommonOptions.Set();
        Option<string?> asOf = CommonOptions.AsOf();
        Option<string> language = CommonOptions.Language();
        var command = new Command("serve", "Watch a store's uploads, run by itself, and answer over HTTP, until it is stopped.")
        {
            data, urls, storage, config, set, asOf, language,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SegmentationOptions options = await CommonOptions.ReadOptionsAsync(
                parsed.GetValue(config), parsed.GetValue(set)!, parsed.GetValue(asOf), cancellationToken);
            Server? server = await StartAsync(
                host,
                new ServeOptions
                {
                    Data = CommonOptions.DataFolder(parsed.GetValue(data)!),
                    IsAzure = CommonOptions.IsAzure(parsed.GetValue(storage)!),
                    Urls = parsed.GetValue(urls)!,
                    Options = options,
                    Language = parsed.GetValue(language)!,
                    IsVerbose = parsed.GetValue(CommonOptions.Verbose),
                },
                cancellationToken);
            if (server is null)
            {
                return ExitCodes.Done;
            }

            await using (server)
            {
                await host.Error.WriteLineAsync($"Drop files of transactions into {server.UploadsPlace}; Ctrl-C stops.");
                await host.Output.WriteLineAsync(string.Join(';', server.Urls));
                await host.Output.FlushAsync(cancellationToken);
                await server.WorkAsync(cancellationToken);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    // Stopped while it starts, it has ended as it should: nothing was begun.
    private static async Task<Server?> StartAsync(CommandHost host, ServeOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await Server.StartAsync(host, options, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Where to listen.</summary>
    public static Option<string> Urls() => new("--urls")
    {
        Description = $"Addresses to listen on, divided by ';'. One that other machines reach needs a key in {ServerAddresses.KeyVariable}.",
        HelpName = ServerAddresses.Default,
        DefaultValueFactory = _ => ServerAddresses.Default,
    };
}
