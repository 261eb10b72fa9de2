using System.Globalization;
using System.Text;
using Segmentation.Core.Storage;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Functions.Tests.Support;
using Segmentation.Numerics;
using Segmentation.Testing.Emulator;

namespace Segmentation.Functions.Tests.Soak;

/// <summary>The app is killed between and inside activities, on a store without earlier runs, and ends as if it had not been.</summary>
/// <remarks>More kills than the few of every day: set the variable of <see cref="KillsVariable" />, as <c>tests/kill-functions.sh</c> does.</remarks>
public sealed class FunctionsKillTests(Azurite azurite, ITestOutputHelper output) : IDisposable
{
    private const string KillsVariable = "SEGMENTATION_TEST_KILLS";
    private const int UsualKills = 4;
    private const ulong Seed = 30;

    // A process is killed within a part of a run, so that a run is killed a few times.
    private const int PartsOfARun = 3;

    private static readonly string[] Results =
        ["customers.csv", "profiles.json", "model-selection.json", "ledger.json", "rejects.csv", "report.html", "manifest.json"];

    // A first run, and one more over a correction and a new file.
    private static readonly Phase[] Phases =
    [
        new(App.Start, [.. new Store().WithThreeGroups().Uploads.Snapshot().Where(upload => upload.Key.EndsWith(".csv", StringComparison.Ordinal) && upload.Key[0] != '.')]),
        new(
            App.Start.AddDays(1),
            new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                ["2024/d.csv"] = Encoding.UTF8.GetBytes(Store.Header + "7001,A1,Lamp,2,2024-05-30 10:00:00,19.00,k1,UK\n7002,A1,Lamp,1,2024-06-02 10:00:00,40.00,k30,UK\n"),
                ["notes.txt"] = "this is no table"u8.ToArray(),
            }),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly Xoshiro256StarStar _random = new(Seed);
    private int _killed;
    private int _inside;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable(KillsVariable), CultureInfo.InvariantCulture, out int kills) ? kills : UsualKills;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_at_random_moments_it_ends_with_the_same_bytes_and_readers_see_one_run_or_the_other()
    {
        string[] customers = [.. Enumerable.Range(0, 31).Select(i => $"k{i}")];
        (string expected, Dictionary<string, string> said, ProcessEnd[] undisturbed) = await UndisturbedAsync(customers);
        int stores = 0;
        int read = 0;
        while (_killed < Kills)
        {
            string account = azurite.NewAccount();
            using App eyes = FunctionsProcess.Open(account);
            var reader = new SegmentReader(eyes, customers);
            Task reading = Task.Run(reader.ReadAsync, Token);
            string journal = _folder[$"journal-{stores++}"];
            for (int phase = 0; phase < Phases.Length; phase++)
            {
                await PlayAsync(account, journal, phase, undisturbed[phase]);
            }

            reader.Stop();
            await reading;
            await reader.ReadOnceAsync();
            Assert.Equal(said.Keys.Order(StringComparer.Ordinal), reader.Runs, StringComparer.Ordinal);
            Assert.All(reader.Said, run => Assert.True(said[run.Key] == run.Value, $"Run {run.Key} says another thing than undisturbed."));
            Assert.True(expected == await StoredAsync(eyes), $"The results differ in store {stores}.");
            read += reader.Answered;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_killed} kills, {_inside} inside an activity or an event and {_killed - _inside} between two, in {stores} stores from empty; {read} lookups of all customers meanwhile; all results as undisturbed."));
    }

    private async Task PlayAsync(string account, string journal, int phase, ProcessEnd undisturbed)
    {
        foreach ((string name, byte[] bytes) in Phases[phase].Files)
        {
            await AzuriteApps.UploadAsync(account, name, bytes);
        }

        bool isKilled;
        do
        {
            // At any moment, or between two steps in turn; the last process goes on to its end.
            bool isAtAnyMoment = _killed % 2 == 0;
            int lines = _killed < Kills && isAtAnyMoment ? 1 + _random.NextInt32(Part(undisturbed.Lines.Count)) : int.MaxValue;
            int steps = _killed < Kills && !isAtAnyMoment ? 1 + _random.NextInt32(Part(undisturbed.Steps)) : 0;
            ProcessEnd end = await KilledProcess.RunAsync(
                FunctionsProcess.Arguments(account, journal, Phases[phase].At, steps, Phases[phase].Files.Select(file => file.Key)), lines, Token);
            isKilled = end.IsKilled;
            _killed += isKilled ? 1 : 0;
            _inside += isKilled && end.WasInside ? 1 : 0;
        }
        while (isKilled);
    }

    private static int Part(int count) => Math.Max(2, count / PartsOfARun);

    private async Task<(string Stored, Dictionary<string, string> Said, ProcessEnd[] Ends)> UndisturbedAsync(string[] customers)
    {
        string account = azurite.NewAccount();
        using App app = FunctionsProcess.Open(account);
        var reader = new SegmentReader(app, customers);
        var ends = new List<ProcessEnd>();
        foreach (Phase phase in Phases)
        {
            foreach ((string name, byte[] bytes) in phase.Files)
            {
                await AzuriteApps.UploadAsync(account, name, bytes);
            }

            ends.Add(await KilledProcess.RunAsync(
                FunctionsProcess.Arguments(account, _folder["journal"], phase.At, stopAfter: 0, phase.Files.Select(file => file.Key)), int.MaxValue, Token));
            await reader.ReadOnceAsync();
        }

        Assert.Equal(Phases.Length, reader.Runs.Count);
        return (await StoredAsync(app), reader.Said, [.. ends]);
    }

    // All that must not depend on how often the process was killed.
    private static async Task<string> StoredAsync(App app)
    {
        var stored = new StringBuilder();
        foreach (RunRecord run in await app.RunsAsync())
        {
            Assert.Equal(RunStatus.Completed, run.Status);
            foreach (string file in Results)
            {
                stored.Append(run.RunId).Append(' ').AppendLine(file).AppendLine(await AzuriteApps.ResultAsync(app, run.RunId, file));
            }
        }

        Assert.Null(await app.Storage.Segments.FindRequestAsync(Token));
        Assert.Empty(await app.Storage.Clean.ListAsync("holds/", Token).ToListAsync(Token));
        await foreach (BlobEntry blob in app.Storage.Runs.ListAsync("", Token))
        {
            Assert.DoesNotContain("/steps/", blob.Name, StringComparison.Ordinal);
        }

        await foreach (BlobEntry blob in app.Storage.Quarantine!.ListAsync("", Token))
        {
            stored.AppendLine(blob.Name);
        }

        return stored.AppendLine(await app.Storage.Segments.FindCurrentRunAsync(Token)).ToString();
    }

    private sealed record Phase(DateTimeOffset At, IReadOnlyCollection<KeyValuePair<string, byte[]>> Files);
}
