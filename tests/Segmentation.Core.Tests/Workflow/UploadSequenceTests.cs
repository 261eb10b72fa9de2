using System.Globalization;
using Segmentation.Core.Erasure;
using Segmentation.Core.Transactions;
using Segmentation.Core.Workflow;
using Segmentation.Numerics;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>Whatever way the rows of a shop come in, and whenever runs are made, the tables at the end are those of one file with all of them.</summary>
public class UploadSequenceTests
{
    private const int Seeds = 6;

    [Fact]
    public async Task Any_sequence_of_uploads_processed_at_any_time_ends_in_the_same_tables()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var random = new Xoshiro256StarStar(seed);
            string[] units = Units(random);
            var whole = new Store();
            whole.Drop("whole.csv", string.Concat(units));
            await whole.RunAsync(Request(1), 1);
            List<(string Name, string? Rows)> steps = Steps(units, random);
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
    private static List<(string Name, string? Rows)> Steps(string[] units, Xoshiro256StarStar random)
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

        return steps;
    }

    private static async Task TakeAsync(Store store, (string Name, string? Rows) step)
    {
        if (step.Rows is not null)
        {
            store.Drop(step.Name, step.Rows);
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
