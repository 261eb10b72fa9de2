using System.CommandLine;
using Segmentation.Core.Options;
using Segmentation.LocalHost.Console;
using Segmentation.Storage.Files;

namespace Segmentation.LocalHost.Commands;

/// <summary><c>segmentation run PATH...</c>: from files of transactions to a folder of results.</summary>
internal static class RunCommand
{
    private const string DefaultOut = "out";
    private const int MostNamed = 5;

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders of transactions (.csv .tsv .txt .xlsx, each also as .gz, and .zip); folders are read recursively.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out")
        {
            Description = "Folder of the results; it is written whole or not at all.",
            HelpName = "DIR",
            DefaultValueFactory = _ => DefaultOut,
        };
        Option<string?> config = CommonOptions.Config();
        Option<string[]> set = CommonOptions.Set();
        Option<string?> asOf = CommonOptions.AsOf();
        Option<string> language = CommonOptions.Language();
        var command = new Command("run", "Segment the customers of a store's files.") { paths, output, config, set, asOf, language };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SegmentationOptions options = await CommonOptions.ReadOptionsAsync(
                parsed.GetValue(config), parsed.GetValue(set)!, parsed.GetValue(asOf), cancellationToken);
            string folder = parsed.GetValue(output)!;
            if (string.IsNullOrWhiteSpace(folder))
            {
                throw new CommandFault(ExitCodes.Usage, "--out: the name is empty; expected a folder.");
            }

            var passedOver = new List<string>();
            IReadOnlyDictionary<string, string> inputs = InputPaths.Find(parsed.GetValue(paths)!, Path.GetFullPath(folder), passedOver);
            if (passedOver.Count > 0)
            {
                string more = passedOver.Count > MostNamed ? $" and {passedOver.Count - MostNamed} more" : "";
                await host.Error.WriteLineAsync($"segmentation: not read, since their names are not those of tables: {string.Join(", ", passedOver.Take(MostNamed))}{more}.");
            }

            using OutputFolder target = OutputFolder.Open(folder);
            var storage = FolderStorage.Open(target.Work) with { Uploads = new InputFiles(inputs), Quarantine = null };
            string runId;
            try
            {
                (runId, _) = await LocalRun.RunAsync(host, storage, options, parsed.GetValue(language)!, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                throw new CommandFault(ExitCodes.Unexpected, "stopped; nothing was written.");
            }

            target.Commit(Path.Combine(target.Work, "runs", runId, "results"));
            await RunSummary.WriteAsync(host, new FolderContainer(folder), folder, cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
