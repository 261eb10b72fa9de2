using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>How a run follows the one that was current when it was planned.</summary>
public sealed class ContinuityTests
{
    private static readonly (string Key, string Value)[] ThreeClusters = Clusters(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_run_follows_none_and_says_so()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        Assert.False(await store.Runs.ExistsAsync(RunBlobs.Result("run-1", "transitions.json"), Token));
        Assert.Equal(JsonValueKind.Null, JsonElement.Parse(store.Result("run-1", "manifest.json")).GetProperty("previousRunId").ValueKind);
    }

    [Fact]
    public async Task A_run_on_the_same_uploads_changes_no_byte_and_nobody_moves()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        await store.RunAsync("run-2", ("workflow.shards", "5"));
        foreach (string name in (string[])["customers.csv", "profiles.json", "model-selection.json"])
        {
            Assert.Equal(store.Result("run-1", name), store.Result("run-2", name));
        }

        TransitionsDocument transitions = Read(store, "run-2");
        Assert.Equal(("run-1", 30, 30, 0, 0), (transitions.PreviousRunId, transitions.CustomersBefore, transitions.Customers, transitions.New, transitions.Gone));
        Assert.Equal((30, 0, 0), (transitions.Clusters!.Stayed, transitions.Clusters.ByCustomer, transitions.Clusters.ByModel));
        Assert.Equal(30, transitions.Named.Stayed);
        Assert.All(transitions.Matches, match =>
        {
            Assert.Equal((match.Id, match.Name), (match.PreviousId!.Value, match.PreviousName));
            Assert.InRange(match.Distance!.Value, 0, 1e-12);
        });
        Assert.All(transitions.Drift.Features, feature => Assert.Equal(0, feature.Psi));
        Assert.Equal("run-1", JsonElement.Parse(store.Result("run-2", "manifest.json")).GetProperty("previousRunId").GetString());
    }

    [Fact]
    public async Task The_model_says_how_long_a_silence_it_has_seen()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        await using Stream stream = await store.Runs.OpenReadAsync(RunBlobs.Model("run-1"), Token);
        SelectedModel selected = (await JsonSerializer.DeserializeAsync(stream, WorkflowJson.Default.SelectedModel, Token))!;
        int longest = store.Result("run-1", "customers.csv").Split('\n')[1..^1].Select(row => row.Split(','))
            .Where(row => row[7].Length > 0)
            .Max(row => int.Parse(row[1], CultureInfo.InvariantCulture));
        Assert.Equal(longest, selected.Model.LongestRecency);
    }

    [Fact]
    public async Task Clusters_that_were_switched_off_hold_no_run_back_and_clusters_that_were_not_found_do()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        Assert.Null((await store.Segments.FindRunAsync("run-1", Token))!.Message);
        RunOutcome notFound = await store.RunAsync("run-2", ("selection.minStability", "1"), ("selection.minShare", "0.5"));
        Assert.False(notFound.Activated);
        Assert.NotNull(notFound.Message);
        RunOutcome switchedOff = await store.RunAsync("run-3", ("selection.algorithms", "none"));
        Assert.True(switchedOff.Activated, switchedOff.Message);
        Assert.Null(switchedOff.Message);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("7")]
    [InlineData("64")]
    [InlineData("256")]
    public async Task Transitions_reconcile_with_the_customers_of_both_runs_whatever_the_shards(string shards)
    {
        Store store = await GrownAsync(shards);
        TransitionsDocument transitions = Read(store, "run-2");
        Assert.Equal(3, transitions.New);
        Assert.Equal(0, transitions.Gone);
        AssertReconciles(transitions.Clusters!, transitions, Sizes(store, "run-1", 8), Sizes(store, "run-2", 8));
        AssertReconciles(transitions.Named, transitions, Sizes(store, "run-1", 7), Sizes(store, "run-2", 7));
        Store other = await GrownAsync("3");
        Assert.Equal(other.Result("run-2", "transitions.json"), store.Result("run-2", "transitions.json"));
        Assert.Equal(other.Result("run-2", "customers.csv"), store.Result("run-2", "customers.csv"));
        Assert.Equal(other.Result("run-2", "profiles.json"), store.Result("run-2", "profiles.json"));
    }

    [Fact]
    public async Task What_is_made_current_after_the_plan_is_not_followed()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        await store.RunAsync("run-2");
        await store.Activities.PlanRunAsync(Store.Request("run-3"), Token);
        await store.Segments.SetCurrentRunAsync("run-1", Token);
        await store.RunAsync("run-3");
        Assert.Equal("run-2", Read(store, "run-3").PreviousRunId);
    }

    [Fact]
    public async Task A_damaged_current_run_is_not_followed_and_keeps_no_run_from_taking_its_place()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        store.Runs[RunBlobs.Model("run-1")] = "{";
        RunOutcome outcome = await store.RunAsync("run-2");
        Assert.Equal((RunStatus.Completed, true), (outcome.Status, outcome.Activated));
        Assert.False(await store.Runs.ExistsAsync(RunBlobs.Result("run-2", "transitions.json"), Token));
    }

    [Fact]
    public async Task A_model_that_was_stored_before_ids_were_is_followed()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        string model = store.Runs[RunBlobs.Model("run-1")];
        JsonElement old = JsonElement.Parse(model);
        foreach (string name in (string[])["clusterIds", "nextClusterId", "retired", "baselines"])
        {
            model = model.Replace(
                $",\"{name}\":{old.GetProperty("model").GetProperty(name).GetRawText()}", "", StringComparison.Ordinal);
        }

        Assert.DoesNotContain("clusterIds", model, StringComparison.Ordinal);
        store.Runs[RunBlobs.Model("run-1")] = model;
        await store.RunAsync("run-2");
        Assert.Equal(store.Result("run-1", "customers.csv"), store.Result("run-2", "customers.csv"));
        Assert.Empty(Read(store, "run-2").Drift.Features);
    }

    [Theory]
    [InlineData("gated", false)]
    [InlineData("always", true)]
    public async Task A_run_whose_amounts_are_a_hundred_times_too_large_is_kept_and_not_activated_unless_told(string policy, bool activated)
    {
        var store = new Store();
        store.Drop("shop.csv", Shop(customers: 150, priceFactor: 1));
        await store.RunAsync("run-1");
        store.Drop("shop.csv", Shop(customers: 150, priceFactor: 100));
        RunOutcome outcome = await store.RunAsync("run-2", ("workflow.activate", policy));
        Assert.Equal(activated, outcome.Activated);
        Assert.Equal(activated ? "run-2" : "run-1", await store.Segments.FindCurrentRunAsync(Token));
        Assert.True(Read(store, "run-2").Drift.IsLarge);
        Assert.Contains("order value", outcome.Message, StringComparison.Ordinal);
        Assert.Equal(outcome.Message, (await store.Segments.FindRunAsync("run-2", Token))!.Message);

        // The report says that readers do not see the run, and why.
        Assert.Equal(!activated, store.Result("run-2", "report.html").Contains(outcome.Message!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("7")]
    [InlineData("64")]
    public async Task Ids_and_names_stay_when_amounts_become_a_hundred_times_too_large_and_are_mended(string shards)
    {
        var store = new Store();
        store.Drop("shop.csv", Shop(customers: 150, priceFactor: 1));
        await store.RunAsync("run-1", [.. ThreeClusters]);
        foreach ((string runId, int priceFactor) in new[] { ("run-2", 100), ("run-3", 1) })
        {
            store.Drop("shop.csv", Shop(customers: 150, priceFactor));
            await store.RunAsync(runId, [.. ThreeClusters, ("workflow.activate", "always"), ("workflow.shards", shards)]);
            TransitionsDocument transitions = Read(store, runId);

            // ln(1 + 100·x) is not quite ln(1 + x) + ln 100: the border moves over a customer.
            Assert.InRange(transitions.Clusters!.Stayed, 149, 150);
            Assert.All(transitions.Matches, match => Assert.Equal((ClusterMatch.ByCustomers, match.PreviousName), (match.Basis, match.Name)));
        }

        Assert.Equal(store.Result("run-1", "customers.csv"), store.Result("run-3", "customers.csv"));
    }

    [Fact]
    public async Task A_cluster_that_a_run_did_not_have_comes_back_under_its_id_and_name()
    {
        var store = new Store();
        store.Drop("shop.csv", Shop(customers: 150, priceFactor: 1));
        await store.RunAsync("run-1", [.. Clusters(4)]);
        await store.RunAsync("run-2", [.. Clusters(3)]);
        await store.RunAsync("run-3", [.. Clusters(4)]);
        Assert.Equal(store.Result("run-1", "customers.csv"), store.Result("run-3", "customers.csv"));
        TransitionsDocument transitions = Read(store, "run-3");
        ClusterMatch returned = Assert.Single(transitions.Matches, match => match.Basis == ClusterMatch.Returned);
        Assert.Null(returned.PreviousId);
        Assert.DoesNotContain(transitions.Clusters!.Before, segment => segment.Id == $"{returned.Id}");
    }

    [Fact]
    public async Task A_run_without_clusters_hands_all_identities_on()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1", [.. ThreeClusters]);
        await store.RunAsync("run-2", ("selection.algorithms", "none"), ("workflow.activate", "always"));
        await store.RunAsync("run-3", [.. ThreeClusters]);
        Assert.Equal(store.Result("run-1", "customers.csv"), store.Result("run-3", "customers.csv"));
        Assert.All(Read(store, "run-3").Matches, match => Assert.Equal(ClusterMatch.Returned, match.Basis));
    }

    [Fact]
    public void A_stored_model_of_the_version_before_remembers_no_cluster_that_ended()
    {
        const string Stored = """
            {"edges":{"recency":[10],"frequency":[1],"monetary":[5]},"features":{"names":["recency","frequency","monetary"],"transform":"ln(1\u002Bx)",
            "means":[3.5,1.1,6.2],"deviations":[1.4,0.6,1.2]},"centroids":[[0.1,0.2,0.3],[1.5,-0.4,-0.6]],"format":2,"algorithm":"k-means","mixture":null,
            "tree":null,"clusterIds":[4,7],"nextClusterId":9,"baselines":[]}
            """;
        SegmentModel model = JsonSerializer.Deserialize(Stored, WorkflowJson.TypeInfo<SegmentModel>())!;
        Assert.Equal([4, 7], model.ClusterIds!);
        Assert.Equal(9, model.NextClusterId);
        Assert.Null(model.Retired);
        Assert.Equal([4], RetiredCluster.After(model, [7], id => $"{id}", "en").Select(one => one.Id));
    }

    [Fact]
    public async Task A_run_in_which_half_of_the_customers_are_missing_is_not_activated()
    {
        var store = new Store();
        store.Drop("shop.csv", Shop(customers: 150, priceFactor: 1));
        await store.RunAsync("run-1");
        store.Drop("shop.csv", Shop(customers: 75, priceFactor: 1));
        RunOutcome outcome = await store.RunAsync("run-2");
        Assert.False(outcome.Activated);
        Assert.Contains("50.0% of the customers of the previous run are gone", outcome.Message, StringComparison.Ordinal);
        Assert.Equal(75, Read(store, "run-2").Gone);
    }

    [Fact]
    public async Task Options_that_change_what_counts_hold_no_run_back()
    {
        var store = new Store();
        store.Drop("shop.csv", Shop(customers: 150, priceFactor: 1));
        await store.RunAsync("run-1");
        RunOutcome outcome = await store.RunAsync("run-2", ("cleaning.returns", "ignore"));
        Assert.True(outcome.Activated);
        Assert.StartsWith("Not judged: the options", Assert.Single(Read(store, "run-2").Drift.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_in_another_language_says_the_same_names_in_it()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        await store.RunAsync(Store.Request("run-2") with { Language = "ru" }, 1);
        IEnumerable<ClusterMatch> matches = Read(store, "run-2").Matches;
        Assert.All(matches, match => Assert.Equal(
            ClusterName.Parse(match.PreviousName!, Language.English)!.Character, ClusterName.Parse(match.Name, Language.Russian)!.Character));
    }

    // The second run has a month more: some customers bought again, and three are new.
    private static async Task<Store> GrownAsync(string shards)
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1", [.. ThreeClusters]);
        var rows = new StringBuilder();
        for (int i = 0; i < 12; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{5000 + i},A1,Lamp,1,2024-05-{20 + i:D2} 10:00:00,{200 + (i * 30)}.00,k{i},UK\n");
        }

        rows.Append("6001,A1,Lamp,1,2024-05-25 10:00:00,8.00,n1,UK\n6002,A1,Lamp,1,2024-05-26 10:00:00,9.00,n2,UK\n6003,A1,Lamp,1,2024-05-27 10:00:00,900.00,n3,UK\n");
        store.Drop("2024/later.csv", rows.ToString());
        await store.RunAsync("run-2", [.. ThreeClusters, ("workflow.shards", shards)]);
        return store;
    }

    private static string Shop(int customers, int priceFactor)
    {
        var rows = new StringBuilder();
        for (int i = 0; i < customers; i++)
        {
            int orders = (i % 3) switch { 0 => 1, 1 => 3, _ => 7 };
            for (int order = 0; order < orders; order++)
            {
                rows.Append(CultureInfo.InvariantCulture, $"{1000 + (i * 10) + order},A1,Lamp,1,2024-0{1 + ((i + order) % 5)}-{1 + (i % 27):D2} 10:00:00,{priceFactor * (3 + (i % 40))}.00,c{i},UK\n");
            }
        }

        return rows.ToString();
    }

    private static void AssertReconciles(
        TransitionTable table, TransitionsDocument transitions, Dictionary<string, long> before, Dictionary<string, long> after)
    {
        Assert.Equal(transitions.CustomersBefore + transitions.New, table.Cells.Sum(cell => cell.Customers));
        Assert.Equal(transitions.Customers + transitions.Gone, table.Cells.Sum(cell => cell.Customers));
        Assert.Equal(
            table.Cells.Sum(cell => cell.Customers),
            table.Stayed + table.StayedExcluded + table.ByCustomer + table.ByModel + transitions.New + transitions.Gone);
        Assert.All(table.Cells, cell => Assert.Equal(
            cell.From is null || cell.To is null || cell.From == cell.To ? 0 : cell.Customers, cell.ByCustomer + cell.ByModel));
        Assert.True(table.ByCustomer > 0);
        AssertSizes(table.Before, before);
        AssertSizes(table.After, after);
    }

    private static void AssertSizes(IReadOnlyList<TransitionSegment> segments, Dictionary<string, long> sizes)
    {
        // Named segments stand in customers.csv by their English names, clusters by their ids.
        Assert.Equal(
            sizes.OrderBy(size => size.Key, StringComparer.Ordinal),
            segments.Where(segment => segment.Customers > 0)
                .Select(segment => KeyValuePair.Create(sizes.ContainsKey(segment.Id) ? segment.Id : segment.Name, segment.Customers))
                .OrderBy(size => size.Key, StringComparer.Ordinal));
    }

    private static Dictionary<string, long> Sizes(Store store, string runId, int column) => store.Result(runId, "customers.csv")
        .Split('\n')[1..^1].Select(line => line.Split(',')[column]).GroupBy(id => id, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (long)group.Count(), StringComparer.Ordinal);

    private static (string Key, string Value)[] Clusters(int k) =>
        [("selection.algorithms", "k-means"), ("selection.minClusters", $"{k}"), ("selection.maxClusters", $"{k}"), ("selection.minStability", "0")];

    private static TransitionsDocument Read(Store store, string runId) =>
        JsonSerializer.Deserialize(store.Result(runId, "transitions.json"), ResultJson.Readable.TransitionsDocument)!;
}
