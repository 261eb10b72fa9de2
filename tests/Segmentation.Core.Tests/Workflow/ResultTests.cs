using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Workflow;

public sealed class ResultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ledger_reconciles_for_every_upload_whatever_the_rows()
    {
        const ulong seed = 71;
        var random = new Xoshiro256StarStar(seed);
        for (int round = 0; round < 40; round++)
        {
            var store = new Store();
            int[] rows = [.. Enumerable.Range(0, 1 + random.NextInt32(4)).Select(_ => 2 + random.NextInt32(30))];
            for (int upload = 0; upload < rows.Length; upload++)
            {
                string first = "1,A,Lamp,1,2024-01-01 10:00:00,10.00,k0,UK\n";
                store.Drop($"{upload}.csv", first + string.Concat(Enumerable.Range(1, rows[upload] - 1).Select(_ => RandomRow(random))));
            }

            (string, string)[] options = round % 2 == 0 ? [] : [("rfm.asOf", "2024-01-06"), ("rfm.window", "4"), ("cleaning.returns", "ignore")];
            await store.RunAsync("run-1", [.. options, ("selection.algorithms", "none")]);
            if (!store.Runs.Snapshot().ContainsKey(RunBlobs.Result("run-1", "ledger.json")))
            {
                continue;
            }

            JsonElement ledger = JsonElement.Parse(store.Result("run-1", "ledger.json"));
            JsonElement[] entries = [.. ledger.GetProperty("uploads").EnumerateArray(), ledger.GetProperty("total")];
            Assert.Equal(rows.Append(rows.Sum()), entries.Select(entry => entry.GetProperty("rows").GetInt32()));
            Assert.All(entries, entry => AssertReconciles(entry, $"Seed {seed}, round {round}: {entry}"));
            decimal sales = store.Result("run-1", "customers.csv").Split('\n')[1..^1].Sum(line => decimal.Parse(line.Split(',')[3], CultureInfo.InvariantCulture));
            JsonElement money = entries[^1].GetProperty("revenue");
            Assert.Equal(Amount(money, "kept") + Amount(money, "returnedCounted"), sales);
            int rejected = entries[^1].GetProperty("rejected").EnumerateObject().Sum(reason => reason.Value.GetInt32());
            Assert.Equal(rejected, store.Result("run-1", "rejects.csv").Split('\n').Length - 2);
        }
    }

    [Fact]
    public async Task Rows_rejected_late_stand_among_those_rejected_alone_in_the_order_of_the_file()
    {
        var store = new Store();
        string[] lines =
        [
            "1,POST,Postage,1,2024-01-01 10:00:00,3.00,k1,UK", "2,A,Lamp,1,2024-01-01 10:00:00,3.00,,UK", "3,A,Lamp,1,2024-01-01 10:00:00,3.00,k1,UK",
            "4,POST,\"Post, age\",1,2024-01-01 10:00:00,3.00,k2,UK", "5,A,Lamp,1,sometime,3.00,k1,UK", "6,DOT,Postage,1,2024-01-01 10:00:00,3.00,k3,UK",
        ];
        store.Drop("b.csv", string.Join('\n', lines) + "\n");
        store.Drop("a/a.csv", "7,POST,Postage,1,2024-01-01 10:00:00,3.00,k9,UK\n8,A,Lamp,1,2024-01-01 10:00:00,3.00,k9,UK\n");
        await store.RunAsync("run-1", ("workflow.shards", "64"));
        string[] rejects = store.Result("run-1", "rejects.csv").Split('\n');
        Assert.Equal("upload,line,reason,detail,raw", rejects[0]);
        Assert.Equal(
            ["a/a.csv,2,non-product", "b.csv,2,non-product", "b.csv,3,missing-customer", "b.csv,5,non-product", "b.csv,6,unreadable-date", "b.csv,7,non-product", ""],
            rejects[1..].Select(line => string.Join(',', line.Split(',').Take(3))), StringComparer.Ordinal);
        Assert.Contains("\"4,POST,\"\"Post, age\"\",1,2024-01-01 10:00:00,3.00,k2,UK\"", rejects[4], StringComparison.Ordinal);
        Assert.Equal(Store.Header + string.Join('\n', [lines[0], lines[1], lines[3], lines[4], lines[5]]) + "\n", store.Result("run-1", "rejects/b.csv"));
    }

    [Fact]
    public async Task Rejects_of_an_upload_with_lines_before_its_header_are_read_back_with_the_same_options()
    {
        const string Title = "Sales, \"all\nof May\n";
        (string, string)[] options = [("import.skip", "2")];
        const string Good = "1,A,Lamp,1,2024-01-01 10:00:00,3.00,k1,UK\n";
        var store = new Store();
        store.Uploads["a.csv"] = Title + Store.Header + Good + "2,A,Lamp,1,2024-01-01 10:00:00,3.00,,UK\n";
        await store.RunAsync("run-1", options);
        string rejects = store.Result("run-1", "rejects/a.csv");

        var again = new Store();
        again.Uploads["a.csv"] = rejects + Good;
        await again.RunAsync("run-1", options);

        Assert.StartsWith(Title + Store.Header + "2,", rejects, StringComparison.Ordinal);
        Assert.Equal(rejects, again.Result("run-1", "rejects/a.csv"));
        Assert.Contains("\nk1,", again.Result("run-1", "customers.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_names_every_input_and_output_with_its_hash()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync("run-1");
        JsonElement manifest = JsonElement.Parse(store.Result("run-1", "manifest.json"));
        foreach (JsonProperty input in manifest.GetProperty("inputs").EnumerateObject())
        {
            Assert.Equal(Hash(store.Uploads.Snapshot()[input.Name]), input.Value.GetString());
        }

        var outputs = store.Runs.Snapshot().Where(blob => blob.Key.StartsWith("run-1/results/", StringComparison.Ordinal))
            .ToDictionary(blob => blob.Key["run-1/results/".Length..], blob => Hash(blob.Value), StringComparer.Ordinal);
        outputs.Remove("manifest.json");
        Assert.Equal(outputs, manifest.GetProperty("outputs").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!, StringComparer.Ordinal));
        Assert.Equal(
            ["aggregate", "clean", "fit", "measure", "publish", "report", "select", "stability"],
            manifest.GetProperty("steps").EnumerateObject().Select(step => step.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Every_customer_of_the_file_is_found_by_lookup_with_the_same_figures()
    {
        Store store = new Store().WithThreeGroups();
        SegmentLookup lookup = store.Lookup();
        await Assert.ThrowsAsync<NoCurrentRunException>(() => lookup.FindAsync("k1", Token).AsTask());
        await store.RunAsync("run-1");
        string[] lines = store.Result("run-1", "customers.csv").Split('\n')[1..^1];
        Assert.Equal(lines.Select(line => line.Split(',')[0]).Order(StringComparer.Ordinal), lines.Select(line => line.Split(',')[0]), StringComparer.Ordinal);
        foreach (string line in lines)
        {
            SegmentAnswer answer = (await lookup.FindAsync(line.Split(',')[0], Token))!.Answer;
            Assert.Equal(line, string.Create(
                CultureInfo.InvariantCulture,
                $"{answer.CustomerId},{answer.Rfm.RecencyDays},{answer.Rfm.Frequency},{answer.Rfm.Monetary},{answer.Rfm.R},{answer.Rfm.F},{answer.Rfm.M},{answer.Segment!.Name},{answer.Cluster!.Id},{Quoted(answer.Cluster.Name)},{answer.Excluded}"));
            Assert.Equal(answer, (await lookup.FindAsync($" {answer.CustomerId} ", Token))!.Answer);
        }

        Assert.Null(await lookup.FindAsync("unknown", Token));
    }

    [Fact]
    public async Task A_change_beyond_the_calendar_is_no_change()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync(
            "run-1", ("rfm.scores", "thresholds"), ("rfm.thresholds.recency", "400,500,600,3500000"), ("rfm.thresholds.frequency", "1,2,3,4"),
            ("rfm.thresholds.monetary", "1,2,3,4"));
        SegmentAnswer answer = (await store.Lookup().FindAsync("k1", Token))!.Answer;
        Assert.NotNull(answer.Changes);
        await store.RunAsync(
            "run-2", ("rfm.scores", "thresholds"), ("rfm.thresholds.recency", "3500000,3500000,3500000,3500000"), ("rfm.thresholds.frequency", "1,2,3,4"),
            ("rfm.thresholds.monetary", "1,2,3,4"));
        Assert.Null((await store.Lookup().FindAsync("k1", Token))!.Answer.Changes);
    }

    [Fact]
    public async Task A_run_without_a_model_does_not_replace_one_that_has_one_unless_told_to()
    {
        Store store = new Store().WithThreeGroups();
        Assert.True((await store.RunAsync("run-1", ("selection.algorithms", "none"))).Activated);
        Assert.True((await store.RunAsync("run-2")).Activated);
        RunOutcome gated = await store.RunAsync("run-3", ("selection.minCustomers", "1000"));
        Assert.Equal((RunStatus.Completed, false, null), (gated.Status, gated.Activated, gated.Clusters));
        Assert.Equal("run-2", await store.Segments.FindCurrentRunAsync(Token));
        Assert.NotNull(await store.Segments.FindRunAsync("run-3", Token));
        Assert.True((await store.RunAsync("run-4", ("selection.minCustomers", "1000"), ("workflow.activate", "always"))).Activated);
        Assert.Equal("run-4", await store.Segments.FindCurrentRunAsync(Token));
        Assert.Equal(["run-4", "run-3", "run-2", "run-1"], (await store.Segments.ListRunsAsync(Token)).Select(run => run.RunId), StringComparer.Ordinal);
    }

    private static void AssertReconciles(JsonElement entry, string context)
    {
        string[] places = ["kept", "merged", "returned", "superseded"];
        int rejected = entry.GetProperty("rejected").EnumerateObject().Sum(reason => reason.Value.GetInt32());
        Assert.True(entry.GetProperty("rows").GetInt32() == rejected + places.Sum(place => entry.GetProperty(place).GetInt32()), context);
        JsonElement money = entry.GetProperty("revenue");
        Assert.True(Amount(money, "rows") == Amount(money, "rejected") + places.Sum(place => Amount(money, place)), context);
    }

    private static decimal Amount(JsonElement money, string place) => decimal.Parse(money.GetProperty(place).GetString()!, CultureInfo.InvariantCulture);

    private static string RandomRow(Xoshiro256StarStar random)
    {
        string Pick(params string[] values) => values[random.NextInt32(values.Length)];
        return random.NextInt32(15) == 0
            ? Pick("broken\n", "1,2,3\n", ",,,,,,,\n")
            : $"{Pick("1", "2", "3", "C4", "")},{Pick("A", "B", "POST", "")},{Pick("Lamp", "\"a, b\"", "")},{Pick("1", "2", "1.5", "0", "-1", "x")},"
                + $"2024-01-0{1 + random.NextInt32(9)} 10:00:00,{Pick("1.10", "0.333333", "2", "0", "-3", "")},{Pick("k0", "k1", "k2", "k3", "", "nan")},UK\n";
    }

    private static string Quoted(string name) => name.Contains(',', StringComparison.Ordinal) ? $"\"{name}\"" : name;

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
