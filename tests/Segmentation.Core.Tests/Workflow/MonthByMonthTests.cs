using System.Globalization;
using System.Text;
using System.Text.Json;
using Segmentation.Core.Segments;
using Segmentation.Core.Workflow;
using Segmentation.Core.Workflow.Results;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>Thirteen months of a real store, a run after each.</summary>
public sealed class MonthByMonthTests
{
    // What a cluster is to a store; within one, a character may change with the store's age.
    private static readonly Dictionary<ClusterCharacter, string> Meanings = new()
    {
        [ClusterCharacter.BestCustomers] = "best",
        [ClusterCharacter.LoyalRegulars] = "valuable",
        [ClusterCharacter.RareBigSpenders] = "valuable",
        [ClusterCharacter.BigSpenders] = "valuable",
        [ClusterCharacter.NewCustomers] = "recent",
        [ClusterCharacter.RecentBuyers] = "recent",
        [ClusterCharacter.RecentRepeatBuyers] = "recent",
        [ClusterCharacter.OneTimeBuyers] = "away",
        [ClusterCharacter.OneTimersDriftingAway] = "away",
        [ClusterCharacter.CustomersDriftingAway] = "away",
        [ClusterCharacter.SleepingOneTimers] = "away",
        [ClusterCharacter.SleepingCustomers] = "away",
    };

    [SharedFact]
    public async Task With_the_number_of_clusters_left_free_no_name_ends_and_begins_and_what_ended_comes_back()
    {
        // The model has five clusters in 2011-01, three in 2011-03 and four in the other months.
        var store = new Store();
        var meanings = new Dictionary<int, HashSet<string>>();
        var kinds = new List<string>();
        string[] files = Directory.GetFiles(Path.Combine(Repository.Shared, "data", "online-retail"), "20*.csv.gz");
        foreach ((int month, string file) in files.Order(StringComparer.Ordinal).Take(5).Index())
        {
            store.Uploads.Put(Path.GetFileName(file), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            string runId = $"run-{month}";
            await store.RunAsync(
                Store.Request(
                    runId,
                    ("cleaning.returns", "ignore"),
                    ("selection.algorithms", "k-means"),
                    ("selection.maxClusters", "5"),
                    ("selection.starts", "20")),
                2);
            if (month == 0)
            {
                continue;
            }

            TransitionsDocument transitions = JsonSerializer.Deserialize(
                store.Result(runId, "transitions.json"), ResultJson.Readable.TransitionsDocument)!;
            string[] ended =
            [
                .. transitions.Clusters!.Before.Where(one => transitions.Clusters.After.All(other => other.Id != one.Id)).Select(one => one.Name),
            ];
            foreach (ClusterMatch match in transitions.Matches)
            {
                Assert.DoesNotContain(match.Name, ended, StringComparer.Ordinal);
                meanings.TryAdd(match.Id, new HashSet<string>(StringComparer.Ordinal));
                meanings[match.Id].Add(Meanings[ClusterName.Parse(match.Name, Language.English)!.Character]);
            }

            kinds.Add(string.Join(
                ' ', transitions.Matches.OrderBy(match => match.Id).Select(match => $"{match.Id}:{match.Basis ?? "new"}")));
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', kinds));
        Assert.Equal([1, 2, 3, 4, 5], meanings.Keys.Order());
        Assert.All(meanings.Values, one => Assert.Single(one));
        Assert.Contains("1:customers", kinds[0], StringComparison.Ordinal);
        Assert.DoesNotContain("2:", kinds[2], StringComparison.Ordinal);
        Assert.Contains("2:returned", kinds[3], StringComparison.Ordinal);
    }

    [SharedFact]
    public async Task Ids_keep_their_meaning_transitions_reconcile_and_no_ordinary_month_is_held_back()
    {
        var store = new Store();
        string[] files = Directory.GetFiles(Path.Combine(Repository.Shared, "data", "online-retail"), "20*.csv.gz");
        var meanings = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        TransitionsDocument? before = null;
        var table = new StringBuilder();
        foreach ((int month, string file) in files.Order(StringComparer.Ordinal).Index())
        {
            store.Uploads.Put(Path.GetFileName(file), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            string runId = string.Create(CultureInfo.InvariantCulture, $"run-{month:D3}");
            RunOutcome outcome = await store.RunAsync(Store.Request(runId, ("selection.algorithms", "k-means"), ("selection.minClusters", "4"), ("selection.maxClusters", "4"), ("selection.minStability", "0")), 2);
            Assert.True(outcome.Activated, outcome.Message);
            if (month == 0)
            {
                continue;
            }

            TransitionsDocument transitions = JsonSerializer.Deserialize(
                store.Result(runId, "transitions.json"), ResultJson.Readable.TransitionsDocument)!;
            foreach (TransitionTable one in (TransitionTable[])[transitions.Clusters!, transitions.Named])
            {
                Assert.Equal(transitions.CustomersBefore + transitions.New, one.Cells.Sum(cell => cell.Customers));
                Assert.Equal(transitions.Customers, one.After.Sum(segment => segment.Customers));
                Assert.Equal(transitions.CustomersBefore, one.Before.Sum(segment => segment.Customers));
                Assert.Equal(
                    transitions.CustomersBefore - transitions.Gone, one.Stayed + one.StayedExcluded + one.ByCustomer + one.ByModel);
            }

            if (before is not null)
            {
                // The run before is the one that is followed, cluster by cluster.
                Assert.Equal(before.Clusters!.After, transitions.Clusters!.Before);
            }

            before = transitions;
            table.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)[..7]} stayed {transitions.Clusters!.Stayed} moved {transitions.Clusters.ByCustomer} redrawn {transitions.Clusters.ByModel} new {transitions.New} gone {transitions.Gone}:");
            foreach (ClusterMatch match in transitions.Matches)
            {
                table.Append(CultureInfo.InvariantCulture, $" [{match.Id} {match.Name} {match.Distance:F2}]");
                string character = ClusterName.Parse(match.Name, Language.English)!.Character.ToString();
                meanings.TryAdd($"{match.Id}", new HashSet<string>(StringComparer.Ordinal));
                meanings[$"{match.Id}"].Add(character);
            }

            table.AppendLine();
        }

        TestContext.Current.TestOutputHelper!.WriteLine(table.ToString());

        // After the first months, in which a store of a few weeks has no past, the centres move little.
        Assert.All(before!.Matches, match => Assert.InRange(match.Distance!.Value, 0, 0.3));
        Assert.Equal(4, before.Matches.Count);
        Assert.InRange(meanings.Count, 4, 8);
    }
}
