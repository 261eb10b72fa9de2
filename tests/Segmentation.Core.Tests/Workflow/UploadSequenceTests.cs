using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Segmentation.Core.Erasure;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>Whatever way the rows of a shop come in, and whenever runs are made, the tables at the end are those of one file with all of them.</summary>
public class UploadSequenceTests
{
    private const int Seeds = 6;

    private const string OrderHeader = "Order,Quantity,Date,Price,Customer\n";

    [Fact]
    public async Task Any_sequence_of_uploads_processed_at_any_time_ends_in_the_same_tables()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            string[] units = Units(random);
            await AssertSameAsync(seed, Store.Header + string.Concat(units), Steps(units, random));
        }
    }

    [Fact]
    public async Task Orders_without_products_that_are_corrected_in_their_damaged_lines_alone_end_in_the_same_tables()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            string[][] orders = Orders(random);
            await AssertSameAsync(seed, OrderHeader + string.Concat(orders.SelectMany(static lines => lines)), Corrections(orders, random));
        }
    }

    private static async Task AssertSameAsync(ulong seed, string text, List<(string Name, string? Text)> steps)
    {
        var whole = new Store();
        whole.Uploads["whole.csv"] = text;
        await whole.RunAsync(Request(1), 1);
        foreach (int every in (int[])[1, 3, steps.Count])
        {
            var store = new Store();
            int runs = 0;
            for (int i = 0; i < steps.Count; i++)
            {
                await TakeAsync(store, steps[i]);
                if ((i + 1) % every == 0 || i + 1 == steps.Count)
                {
                    await store.RunAsync(Request(++runs), maxConcurrency: 1 + (i % 3));
                }
            }

            foreach (string table in (string[])["customers.csv", "profiles.json", "model-selection.json"])
            {
                Assert.True(whole.Result(Request(1).RunId, table) == store.Result(Request(runs).RunId, table), $"seed {seed}, a run every {every} steps: {table}");
            }
        }
    }

    /// <summary>The lines of each order, without products.</summary>
    private static string[][] Orders(Xoshiro256StarStar random) =>
    [
        .. Enumerable.Range(0, 90).Select(order => Enumerable.Range(0, 1 + (order % 4)).Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $"{1000 + order},{1 + random.NextInt32(5)},2024-0{1 + (order % 5)}-{1 + (order % 28):00},{1 + random.NextInt32(90)}.{line}5,k{order % 23}\n")).ToArray()),
    ];

    /// <summary>Files with damaged lines, and what is dropped to correct these alone.</summary>
    private static List<(string Name, string? Text)> Corrections(string[][] orders, Xoshiro256StarStar random)
    {
        static string Damaged(string line) => line.Replace("5,k", "x,k", StringComparison.Ordinal);
        static string Mistyped(string line) => line.Replace("5,k", "7,k", StringComparison.Ordinal);
        var steps = new List<(string Name, string? Text)>();
        int part = 0;
        foreach (string[][] chunk in orders.OrderBy(_ => random.NextUInt64()).Chunk(18))
        {
            string name = $"{part++:00}.csv";
            string[] lines = [.. chunk.SelectMany(static order => order)];
            bool[] isDamaged = [.. lines.Select(_ => random.NextInt32(2) == 0)];
            string first = OrderHeader + string.Concat(lines.Select((line, i) => isDamaged[i] ? Damaged(line) : line));
            string[] bad = [.. lines.Where((_, i) => isDamaged[i])];
            string origin = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(first)))[..32];
            string opening = $"# segmentation (keep this line): corrects={origin}";
            string half = $"{opening}\n{OrderHeader}{string.Concat(bad.Select((line, i) => i % 2 == 0 ? line : Damaged(line)))}";
            steps.Add(("m-" + name, first));
            switch (random.NextInt32(5))
            {
                case 0:
                    // By its name the correction comes before what it corrects, where both are seen at once.
                    steps.Add(("b-" + name, $"{opening}\n{OrderHeader}{string.Concat(bad)}"));
                    break;
                case 1:
                    // In two rounds.
                    steps.Add(("n-" + name, half));
                    steps.Add(("o-" + name, $"{opening} round=2\n{OrderHeader}{string.Concat(bad.Where(static (_, i) => i % 2 == 1))}"));
                    break;
                case 2:
                    // Mistyped, and corrected once more.
                    steps.Add(("n-" + name, $"{opening}\n{OrderHeader}{string.Concat(bad.Select(Mistyped))}"));
                    steps.Add(("o-" + name, $"{opening}\n{OrderHeader}{string.Concat(bad)}"));
                    break;
                case 3:
                    // With the good lines in it, as people who saw their orders halved would do, and another export between.
                    steps.Add(("n-" + name, OrderHeader + string.Concat(lines.Select(Mistyped))));
                    steps.Add(("o-" + name, $"{opening}\n{OrderHeader}{string.Concat(lines)}"));
                    break;
                default:
                    // Half of them, and then a whole export that has all right.
                    steps.Add(("n-" + name, half));
                    steps.Add(("o-" + name, OrderHeader + string.Concat(lines)));
                    break;
            }
        }

        return steps;
    }

    private static RunRequest Request(int run) => Store.Request("run-1", ("selection.algorithms", "none")) with
    {
        RunId = string.Create(CultureInfo.InvariantCulture, $"run-{run:000}"),
        RequestedAt = new DateTime(2024, 6, 1, 12, 0, 0, DateTimeKind.Utc).AddMinutes(run),
    };

    /// <summary>The lines of each unit (a customer's product on an invoice) together.</summary>
    private static string[] Units(Xoshiro256StarStar random)
    {
        var units = new List<string>();
        for (int invoice = 0; invoice < 90; invoice++)
        {
            string sign = invoice % 9 == 8 ? "-" : "";
            for (int product = 0; product <= invoice % 4; product++)
            {
                string line = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(sign.Length > 0 ? "C" : "")}{1000 + invoice},P{product},Lamp,{sign}{1 + random.NextInt32(5)},2024-0{1 + (invoice % 5)}-{1 + (invoice % 28):00} 10:00:00,{1 + random.NextInt32(90)}.50,k{invoice % 23},UK\n");
                units.Add(random.NextInt32(8) == 0 ? line + line : line);
            }
        }

        return [.. units];
    }

    /// <summary>Files to drop, in order; a null withdraws. At the end each unit is right in the last file that holds it.</summary>
    private static List<(string Name, string? Text)> Steps(string[] units, Xoshiro256StarStar random)
    {
        var steps = new List<(string Name, string? Rows)>();
        int part = 0;
        foreach (string[] chunk in units.OrderBy(_ => random.NextUInt64()).Chunk(20))
        {
            string name = $"m-{part++:00}.csv";
            string rows = string.Concat(chunk);
            switch (random.NextInt32(4))
            {
                case 0:
                    // First with wrong prices, then corrected under the same name.
                    steps.Add((name, rows.Replace(".50,", ".99,", StringComparison.Ordinal)));
                    steps.Add((name, rows));
                    break;
                case 1:
                    // Corrected by another file, which comes later.
                    steps.Add(("a-" + name, rows.Replace(".50,", ".99,", StringComparison.Ordinal)));
                    steps.Add((name, rows));
                    break;
                case 2:
                    // A file that should not be there, withdrawn.
                    steps.Add(("wrong-" + name, rows.Replace("2024-0", "2023-0", StringComparison.Ordinal).Replace(",k", ",stranger", StringComparison.Ordinal)));
                    steps.Add((name, rows));
                    steps.Add(("wrong-" + name, null));
                    break;
                default:
                    // The same again under another name, and again with other units.
                    steps.Add((name, rows));
                    steps.Add(("n-" + name, rows));
                    steps.Add(("o-" + name, string.Concat(chunk.Take(7))));
                    break;
            }
        }

        return [.. steps.Select(static step => (step.Name, step.Rows is null ? null : Store.Header + step.Rows))];
    }

    private static async Task TakeAsync(Store store, (string Name, string? Text) step)
    {
        if (step.Text is not null)
        {
            store.Uploads[step.Name] = step.Text;
            return;
        }

        var withdrawal = new UploadWithdrawal(store.Storage, new FixedClock(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero)));
        if (await withdrawal.WithdrawAsync(UploadRecord.IdOf(step.Name), TestContext.Current.CancellationToken) is null)
        {
            // Taken away before any run saw it.
            await store.Uploads.DeleteAsync(step.Name, TestContext.Current.CancellationToken);
        }
    }
}
