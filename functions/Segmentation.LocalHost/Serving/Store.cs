using Microsoft.Extensions.Logging;
using Segmentation.Core.Api;
using Segmentation.Core.Erasure;
using Segmentation.Core.Options;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.LocalHost.Console;
using Segmentation.Reporting;
using Segmentation.Storage.Files;

namespace Segmentation.LocalHost.Serving;

/// <summary>A store in a folder with all that works on it: put together in one place.</summary>
internal sealed class Store : IDisposable
{
    private readonly RunRequests _requests;
    private readonly StepProgressWriter? _progress;

    private Store(SegmentationStorage storage, RunRequests requests, RunLoop runs, WatchLoop watch, SegmentationApi api, StepProgressWriter? progress)
    {
        Storage = storage;
        _requests = requests;
        Runs = runs;
        Watch = watch;
        Api = api;
        _progress = progress;
    }

    /// <summary>What is stored.</summary>
    public SegmentationStorage Storage { get; }

    /// <summary>What runs.</summary>
    public RunLoop Runs { get; }

    /// <summary>What watches.</summary>
    public WatchLoop Watch { get; }

    /// <summary>What answers.</summary>
    public SegmentationApi Api { get; }

    /// <summary>Opens a store whose lock is held.</summary>
    /// <exception cref="CommandFault">It cannot be used.</exception>
    public static async Task<Store> OpenAsync(CommandHost host, ServeOptions options, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        TimeProvider clock = host.Clock;
        SegmentationStorage storage = FolderStorage.Open(options.Data);
        try
        {
            FolderStorage.Sweep(options.Data);
            Directory.CreateDirectory(Path.Combine(options.Data, "uploads"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault(
                ExitCodes.Usage, $"--data: the store '{options.Data}' cannot be used ({fault.Message}); choose a folder that you may read and write.");
        }

        var health = new HostHealth();
        var current = new CurrentRun(storage, clock);
        var erased = new Tombstones(storage.Clean, clock);
        var requests = new RunRequests(storage.Segments, clock);
        var activities = new SegmentationActivities(storage, clock, new HtmlRunReport());
        StepProgressWriter? progress = options.ShowsProgress ? StepProgressWriter.For(host.Error) : null;
        var runs = new RunLoop(
            new RunLoopParts
            {
                Storage = storage,
                Requests = requests,
                Activities = activities,
                Options = options.Options,
                Language = options.Language,
                Threads = options.Options.Workflow.Threads ?? Math.Max(1, Environment.ProcessorCount - 1),
                Clock = clock,
                Retention = new RunRetention(storage),
                Current = current,
                Health = health,
                Progress = progress,
            },
            loggers.CreateLogger<RunLoop>());
        var watch = new WatchLoop(
            storage, new UploadWatch(storage, options.Options), runs, new RunTimer(options.Options.Workflow.Schedule), health, clock,
            loggers.CreateLogger<WatchLoop>());
        var lookup = new SegmentLookup(current, storage.Segments, erased, clock);
        var api = new SegmentationApi(
            new ApiPorts(
                storage, new StoredSegments(current, lookup), new StoredCustomers(storage, erased, clock), new StoredUploads(storage, clock), runs,
                new StoreHealth(options.Data, health), clock, SegmentationTelemetry.Version),
            loggers.CreateLogger<SegmentationApi>());
        await watch.CatchUpAsync(OptionCatalog.Describe(options.Options), cancellationToken);
        return new Store(storage, requests, runs, watch, api, progress);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Runs.Dispose();
        _requests.Dispose();
        _progress?.Dispose();
        (Storage.Segments as IDisposable)?.Dispose();
    }
}
