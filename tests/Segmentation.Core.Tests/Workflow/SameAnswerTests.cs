using System.Text.Json;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.Core.Tests.Workflow;

public sealed class SameAnswerTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("7", 2)]
    [InlineData("256", 4)]
    public async Task Shards_and_threads_change_no_byte_of_the_results(string shards, int threads)
    {
        Store plain = new Store().WithThreeGroups();
        RunOutcome outcome = await plain.RunAsync("run-1");
        Assert.Equal(new RunOutcome(RunStatus.Completed, 30, 3, Activated: true), outcome);
        Store other = new Store().WithThreeGroups();
        Assert.Equal(outcome, await other.RunAsync(Store.Request("run-1", ("workflow.shards", shards)), threads));
        foreach (string name in (string[])["customers.csv", "profiles.json", "model-selection.json", "ledger.json", "rejects.csv", "products.csv", "quality.json", "report.html"])
        {
            Assert.Equal(plain.Result("run-1", name), other.Result("run-1", name));
        }
    }

    [Theory]
    [InlineData("k-means")]
    [InlineData("gaussian-mixture")]
    [InlineData("ward")]
    public async Task Each_algorithm_finds_the_groups_and_publishes_what_it_described(string algorithm)
    {
        Store store = new Store().WithThreeGroups();
        RunOutcome outcome = await store.RunAsync("run-1", ("selection.algorithms", algorithm), ("selection.maxClusters", "3"));
        Assert.Equal(new RunOutcome(RunStatus.Completed, 30, 3, Activated: true), outcome);
        JsonElement selection = JsonElement.Parse(store.Result("run-1", "model-selection.json"));
        Assert.Equal(algorithm, selection.GetProperty("chosen").GetProperty("algorithm").GetString());
        Assert.Equal(3, selection.GetProperty("chosen").GetProperty("clusterStability").GetArrayLength());
        Assert.Equal(2, selection.GetProperty("candidates").GetArrayLength());
        var sizes = JsonElement.Parse(store.Result("run-1", "profiles.json")).GetProperty("segments").EnumerateArray()
            .Where(segment => segment.GetProperty("kind").GetString() == "cluster")
            .ToDictionary(segment => segment.GetProperty("id").ToString(), segment => segment.GetProperty("size").GetInt32(), StringComparer.Ordinal);
        string[] clusters = [.. store.Result("run-1", "customers.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')[8])];
        Assert.Equal(sizes, clusters.GroupBy(id => id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_order_in_which_files_were_dropped_changes_no_byte()
    {
        Store plain = new Store().WithThreeGroups();
        await plain.RunAsync("run-1");
        var other = new Store();
        foreach ((string name, byte[] bytes) in plain.Uploads.Snapshot().Reverse())
        {
            other.Uploads.Put(name, bytes);
        }

        await other.RunAsync("run-1");
        Assert.Equal(plain.Results("run-1"), other.Results("run-1"));
    }

    [Fact]
    public async Task Uploads_that_did_not_change_are_not_cleaned_again()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        string clean = Describe(store);
        await store.RunAsync("run-2");
        Assert.Equal("""{"uploads":[]}""", store.Runs["run-2/steps/plan.json"]);
        Assert.Equal(clean, Describe(store));
        Assert.Equal(store.Result("run-1", "customers.csv"), store.Result("run-2", "customers.csv"));
        Assert.Equal(store.Result("run-1", "ledger.json"), store.Result("run-2", "ledger.json"));
    }

    [Fact]
    public async Task The_same_bytes_dropped_again_change_nothing()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        store.Uploads["c.csv"] = store.Uploads["c.csv"];
        await store.RunAsync("run-2");
        JsonElement planned = Assert.Single(JsonElement.Parse(store.Runs["run-2/steps/plan.json"]).GetProperty("uploads").EnumerateArray());
        Assert.Equal("c.csv", planned.GetProperty("name").GetString());
        Assert.Equal(store.Result("run-1", "ledger.json"), store.Result("run-2", "ledger.json"));
    }

    [Fact]
    public async Task Other_options_of_cleaning_clean_again_and_others_do_not()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        await store.RunAsync("run-2", ("cleaning.returns", "ignore"));
        Assert.Equal("""{"uploads":[]}""", store.Runs["run-2/steps/plan.json"]);
        await store.RunAsync("run-3", ("cleaning.nonProductCodes", "A1"));
        Assert.Contains("c.csv", store.Runs["run-3/steps/plan.json"], StringComparison.Ordinal);
    }

    private static string Describe(Store store) =>
        string.Join('\n', store.Clean.Snapshot().Select(blob => $"{blob.Key} {Convert.ToBase64String(blob.Value)}"));
}
