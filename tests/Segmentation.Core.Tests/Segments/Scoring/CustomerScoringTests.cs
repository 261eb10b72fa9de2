using System.Globalization;
using Segmentation.Core.Options;
using Segmentation.Core.Rfm;
using Segmentation.Core.Segments;
using Segmentation.Core.Segments.Scoring;
using Segmentation.Core.Storage;
using Segmentation.Core.Tests.Workflow;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Segments.Scoring;

public sealed class CustomerScoringTests
{
    private const string Run = "run-1";

    private static readonly DateTime Now = new(2024, 6, 3, 0, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_of_the_run_scored_by_its_figures_is_where_the_run_put_it()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync(Run);
        CustomerScoring scoring = await ScoringAsync(store);
        string[] lines = store.Result(Run, "customers.csv").Split('\n')[1..^1];
        foreach (string[] cells in lines.Select(line => line.Split(',')))
        {
            CustomerScore score = scoring.Score(new CustomerFigures(
                int.Parse(cells[1], CultureInfo.InvariantCulture), long.Parse(cells[2], CultureInfo.InvariantCulture), Money.Parse(cells[3])));
            Assert.Equal(
                string.Join(',', cells[4..9]), $"{score.Rfm.R},{score.Rfm.F},{score.Rfm.M},{score.Segment!.Name},{score.Cluster!.Id}");
            Assert.Equal(score.Cluster.Id, score.Distances.MinBy(distance => distance.Distance)!.Id);
            Assert.Equal([.. Enumerable.Range(1, score.Distances.Count).Select(id => $"{id}")], score.Distances.Select(distance => distance.Id), StringComparer.Ordinal);
            Assert.Null(score.Excluded);
        }
    }

    [Fact]
    public async Task Distances_are_those_of_standardised_logarithms()
    {
        SegmentModel model = Model([[0, 0, 0], [3, 4, 0]]);
        var scoring = new CustomerScoring(Run, new DateOnly(2024, 6, 1), model, await ProfilesAsync());
        CustomerScore score = scoring.Score(new CustomerFigures(0, 1, Money.Parse("1.00")));
        double ln2 = DeterministicMath.Log1P(1);
        Assert.Equal(Math.Sqrt(2 * ln2 * ln2), score.Distances[0].Distance, 12);
        Assert.Equal(Math.Sqrt(9 + ((4 - ln2) * (4 - ln2)) + (ln2 * ln2)), score.Distances[1].Distance, 12);
    }

    [Fact]
    public async Task Nothing_left_after_returns_is_excluded_and_a_model_without_clusters_has_no_distances()
    {
        var scoring = new CustomerScoring(Run, new DateOnly(2024, 6, 1), Model(null), await ProfilesAsync());
        CustomerScore excluded = scoring.Score(new CustomerFigures(1, 1, Money.Zero));
        Assert.Equal((SegmentAssignment.NonPositiveNet, null, null, null), (excluded.Excluded, excluded.Segment, excluded.Strategy, excluded.Rfm.R));
        CustomerScore named = scoring.Score(new CustomerFigures(CustomerFigures.MostRecencyDays, 1, Money.Parse("1.00")));
        Assert.Null(named.Cluster);
        Assert.Empty(named.Distances);
        Assert.Equal("hibernating", named.Segment!.Id);
    }

