using Microsoft.Extensions.Logging;
using Segmentation.Core.Api;
using Segmentation.Core.Erasure;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Reporting;
using Segmentation.Storage.Files;

namespace Segmentation.LocalHost.Serving;

/// <summary>A store in a folder with all that works on it: put together in one place.</summary>
internal sealed class Store : IDisposable
{
    private readonly RunRequests _requests;
    private readonly WatchLoop _watch;

    private Store(
        SegmentationStorage storage, RunRequests requests, RunLoop runs, WatchLoop watch, SegmentationApi api)
    {
        _watch = watch;
        Storage = storage;
        _requests = requests;
        Runs = runs;
        Api = api;
    }

    /// <summary>What is stored.</summary>
    public SegmentationStorage Storage { get; }

    /// <summary>What runs.</summary>
    public RunLoop Runs { get; }

    /// <summary>What answers.</summary>
    public SegmentationApi Api { get; }

    /// <summary>Opens a store whose lock is held.</summary>
    /// <exception cref="CommandFault">It cannot be used.</exception>
    public static Store Open(CommandHost host, ServeOptions options, ILoggerFactory loggers)
    {
        TimeProvider clock = host.Clock;
        SegmentationStorage storage = FolderStorage.Open(options.Data, isDurable: true);
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
        var activities = new SegmentationActivities(storage, clock, new HtmlRunReport(), current, loggers.CreateLogger<SegmentationActivities>());
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
                Retention = new RunRetention(storage, current),
                Erasure = new CustomerErasure(storage, erased, clock),
                Health = health,
            },
            loggers.CreateLogger<RunLoop>());
        var watch = new WatchLoop(storage, options.Options, runs, health, clock, loggers.CreateLogger<WatchLoop>());
        var lookup = new SegmentLookup(current, storage.Segments, erased, clock);
        var api = new SegmentationApi(
            new ApiPorts(
                storage, new StoredSegments(current, lookup, clock), new StoredCustomers(storage, erased, clock), new StoredUploads(storage, clock), runs,
                new StoreHealth(options.Data, health), clock, SegmentationTelemetry.Version),
            loggers.CreateLogger<SegmentationApi>());
        return new Store(storage, requests, runs, watch, api);
    }

    /// <summary>Watches and runs until it is stopped.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] loops = [Runs.WorkAsync(stop.Token), _watch.WorkAsync(stop.Token)];
        try
        {
            // Neither ends by itself: one that does has failed, and the host with it.
            await await Task.WhenAny(loops);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Runs.Dispose();
        _requests.Dispose();
        (Storage.Segments as IDisposable)?.Dispose();
    }
}
