using System.Globalization;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.LocalHost.Console;
using Segmentation.Reporting;

namespace Segmentation.LocalHost;

/// <summary>Runs the workflow in this process on a storage, with progress on standard error.</summary>
internal static class LocalRun
{
    /// <summary>Runs, and says which files could not be used.</summary>
    /// <returns>The id of the run and its end.</returns>
    /// <exception cref="CommandFault">Nothing usable was found.</exception>
    public static async Task<(string RunId, RunOutcome Outcome)> RunAsync(
        CommandHost host, SegmentationStorage storage, SegmentationOptions options, string language, CancellationToken cancellationToken)
    {
        DateTime now = host.Clock.GetUtcNow().UtcDateTime;
        string runId = now.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        var request = new RunRequest(runId, now, language, OptionCatalog.Describe(options));
        var activities = new SegmentationActivities(storage, host.Clock, new HtmlRunReport());
        int threads = options.Workflow.Threads ?? Environment.ProcessorCount;

        RunOutcome outcome;
        using (var progress = StepProgressWriter.For(host.Error))
        {
            outcome = await new InProcessRunner(activities, storage.Runs, threads, new MemoryBetweenSteps(progress)).RunAsync(request, cancellationToken);
        }

        IReadOnlyList<UploadRecord> uploads = await UploadRecords.ReadAsync(storage.Clean, cancellationToken);
        string[] unusable = [.. uploads.Where(upload => upload.Error is not null).Select(Unusable)];
        if (outcome.Status == RunStatus.NothingUsable)
        {
            throw new CommandFault(ExitCodes.NothingUsable, [.. unusable, .. WithoutPurchases(uploads)]);
        }

        foreach (string message in unusable)
        {
            await host.Error.WriteLineAsync($"segmentation: {message}");
        }

        return (runId, outcome);
    }

    private static string Unusable(UploadRecord upload)
    {
        string advice = upload.Error!.Advice is { } text ? $" {text}" : "";
        return $"{upload.Name} cannot be used: {upload.Error.Message}{advice}";
    }

    private static IEnumerable<string> WithoutPurchases(IReadOnlyList<UploadRecord> uploads)
    {
        if (uploads.Count == 0)
        {
            return ["No file of transactions is there to read; expected at least one."];
        }

        if (uploads.All(upload => upload.Error is not null))
        {
            return [];
        }

        var tally = new LedgerTally();
        foreach (UploadRecord upload in uploads)
        {
            tally.Add(upload.Tally);
        }

        string reasons = string.Join(", ", RejectionReasons.All
            .Where(reason => tally.Rejected[(int)reason].Rows > 0)
            .Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Name()} {tally.Rejected[(int)reason].Rows:N0}")));
        string rejected = reasons.Length == 0 ? "none by itself" : reasons;
        return
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"No purchase is left of {tally.All.Rows:N0} rows (rejected: {rejected}); expected at least one sale with a customer, a date and a positive amount."),
        ];
    }
}
