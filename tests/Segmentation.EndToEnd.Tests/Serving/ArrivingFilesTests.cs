using System.Text.Json;
using Segmentation.EndToEnd.Tests.Golden;
using Segmentation.EndToEnd.Tests.Support;

namespace Segmentation.EndToEnd.Tests.Serving;

/// <summary>Files arrive and runs go on while somebody asks all the time.</summary>
public sealed class ArrivingFilesTests(OnlineRetailRuns year) : IDisposable
{
    private const int Asked = 60;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    // What is asked here is which run an answer is from: one algorithm draws clusters for that.
    private static readonly string[] Models = ["--set", "selection.algorithms=k-means", "--set", "selection.starts=3", "--set", "selection.maxClusters=5"];
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [SharedFact]
    public async Task Each_answer_belongs_to_one_whole_run_and_in_the_end_all_are_those_of_a_clean_run()
    {
        RunResult clean = await year.FullAsync();
        string[] ids = [.. clean.Customers.Where((_, i) => i % (clean.Customers.Count / Asked) == 0).Take(Asked).Select(row => row["customer_id"])];
        await using ServeProcess server = await ServeProcess.StartAsync(
            _folder["data"], ["--set", "cleaning.returns=ignore", "--set", "workflow.keepRuns=20", .. Models]);

        // Asked from the first month on to the last.
        using var done = new CancellationTokenSource();
        var answers = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        int batches = 0;
        Task? asking = null;
        foreach (string month in OnlineRetailRuns.Months)
        {
            string name = Path.GetFileName(month);
            string dropped = _folder[Path.Combine("data", "uploads", name)];
            File.Copy(month, dropped + ".part");
            File.Move(dropped + ".part", dropped);
            await server.WaitUntilDoneAsync(name);
            asking ??= Task.Run(AskAsync, Token);
        }

        await done.CancelAsync();
        await asking!;
        Assert.True(answers.Count > 5, $"Only {answers.Count} runs were seen in {batches} batches.");
        foreach ((string runId, Dictionary<string, string> ofRun) in answers)
        {
            var result = new RunResult(_folder[Path.Combine("data", "runs", runId, "results")]);
            Assert.All(ofRun, answer => Assert.Equal(RowOf(result, answer.Key), answer.Value));
        }

        JsonElement last = await server.LookUpAsync(ids);
        RunResult plain = await Segment.RunAsync(
            _folder, "out", OnlineRetailRuns.Months, ["--set", "cleaning.returns=ignore", .. Models]);
        string current = last.GetProperty("found")[0].GetProperty("runId").GetString()!;
        var served = new RunResult(_folder[Path.Combine("data", "runs", current, "results")]);
        served.IsSameButForClusterIds(plain, "served, month by month");
        Assert.Equal(
            ids.Select(id => RowOf(served, id)), last.GetProperty("found").EnumerateArray().Select(Describe), StringComparer.Ordinal);

        async Task AskAsync()
        {
            // As often as a busy storefront asks, and no more: a second process that never rests would slow the runs it asks about.
            using var pace = new PeriodicTimer(Pace);
            while (!done.IsCancellationRequested && await pace.WaitForNextTickAsync(Token))
            {
                JsonElement answer = await server.LookUpAsync(ids);
                string[] runs = [.. answer.GetProperty("found").EnumerateArray().Select(one => one.GetProperty("runId").GetString()!).Distinct(StringComparer.Ordinal)];
                string run = Assert.Single(runs);
                Dictionary<string, string> seen = answers.TryGetValue(run, out Dictionary<string, string>? known) ? known : answers[run] = new(StringComparer.Ordinal);
                foreach (JsonElement one in answer.GetProperty("found").EnumerateArray())
                {
                    string described = Describe(one);
                    string id = one.GetProperty("customerId").GetString()!;
                    Assert.Equal(seen.TryGetValue(id, out string? before) ? before : described, described);
                    seen[id] = described;
                }

                Assert.All(answer.GetProperty("missing").EnumerateArray(), id => Assert.False(seen.ContainsKey(id.GetString()!)));
                batches++;
            }
        }
    }

    private static string RowOf(RunResult result, string id)
    {
        IReadOnlyDictionary<string, string> row = result.Customer(id);
        return $"{row["recency_days"]} {row["frequency"]} {decimal.Parse(row["monetary"], System.Globalization.CultureInfo.InvariantCulture):0.######} {row["r"]}{row["f"]}{row["m"]} {row["rfm_segment"]} {row["cluster"]} {row["cluster_name"]}";
    }

    private static string Describe(JsonElement answer)
    {
        JsonElement rfm = answer.GetProperty("rfm");
        JsonElement cluster = answer.GetProperty("cluster");
        string ofCluster = cluster.ValueKind == JsonValueKind.Null ? " " : $"{cluster.GetProperty("id").GetString()} {cluster.GetProperty("name").GetString()}";
        return $"{rfm.GetProperty("recencyDays")} {rfm.GetProperty("frequency")} {rfm.GetProperty("monetary").GetDecimal():0.######} {rfm.GetProperty("r")}{rfm.GetProperty("f")}{rfm.GetProperty("m")} {answer.GetProperty("segment").GetProperty("name").GetString()} {ofCluster}";
    }
}
