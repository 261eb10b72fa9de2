using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Segmentation.Core.Segments;
using Segmentation.Core.Storage;
using Segmentation.Core.Transactions;
using Segmentation.Storage.Azure;
using Segmentation.Storage.Azure.Segments;
using Segmentation.Storage.Azure.Tables;
using Segmentation.Testing.Emulator;

namespace Segmentation.Benchmarks;

/// <summary>
/// How many customers a second are published to the storage emulator, and how long a lookup takes, each beside what nothing but HTTP reaches
/// on the same emulator in the same minutes.
/// </summary>
internal static class PublishSpeed
{
    private const string RunId = "20260101-000000-000";
    private const string Table = "Segments";
    private const int Shards = 4;
    private const int Rounds = 5;
    private static readonly int[] Connections = [2, 3, 4];

    public static Command Create()
    {
        var customers = new Option<int>("--customers") { Description = "Customers to publish.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("publish", "Publishing to the storage emulator and looking up in it, beside raw HTTP.") { customers };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using AzuriteProcess emulator = await AzuriteProcess.StartAsync(isInMemory: true);
            Console.WriteLine(FormattableString.Invariant($"{parsed.GetValue(customers):N0} customers, {Environment.ProcessorCount} processors"));
            await MeasureAsync(emulator, parsed.GetValue(customers), cancellationToken);
            await EmulatedLookups.MeasureAsync(emulator, parsed.GetValue(customers), cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task MeasureAsync(AzuriteProcess emulator, int customers, CancellationToken cancellationToken)
    {
        SegmentAssignment[][] shards = [.. Customers(customers).Chunk((customers + Shards - 1) / Shards)];

        // The first rounds warm both sides up and choose the connections.
        int best = Connections[0];
        Round bestRound = new(double.MaxValue, double.MaxValue, 0, 0, 1);
        foreach (int connections in Connections)
        {
            Round round = await RoundAsync(emulator, shards, connections, isRawFirst: false, cancellationToken);
            Console.WriteLine(FormattableString.Invariant($"raw HTTP over {connections} connections: {customers / round.RawSeconds:N0} entities/s"));
            (best, bestRound) = round.RawSeconds < bestRound.RawSeconds ? (connections, round) : (best, bestRound);
        }

        var rounds = new List<Round>();
        for (int i = 1; i <= Rounds; i++)
        {
            Round round = await RoundAsync(emulator, shards, best, isRawFirst: i % 2 == 0, cancellationToken);
            rounds.Add(round);
            Console.WriteLine(FormattableString.Invariant(
                $"round {i}: ours {customers / round.OurSeconds:N0}, raw {customers / round.RawSeconds:N0} entities/s, ratio {round.RawSeconds / round.OurSeconds:0.000}, of the shards {round.MedianRatio:0.000}; processor time of the client {round.OurProcessor:0.00} s and {round.RawProcessor:0.00} s"));
        }

        Console.WriteLine(FormattableString.Invariant(
            $"published: {customers / Median(rounds, round => round.OurSeconds):N0} entities/s; raw HTTP over {best} connections: {customers / Median(rounds, round => round.RawSeconds):N0} entities/s; median ratio of {Rounds} rounds {Median(rounds, round => round.RawSeconds / round.OurSeconds):0.000}"));
    }

    /// <summary>
    /// Publishes every shard by both, one shard after the other, so that what else the machine does meets both alike. Each has an account of its
    /// own, and leaves it as empty as it was.
    /// </summary>
    private static async Task<Round> RoundAsync(
        AzuriteProcess emulator, SegmentAssignment[][] shards, int connections, bool isRawFirst, CancellationToken cancellationToken)
    {
        string ours = emulator.NewAccount();
        string raw = emulator.NewAccount();
        ISegmentStore store = AzureStorage.Open(ours, TimeProvider.System).Segments;
        using var tables = new RawTables(raw, connections);
        await tables.MakeAsync(Table, cancellationToken);
        var seconds = new (double Ours, double Raw)[shards.Length];
        var processor = (Ours: 0.0, Raw: 0.0);
        for (int shard = 0; shard < shards.Length; shard++)
        {
            ReadOnlyMemory<byte>[] bodies = Bodies(tables.Endpoint, shards[shard], shard);
            foreach (bool isRaw in (bool[])[isRawFirst, !isRawFirst])
            {
                GC.Collect();
                TimeSpan before = Environment.CpuUsage.TotalTime;
                long start = Stopwatch.GetTimestamp();
                await (isRaw ? tables.SubmitAsync(bodies, connections, cancellationToken) : store.PublishAsync(RunId, shard, shards[shard], cancellationToken));
                double taken = Stopwatch.GetElapsedTime(start).TotalSeconds;
                double busy = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
                seconds[shard] = isRaw ? seconds[shard] with { Raw = taken } : seconds[shard] with { Ours = taken };
                processor = isRaw ? processor with { Raw = processor.Raw + busy } : processor with { Ours = processor.Ours + busy };
            }
        }

        await DropAsync(ours, cancellationToken);
        await DropAsync(raw, cancellationToken);
        return new Round(
            seconds.Sum(shard => shard.Ours), seconds.Sum(shard => shard.Raw), processor.Ours, processor.Raw,
            Median(seconds, shard => shard.Raw / shard.Ours));
    }

    private static async Task DropAsync(string account, CancellationToken cancellationToken)
    {
        using var tables = new RawTables(account, 1);
        await tables.DropAsync(Table, cancellationToken);
    }

    // The same entities in the same transactions, written before the clock starts.
    private static ReadOnlyMemory<byte>[] Bodies(string endpoint, SegmentAssignment[] customers, int shard) =>
    [
        .. customers.Chunk(TransactionBody.MostActions).Select(rows => TransactionBody.Write(
            [
                .. rows.Select(customer => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace, SegmentRow.Of(SegmentKeys.Partition(RunId, shard), customer))),
            ],
            $"{endpoint}/{Table}").WrittenMemory),
    ];

    private static IEnumerable<SegmentAssignment> Customers(int count) => Enumerable.Range(0, count).Select(i => new SegmentAssignment
    {
        CustomerId = i.ToString("D8", CultureInfo.InvariantCulture),
        RecencyDays = i % 365,
        Frequency = 1 + (i % 40),
        Monetary = Money.Parse(FormattableString.Invariant($"{i % 9_000}.{i % 100:D2}")),
        Scores = new RfmScores(1 + (i % 5), 1 + (i / 5 % 5), 1 + (i / 25 % 5)),
        Cluster = i % 4,
    });

    private static double Median<T>(IReadOnlyCollection<T> values, Func<T, double> of) => values.Select(of).Order().ElementAt(values.Count / 2);

    private sealed record Round(double OurSeconds, double RawSeconds, double OurProcessor, double RawProcessor, double MedianRatio);
}
