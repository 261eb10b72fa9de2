using System.Globalization;
using System.Text;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Testing.Storage;

namespace Segmentation.Core.Tests.Workflow;

/// <summary>A whole product in memory: uploads are dropped, runs are run, results are read.</summary>
internal sealed class Store
{
    public const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    private static readonly Dictionary<string, string> QuickModels = new(StringComparer.Ordinal)
    {
        ["selection.minCustomers"] = "10",
        ["selection.maxClusters"] = "4",
        ["selection.starts"] = "2",
        ["workflow.shards"] = "3",
    };

    public Store(WriteFaults? faults = null)
    {
        Uploads = new MemoryContainer(faults);
        Clean = new MemoryContainer(faults);
        Runs = new MemoryContainer(faults);
        Quarantine = new MemoryContainer(faults);
        Segments = new MemorySegmentStore(faults);
        Storage = new SegmentationStorage(Uploads, Clean, Runs, Quarantine, Segments);
        Activities = new SegmentationActivities(Storage, new SteppingClock(), new PlainReport());
    }

    public MemoryContainer Uploads { get; }

    public MemoryContainer Clean { get; }

    public MemoryContainer Runs { get; }

    public MemoryContainer Quarantine { get; }

    public MemorySegmentStore Segments { get; }

    public SegmentationStorage Storage { get; }

    public SegmentationActivities Activities { get; }

    public static RunRequest Request(string runId, params (string Key, string Value)[] options)
    {
        var all = new Dictionary<string, string>(QuickModels, StringComparer.Ordinal);
        foreach ((string key, string value) in options)
        {
            all[key] = value;
        }

        int order = int.Parse(runId[^1..], CultureInfo.InvariantCulture);
        return new RunRequest(runId, new DateTime(2024, 6, 1 + order, 12, 0, 0, DateTimeKind.Utc), "en", all);
    }

    public Task<RunOutcome> RunAsync(string runId, params (string Key, string Value)[] options) => RunAsync(Request(runId, options), 1);

    public Task<RunOutcome> RunAsync(RunRequest request, int maxConcurrency) =>
        new InProcessRunner(Activities, Runs, maxConcurrency).RunAsync(request, TestContext.Current.CancellationToken);

    /// <summary>Lookups that see every flip of the pointer at once, on the day of the latest run that tests make.</summary>
    public SegmentLookup Lookup(params string[] erased)
    {
        var clock = new FixedClock(new DateTimeOffset(2024, 6, 30, 0, 0, 0, TimeSpan.Zero));
        return new SegmentLookup(new CurrentRun(Storage, clock, TimeSpan.Zero), Segments, new MemoryErasedCustomers(erased), clock);
    }

    public string Result(string runId, string name) => Runs[RunBlobs.Result(runId, name)];

    /// <summary>The results that must not depend on how a run came about.</summary>
    public string Results(string runId) => string.Join(
        "\n---\n", new[] { "customers.csv", "profiles.json", "model-selection.json", "ledger.json", "rejects.csv", "quality.json", "report.html", "manifest.json" }
            .Select(name => name + "\n" + Result(runId, name)));

    /// <summary>Everything that is stored, as text.</summary>
    public string Everything()
    {
        var text = new StringBuilder();
        foreach (MemoryContainer container in (MemoryContainer[])[Clean, Runs, Quarantine])
        {
            foreach ((string name, byte[] bytes) in container.Snapshot())
            {
                text.Append(name).Append(' ').AppendLine(Convert.ToBase64String(bytes));
            }
        }

        return text.AppendJoin('\n', Segments.Snapshot()).ToString();
    }

    public void Drop(string name, string rows) => Uploads[name] = Header + rows;

    /// <summary>Three files of thirty customers in three clear groups, with every kind of row.</summary>
    public Store WithThreeGroups()
    {
        StringBuilder[] files = [new(), new(), new()];
        for (int i = 0; i < 30; i++)
        {
            (int orders, int price, int month) = (i % 3) switch { 0 => (1, 5, 1), 1 => (5, 20, 3), _ => (12, 300, 5) };
            for (int order = 0; order < orders; order++)
            {
                files[(i + order) % 3].Append(CultureInfo.InvariantCulture, $"{1000 + (i * 20) + order},A{order % 4},Lamp,1,2024-0{month}-10 10:00:00,{price}.{i:D2},k{i},UK\n");
            }
        }

        files[0].Append("9001,A1,Lamp,1,2024-01-05 10:00:00,2.50,,UK\n9002,POST,Postage,1,2024-01-05 10:00:00,3.00,k1,UK\n");
        files[1].Append("C9003,A1,Lamp,-1,2024-05-06 10:00:00,2.50,k2,UK\n9004,A1,Lamp,0,2024-01-05 10:00:00,2.50,k2,UK\n");
        files[2].Append("9005,A1,Lamp,1,2024-05-10 10:00:00,2.50,k2,UK\n9005,A1,Lamp,1,2024-05-10 10:00:00,2.50,k2,UK\nbroken\n");
        Drop("2024/a.csv", files[0].ToString());
        Drop("2024/b.csv", files[1].ToString());
        Drop("c.csv", files[2].ToString());
        Uploads["notes.txt"] = "this is no table";
        Uploads["customers/attributes.csv"] = "id,age\nk1,30\n";
        Uploads[".hidden.csv"] = Header;
        return this;
    }

    /// <summary>Time stands still for measured seconds, and goes on for dates, so that a date that is taken twice shows.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private int _asked;

        public override long GetTimestamp() => 0;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2024, 6, 30, 0, 0, 0, TimeSpan.Zero).AddSeconds(Interlocked.Increment(ref _asked));
    }

    private sealed class PlainReport : IRunReport
    {
        public string Render(RunReport run) =>
            $"{run.RunId} {run.AsOf:O} {run.Customers} {run.Excluded} {run.Revenue} {run.Uploads.Count} {run.Total.All} {string.Join(' ', run.Sales.ByDay)} {run.HeldBack}";
    }
}
