using System.Text.Json;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow.Results;
using Spectre.Console;

namespace Segmentation.LocalHost.Console;

/// <summary>Sums a finished run up: for a person on standard error, for a script on standard output.</summary>
internal static class RunSummary
{
    private const int Width = 110;

    /// <summary>Writes both, from the results of the run.</summary>
    /// <param name="host">The streams.</param>
    /// <param name="results">A container of the results, by their names.</param>
    /// <param name="folder">The folder of the results, as the user named it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task WriteAsync(CommandHost host, IBlobContainer results, string folder, CancellationToken cancellationToken)
    {
        await WriteForPersonAsync(host, results, folder, cancellationToken);
        ModelSelection selection = await ReadSelectionAsync(results, cancellationToken);
        ManifestDocument manifest = await ReadManifestAsync(results, cancellationToken);
        var summary = new RunSummaryDocument(manifest.RunId, manifest.AsOf, manifest.Customers, selection.Chosen, folder);
        await host.Output.WriteLineAsync(JsonSerializer.Serialize(summary, SummaryJson.Readable.RunSummaryDocument));
    }

    /// <summary>Writes the part for a person alone.</summary>
    public static async Task WriteForPersonAsync(
        CommandHost host, IBlobContainer results, string folder, CancellationToken cancellationToken) =>
        WriteForPerson(
            host.Error,
            await results.ReadJsonAsync("profiles.json", ResultJson.Readable.ProfilesDocument, cancellationToken),
            await ReadSelectionAsync(results, cancellationToken),
            await results.ReadJsonAsync("ledger.json", ResultJson.Readable.LedgerDocument, cancellationToken),
            await ReadManifestAsync(results, cancellationToken),
            folder);

    private static Task<ModelSelection> ReadSelectionAsync(IBlobContainer results, CancellationToken cancellationToken) =>
        results.ReadJsonAsync("model-selection.json", ResultJson.Readable.ModelSelection, cancellationToken);

    private static Task<ManifestDocument> ReadManifestAsync(IBlobContainer results, CancellationToken cancellationToken) =>
        results.ReadJsonAsync("manifest.json", ResultJson.Readable.ManifestDocument, cancellationToken);

    private static void WriteForPerson(
        TextWriter error, ProfilesDocument profiles, ModelSelection selection, LedgerDocument ledger, ManifestDocument manifest, string folder)
    {
        IAnsiConsole console = Terminal(error);
        var words = new SummaryWords(Languages.Parse(manifest.Language));
        console.WriteLine(words.Rows(ledger.Total));
        console.WriteLine(words.Customers(manifest, selection.Chosen));
        string kind = selection.Chosen.K is null ? SegmentProfile.NamedKind : SegmentProfile.ClusterKind;
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(words.Headings);
        foreach (TableColumn column in table.Columns.Skip(1))
        {
            column.RightAligned();
        }

        foreach (SegmentProfile profile in profiles.Segments.Where(profile => profile.Kind == kind && profile.Medians is not null))
        {
            table.AddRow([.. words.Row(profile, profile.Medians!.Value).Select(Markup.Escape)]);
        }

        console.Write(table);
        console.WriteLine(words.Medians);
        console.WriteLine(words.Place(folder));
    }

    // Redirected, the text has no width of a terminal: a fixed one keeps tables whole.
    private static IAnsiConsole Terminal(TextWriter error)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        if (!ReferenceEquals(error, System.Console.Error) || System.Console.IsErrorRedirected)
        {
            console.Profile.Width = Width;
        }

        return console;
    }
}
