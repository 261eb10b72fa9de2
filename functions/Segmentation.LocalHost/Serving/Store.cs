using Microsoft.Extensions.Logging;
using Segmentation.Core.Api;
using Segmentation.Core.Erasure;
using Segmentation.Core.Segments.Lookup;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;
using Segmentation.Reporting;

namespace Segmentation.LocalHost.Serving;

/// <summary>A store that is held, with all that works on it: put together in one place.</summary>
internal sealed class Store : IDisposable
{
    /// <summary>The part of the host's health that is about holding the store.</summary>
    public const string HoldPart = "hold of the store";

    private readonly RunRequests _requests;
    private readonly WatchLoop _watch;
    private readonly IStoreHold _hold;
    private readonly HostHealth _health;
    private readonly ILogger<Store> _logger;

    private Store(
        IStoreHold hold, HostHealth health, RunRequests requests, RunLoop runs, WatchLoop watch, SegmentationApi api, ILogger<Store> logger)
    {
        _hold = hold;
        _health = health;
        _watch = watch;
        _requests = requests;
        _logger = logger;
        Runs = runs;
        Api = api;
    }

    /// <summary>What is stored.</summary>
    public SegmentationStorage Storage => _hold.Storage;

    /// <summary>What runs.</summary>
    public RunLoop Runs { get; }

    /// <summary>What answers.</summary>
    public SegmentationApi Api { get; }

    /// <summary>Puts a store together.</summary>
    /// <param name="hold">The store; whoever took it lets it go.</param>
    /// <param name="options">How it is served.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="loggers">Makes what each part logs to.</param>
    public static Store Open(IStoreHold hold, ServeOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        SegmentationStorage storage = hold.Storage;
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
                new StoreHealth(hold, health), clock, SegmentationTelemetry.Version),
            loggers.CreateLogger<SegmentationApi>());
        return new Store(hold, health, requests, runs, watch, api, loggers.CreateLogger<Store>());
    }

    /// <summary>Watches and runs until it is stopped.</summary>
    /// <exception cref="CommandFault">Another process took the store.</exception>
    public Task WorkAsync(CancellationToken cancellationToken) => _hold.WorkAsync(WatchAndRunAsync, TellOfHold, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        Runs.Dispose();
        _requests.Dispose();
    }

    private void TellOfHold(string? fault)
    {
        _health.Say(HoldPart, fault);
        if (fault is null)
        {
            HostLog.HoldIsWell(_logger);
        }
        else
        {
            HostLog.HoldIsLost(_logger, fault);
        }
    }

    private async Task WatchAndRunAsync(CancellationToken cancellationToken)
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
}
