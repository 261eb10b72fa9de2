using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Segmentation.Core.Options;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Segments.Scoring;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Storage.Files;

namespace Segmentation.LocalHost.Commands;

/// <summary><c>segmentation score</c>: which segments a new customer would be in, by the current run of a store. Nothing is stored.</summary>
internal static class ScoreCommand
{
    private const int MostShown = 10;

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var recency = new Option<string?>("--recency") { Description = "Days since the last order, at the as-of date of the run.", HelpName = "N" };
        var frequency = new Option<string?>("--frequency") { Description = "Orders.", HelpName = "N" };
        var monetary = new Option<string?>("--monetary") { Description = "Spend in all, with a point.", HelpName = "X" };
        var transactions = new Option<string?>("--transactions")
        {
            Description = "Or a file of the transactions of one customer, read as uploads are.",
            HelpName = "FILE",
        };
        Option<string> data = CommonOptions.Data();
        var command = new Command("score", "Say which segments a new customer would be in.") { recency, frequency, monetary, transactions, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] figures = [.. new[] { parsed.GetValue(recency), parsed.GetValue(frequency), parsed.GetValue(monetary) }.OfType<string>()];
            string? file = parsed.GetValue(transactions);
            if (file is null ? figures.Length < 3 : figures.Length > 0)
            {
                throw new CommandFault(
                    ExitCodes.Usage, "score: expected either --recency, --frequency and --monetary, all three, or --transactions with a file.");
            }

            CustomerFigures? read = file is null ? ReadFigures(figures[0], figures[1], figures[2]) : null;
            CustomerScore score = await ScoreAsync(host, parsed.GetValue(data)!, read, file, cancellationToken);
            await host.Output.WriteLineAsync(JsonSerializer.Serialize(score, ScoreJson.Readable.CustomerScore));
            return ExitCodes.Done;
        });
        return command;
    }

    private static CustomerFigures ReadFigures(string recency, string frequency, string monetary)
    {
        (int days, string? recencyFault) = FigureReading.RecencyDays(recency);
        (long orders, string? frequencyFault) = FigureReading.Frequency(frequency);
        (Money spend, string? monetaryFault) = FigureReading.Monetary(monetary);
        string[] faults =
        [
            .. new[] { ("--recency", recencyFault), ("--frequency", frequencyFault), ("--monetary", monetaryFault) }
                .Where(one => one.Item2 is not null)
                .Select(one => $"{one.Item1}: {one.Item2}"),
        ];
        return faults.Length == 0 ? new CustomerFigures(days, orders, spend) : throw new CommandFault(ExitCodes.Usage, faults);
    }

    private static async Task<CustomerScore> ScoreAsync(
        CommandHost host, string data, CustomerFigures? figures, string? file, CancellationToken cancellationToken)
    {
        SegmentationStorage storage = FolderStorage.Open(data);
        using var open = storage.Segments as IDisposable;
        PublishedRun run = await new CurrentRun(storage, host.Clock).FindAsync(cancellationToken)
            ?? throw new CommandFault(
                ExitCodes.Usage, $"'{data}' holds no run yet; expected a store that 'segmentation demo' made, or another folder by --data.");
        var scoring = new CustomerScoring(run.RunId, run.AsOf, run.Model, run.Profiles);
        if (figures is not null)
        {
            return scoring.Score(figures);
        }

        SegmentationOptions options = await RunOptions.ReadAsync(storage.Runs, run.RunId, cancellationToken);
        try
        {
            FileScore scored = await scoring.ScoreFileAsync(
                _ => Task.FromResult<Stream>(File.OpenRead(file!)), options, host.Clock.GetUtcNow().UtcDateTime, cancellationToken);
            return scored.Score ?? throw Unscored(file!, scored);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new CommandFault(
                ExitCodes.Usage, $"--transactions: the file '{file}' cannot be read ({CommonOptions.Reason(fault)}); expected a file of transactions.");
        }
        catch (UnusableUploadException fault)
        {
            throw new CommandFault(ExitCodes.NothingUsable, $"{file} cannot be used: {fault.Message}{(fault.Advice is null ? "" : " " + fault.Advice)}");
        }
    }

    private static CommandFault Unscored(string file, FileScore scored)
    {
        if (scored.Customers > 1)
        {
            return new CommandFault(
                ExitCodes.Usage,
                string.Create(CultureInfo.InvariantCulture, $"--transactions: '{file}' holds purchases of {scored.Customers:N0} customers; expected those of one."));
        }

        string[] rejected =
        [
            .. scored.Rejected.Take(MostShown).Select(row => string.Create(
                CultureInfo.InvariantCulture, $"row {row.Index + 1}: {row.Reason}: {row.Detail}")),
        ];
        return new CommandFault(
            ExitCodes.NothingUsable, [$"No purchase in '{file}' counts; expected at least one sale with a customer, a date and a positive amount.", .. rejected]);
    }
}