    [Theory]
    [InlineData("rfm.asOf", "data")]
    [InlineData("cleaning.returns", "ignore")]
    [InlineData("cleaning.dropDuplicates", "false")]
    [InlineData("rfm.window", "40")]
    [InlineData("rfm.asOf", "2024-05-20")]
    public async Task Transactions_come_to_what_the_same_rows_come_to_in_a_run(string key, string value)
    {
        for (ulong seed = 1; seed <= 25; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            ScoringTransaction[] lines = [.. Enumerable.Range(0, 1 + random.NextInt32(12)).Select(_ => RandomLine(random))];

            // A file without any date that can be read is unusable as a whole.
            lines[0] = lines[0] with { Date = "2024-05-08" };

            // The run's as-of date is that of another customer, whose last purchase is on 2024-05-10.
            Store store = new Store().WithThreeGroups();
            string rows = string.Concat(lines.Select(line => $"{line.Invoice},{line.Product},Lamp,{line.Quantity},{line.Date},{line.Price},new,UK\n"));
            await store.RunAsync(Run, (key, value));
            CustomerScoring scoring = await ScoringAsync(store);
            TransactionScore score = await scoring.ScoreAsync(lines, await RunOptions.ReadAsync(store.Runs, Run, Token), Now, Token);

            store.Drop("d.csv", rows);
            await store.RunAsync("run-2", (key, value));
            string? expected = store.Result("run-2", "customers.csv").Split('\n').FirstOrDefault(line => line.StartsWith("new,", StringComparison.Ordinal));
            string? found = score.Score is { } one
                ? string.Create(CultureInfo.InvariantCulture, $"new,{one.Rfm.RecencyDays},{one.Rfm.Frequency},{one.Rfm.Monetary},")
                : null;
            Assert.True(expected is null == found is null && expected?.StartsWith(found!, StringComparison.Ordinal) != false, $"seed {seed}: {rows}expected {expected}, found {found}");
            string[] reasons = [.. store.Result("run-2", "rejects.csv").Split('\n').Where(line => line.StartsWith("d.csv,", StringComparison.Ordinal)).Select(line => $"{int.Parse(line.Split(',')[1], CultureInfo.InvariantCulture) - 2} {line.Split(',')[2]}")];
            Assert.Equal(reasons, score.Rejected.Select(reject => $"{reject.Index} {reject.Reason}"), StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Recency_counts_back_from_the_day_after_the_last_purchase_where_the_run_is_older()
    {
        var scoring = new CustomerScoring(Run, new DateOnly(2024, 5, 1), Model(null), await ProfilesAsync());
        CustomerScore score = (await scoring.ScoreAsync([Line("2024-05-10T23:59:59+03:00")], new SegmentationOptions(), Now, Token)).Score!;
        Assert.Equal((new DateOnly(2024, 5, 11), 1), (score.AsOf, score.Rfm.RecencyDays));
        score = (await scoring.ScoreAsync([Line("2024-04-10")], new SegmentationOptions(), Now, Token)).Score!;
        Assert.Equal((new DateOnly(2024, 5, 1), 21), (score.AsOf, score.Rfm.RecencyDays));
    }

    [Fact]
    public async Task Rejected_transactions_are_named_by_their_place_whatever_they_hold()
    {
        var scoring = new CustomerScoring(Run, new DateOnly(2024, 5, 1), Model(null), await ProfilesAsync());
        ScoringTransaction[] lines =
        [
            Line("2024-04-01") with { Invoice = "a\"b,\r\nc\n\n" },
            Line("soon"),
            Line("2024-04-02") with { Product = "POST" },
            Line("2024-04-03") with { Price = "1e300" },
            Line("2024-04-03") with { Quantity = "0" },
            Line("2024-04-03") with { Invoice = "\0" },
            Line("2999-01-01"),
            Line("2024-04-03") with { Invoice = "C12", Quantity = "-1" },
            Line("2024-04-04") with { Quantity = "2.5", Price = "1e1" },
        ];
        TransactionScore score = await scoring.ScoreAsync(lines, new SegmentationOptions(), Now, Token);
        Assert.Equal(
            ["1 unreadable-date", "2 non-product", "3 unreadable-number", "4 non-positive-quantity", "5 unreadable-text", "6 future-date"],
            score.Rejected.Select(reject => $"{reject.Index} {reject.Reason}"), StringComparer.Ordinal);
        Assert.Equal((2, "25.00"), (score.Score!.Rfm.Frequency, score.Score.Rfm.Monetary.ToString()));
    }

    [Fact]
    public async Task Line_totals_win_over_prices()
    {
        var scoring = new CustomerScoring(Run, new DateOnly(2024, 5, 1), Model(null), await ProfilesAsync());
        ScoringTransaction line = Line("2024-04-01") with { Amount = "7.25" };
        CustomerScore score = (await scoring.ScoreAsync([line, line with { Price = null, Date = "2024-04-02" }], new SegmentationOptions(), Now, Token)).Score!;
        Assert.Equal((2, "14.50"), (score.Rfm.Frequency, score.Rfm.Monetary.ToString()));
    }

    private static ScoringTransaction Line(string date) => new() { Date = date, Price = "3" };

    private static ScoringTransaction RandomLine(Xoshiro256StarStar random)
    {
        string Pick(params string[] values) => values[random.NextInt32(values.Length)];
        return new ScoringTransaction
        {
            Date = Pick("2024-03-01", "2024-05-09 10:00:00", "2024-05-10", "2024-05-15", "2024-05-31", "soon"),
            Invoice = Pick("1", "2", "C3", ""),
            Quantity = Pick("1", "2", "-1", "0"),
            Price = Pick("1.10", "2", "0.333333", "0"),
            Product = Pick("A", "B", "POST"),
        };
    }

    private static SegmentModel Model(double[][]? centroids) => new(
        new ScoreEdges([10, 20, 30, 40], [1, 2, 3, 4], [10, 20, 30, 40]),
        new ModelFeatures(["recency", "frequency", "monetary"], ModelFeatures.LogTransform, [0, 0, 0], [1, 1, 1]),
        centroids);

    private static async Task<IReadOnlyList<SegmentProfile>> ProfilesAsync()
    {
        Store store = new Store().WithThreeGroups();
        await store.RunAsync(Run);
        return (await SelectedAsync(store)).Profiles;
    }

    private static async Task<CustomerScoring> ScoringAsync(Store store)
    {
        RunRecord run = (await store.Segments.FindRunAsync(Run, Token))!;
        SelectedModel selected = await SelectedAsync(store);
        return new CustomerScoring(Run, run.AsOf!.Value, selected.Model, selected.Profiles);
    }

    private static Task<SelectedModel> SelectedAsync(Store store) =>
        store.Runs.ReadJsonAsync(RunBlobs.Model(Run), WorkflowJson.Default.SelectedModel, Token);
}
