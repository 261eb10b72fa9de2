using System.Text.Json;
using Segmentation.Functions.Tests.Support;

namespace Segmentation.Functions.Tests.Soak;

/// <summary>A storefront that looks all customers up again and again, through an instance of the app of its own.</summary>
internal sealed class SegmentReader(App app, IReadOnlyList<string> customers)
{
    // Some dozens of times a run, and no more: the emulator that all tests share answers one request at a time.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MorePointerAge = TimeSpan.FromSeconds(6);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private volatile bool _isOver;

    /// <summary>Batches that were answered from a run.</summary>
    public int Answered { get; private set; }

    /// <summary>The runs that were seen, in order.</summary>
    public List<string> Runs { get; } = [];

    /// <summary>What each run said of each customer: one run says one thing, whenever it is asked.</summary>
    public Dictionary<string, string> Said { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends the reading after the batch that is under way.</summary>
    public void Stop() => _isOver = true;

    /// <summary>Reads until it is stopped.</summary>
    public async Task ReadAsync()
    {
        using var pace = new PeriodicTimer(Pace);
        do
        {
            await ReadOnceAsync();
        }
        while (await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken) && !_isOver);
    }

    /// <summary>Reads once.</summary>
    public async Task ReadOnceAsync()
    {
        // The pointer is believed for five seconds.
        app.Clock.AdvanceTo(app.Clock.Now + MorePointerAge);
        HttpAnswer answer = await app.SendAsync("POST", "/api/segments/lookup", JsonSerializer.Serialize(new { customerIds = customers }));
        if (Runs.Count == 0 && answer.Status == 404)
        {
            Assert.Contains("no-current-run", answer.Text, StringComparison.Ordinal);
            return;
        }

        Assert.True(answer.Status == 200, $"{answer.Status}: {answer.Text}");
        JsonElement[] found = [.. answer.Json.GetProperty("found").EnumerateArray()];
        string run = Assert.Single(found.Select(one => one.GetProperty("runId").GetString()!).Distinct(StringComparer.Ordinal));
        if (_seen.Add(run))
        {
            Runs.Add(run);
        }

        Assert.True(Runs[^1] == run, $"Readers went back to run {run} from {Runs[^1]}.");
        string text = string.Join('\n', found.Select(TextOf));
        Assert.True(Said.TryAdd(run, text) || Said[run] == text, $"Run {run} said another thing before.");
        Answered++;
    }

    // All but what depends on the day of the answer.
    private static string TextOf(JsonElement answer) => string.Join(
        ' ', answer.EnumerateObject().Where(property => property.Name != "changes").Select(property => property.Value.GetRawText()));
}
