using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Storage;

namespace Segmentation.Testing.Fuzzing;

/// <summary>Runs the whole product over damaged files in memory, and checks that rows and money add up.</summary>
internal static class FuzzedRun
{
    private static readonly string[] Places = ["kept", "merged", "returned", "superseded"];

    /// <summary>Runs over files.</summary>
    /// <returns>What does not add up, or null.</returns>
    public static async Task<string?> CheckAsync(IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        var uploads = new MemoryContainer(null);
        foreach ((string name, byte[] bytes) in files)
        {
            uploads.Put(name, bytes);
        }

        var runs = new MemoryContainer(null);
        var storage = new SegmentationStorage(uploads, new MemoryContainer(null), runs, new MemoryContainer(null), new MemorySegmentStore(null));
        var activities = new SegmentationActivities(storage, new FixedClock(new DateTimeOffset(2024, 6, 30, 0, 0, 0, TimeSpan.Zero)), new NoReport());
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["selection.algorithms"] = "none", ["workflow.shards"] = "2" };
        var request = new RunRequest("run-1", new DateTime(2024, 6, 1, 12, 0, 0, DateTimeKind.Utc), "en", options);
        RunOutcome outcome = await new InProcessRunner(activities, runs, 1).RunAsync(request, cancellationToken);
        return outcome.Status == RunStatus.Completed ? Check(runs) : null;
    }

    private static string? Check(MemoryContainer runs)
    {
        using var ledger = JsonDocument.Parse(runs[RunBlobs.Result("run-1", "ledger.json")]);
        JsonElement total = ledger.RootElement.GetProperty("total");
        foreach (JsonElement entry in ledger.RootElement.GetProperty("uploads").EnumerateArray().Append(total))
        {
            long places = Places.Sum(place => entry.GetProperty(place).GetInt64()) + entry.GetProperty("rejected").EnumerateObject().Sum(reason => reason.Value.GetInt64());
            decimal money = Places.Append("rejected").Sum(place => Money(entry, place));
            if (places != entry.GetProperty("rows").GetInt64() || money != Money(entry, "rows"))
            {
                return $"the ledger does not add up: {entry}";
            }
        }

        decimal monetary = Column(runs[RunBlobs.Result("run-1", "customers.csv")], 3).Sum(cell => decimal.Parse(cell, CultureInfo.InvariantCulture));
        return monetary == Money(total, "kept") + Money(total, "returnedCounted") ? null : $"the customers hold {monetary}: {total}";
    }

    // Ids may hold commas, quotes and line ends.
    private static List<string> Column(string text, int column)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        int place = 0;
        bool isHeader = true;
        foreach (char letter in text)
        {
            isQuoted ^= letter == '"';
            if (isQuoted || letter is not (',' or '\n'))
            {
                cell.Append(letter);
                continue;
            }

            if (place == column && !isHeader)
            {
                cells.Add(cell.ToString());
            }

            isHeader &= letter != '\n';
            place = letter == '\n' ? 0 : place + 1;
            cell.Clear();
        }

        return cells;
    }

    private static decimal Money(JsonElement entry, string place) =>
        decimal.Parse(entry.GetProperty("revenue").GetProperty(place).GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture);

    private sealed class NoReport : IRunReport
    {
        public string Render(RunReport run) => "";
    }
}
