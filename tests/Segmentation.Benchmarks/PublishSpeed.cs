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
            await using AzuriteProcess emulator = await AzuriteProcess.StartAsync();
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

        // The first round of each warms both sides up and chooses the connections.
        int best = Connections[0];
        double bestSeconds = double.MaxValue;
        await OursAsync(emulator, shards, cancellationToken);
        foreach (int connections in Connections)
        {
            double seconds = await RawAsync(emulator, shards, connections, cancellationToken);
            Console.WriteLine(FormattableString.Invariant($"raw HTTP over {connections} connections: {customers / seconds:N0} entities/s"));
            (best, bestSeconds) = seconds < bestSeconds ? (connections, seconds) : (best, bestSeconds);
        }

        var ours = new List<double>();
        var raw = new List<double>();
        var ratios = new List<double>();
        for (int round = 1; round <= Rounds; round++)
        {
            // Who comes first alternates: what one round leaves to the emulator's garbage collector meets both alike.
            double rawSeconds = 0;
            if (round % 2 == 0)
            {
                rawSeconds = await RawAsync(emulator, shards, best, cancellationToken);
            }

            double ourSeconds = await OursAsync(emulator, shards, cancellationToken);
            if (round % 2 == 1)
            {
                rawSeconds = await RawAsync(emulator, shards, best, cancellationToken);
            }

            ours.Add(customers / ourSeconds);
            raw.Add(customers / rawSeconds);
            ratios.Add(rawSeconds / ourSeconds);
            Console.WriteLine(FormattableString.Invariant(
                $"round {round}: ours {ours[^1]:N0}, raw {raw[^1]:N0} entities/s, ratio {ratios[^1]:0.000}"));
        }

        Console.WriteLine(FormattableString.Invariant(
            $"published: {Median(ours):N0} entities/s; raw HTTP over {best} connections: {Median(raw):N0} entities/s; median ratio of the pairs {Median(ratios):0.000}"));
    }

    private static async Task<double> OursAsync(AzuriteProcess emulator, SegmentAssignment[][] shards, CancellationToken cancellationToken)
    {
        string account = emulator.NewAccount();
        ISegmentStore store = AzureStorage.Open(account, TimeProvider.System).Segments;
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        for (int shard = 0; shard < shards.Length; shard++)
        {
            await store.PublishAsync(RunId, shard, shards[shard], cancellationToken);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await DropAsync(account, cancellationToken);
        return seconds;
    }

    private static async Task<double> RawAsync(
        AzuriteProcess emulator, SegmentAssignment[][] shards, int connections, CancellationToken cancellationToken)
    {
        string account = emulator.NewAccount();
        using var tables = new RawTables(account, connections);
        ReadOnlyMemory<byte>[] bodies = Bodies(tables.Endpoint, shards);
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        await tables.MakeAsync(Table, cancellationToken);
        await tables.SubmitAsync(bodies, connections, cancellationToken);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await DropAsync(account, cancellationToken);
        return seconds;
    }

    private static async Task DropAsync(string account, CancellationToken cancellationToken)
    {
        using var tables = new RawTables(account, 1);
        await tables.DropAsync(Table, cancellationToken);
    }

    // The same entities in the same transactions, written before the clock starts.
    private static ReadOnlyMemory<byte>[] Bodies(string endpoint, SegmentAssignment[][] shards) =>
    [
        .. shards.SelectMany((customers, shard) => customers.Chunk(TransactionBody.MostActions).Select(rows => TransactionBody.Write(
            [
                .. rows.Select(customer => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace, SegmentRow.Of(SegmentKeys.Partition(RunId, shard), customer))),
            ],
            $"{endpoint}/{Table}"))),
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

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
