using Microsoft.Extensions.Logging;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.LocalHost.Serving;

/// <summary>Looks at the uploads and at the schedule once a second, and asks for runs.</summary>
internal sealed class WatchLoop
{
    /// <summary>The part of the host's health that is about uploads.</summary>
    public const string UploadsPart = "watch";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstHold = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxHold = TimeSpan.FromHours(1);

    private readonly SegmentationStorage _storage;
    private readonly IReadOnlyDictionary<string, string> _options;
    private readonly UploadWatch _watch;
    private readonly RunLoop _runs;
    private readonly RunTimer _timer;
    private readonly HostHealth _health;
    private readonly TimeProvider _clock;
    private readonly ILogger<WatchLoop> _logger;
    private UploadObservation? _seen;
    private UploadObservation? _asked;
    private DateTime _askAgainAt;
    private TimeSpan _hold = FirstHold;
    private DateTime _waitingSince;
    private bool _caughtUp;
    private volatile bool _changed;

    /// <summary>A loop that asks another for runs.</summary>
    public WatchLoop(
        SegmentationStorage storage, SegmentationOptions options, RunLoop runs, HostHealth health, TimeProvider clock, ILogger<WatchLoop> logger)
    {
        _storage = storage;
        _options = OptionCatalog.Describe(options);
        _watch = new UploadWatch(storage, options);
        _runs = runs;
        _timer = new RunTimer(options.Workflow.Schedule);
        _health = health;
        _clock = clock;
        _logger = logger;
        _waitingSince = Now;
        runs.StoreChanged += (_, _) => _changed = true;
    }

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    /// <summary>Looks until it is stopped.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        using var period = new PeriodicTimer(Period, _clock);
        do
        {
            string? fault = null;
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (Exception caught) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, looking goes on, and health says what is wrong.
                fault = caught.Message;
            }

            if (_health.Say(UploadsPart, fault))
            {
                Tell(fault);
            }
        }
        while (await period.WaitForNextTickAsync(cancellationToken));
    }

    private void Tell(string? fault)
    {
        if (fault is null)
        {
            HostLog.WatchIsWell(_logger);
        }
        else
        {
            HostLog.WatchFailed(_logger, fault);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_changed)
        {
            _changed = false;
            _watch.Forget();
        }

        if (!_caughtUp)
        {
            await CatchUpAsync(cancellationToken);
            _caughtUp = true;
        }

        DateTime now = Now;
        UploadObservation look = await _watch.LookAsync(now, cancellationToken);
        if (look.Pending.Count > 0 && _seen?.SeesTheSameAs(look) != true)
        {
            HostLog.UploadsSeen(_logger, look.Pending.Count, look.Pending.MaxBy(upload => upload.Since)!.Name);
        }

        _seen = look;
        // While a run goes on, what has arrived since waits for its end.
        // What a run that ended during the look has cleaned is looked at again first.
        if (look.WantsRun && _runs.IsIdle && !_changed && MayAsk(look, now))
        {
            await _runs.RequestRunAsync(RunCause.Uploads, cancellationToken);
            Asked(look, now);
        }

        if (_timer.IsDue(_waitingSince, now))
        {
            await AskByScheduleAsync(now, cancellationToken);
        }
    }

    // The same uploads in the same state again: the run that was to clean them has not. It is asked for again later and later.
    private bool MayAsk(UploadObservation look, DateTime now)
    {
        return _asked?.SeesTheSameAs(look) != true || now >= _askAgainAt;
    }

    private void Asked(UploadObservation look, DateTime now)
    {
        TimeSpan longer = _hold * 2 < MaxHold ? _hold * 2 : MaxHold;
        _hold = _asked?.SeesTheSameAs(look) == true ? longer : FirstHold;
        _asked = look;
        _askAgainAt = now + _hold;
    }

    // What counts is when the last run was asked for, so a time that passed while no host was up is made up for, once.
    private async Task AskByScheduleAsync(DateTime now, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunRecord> runs = await _storage.Segments.ListRunsAsync(cancellationToken);
        if (runs.Count > 0 && _timer.IsDue(runs[0].RequestedAt ?? now, now))
        {
            await _runs.RequestRunAsync(RunCause.Schedule, cancellationToken);
        }

        _waitingSince = now;
    }

    // Waiting for the schedule counts from the last run, and options other than that run's ask for another.
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunRecord> runs = await _storage.Segments.ListRunsAsync(cancellationToken);
        if (runs.Count == 0)
        {
            return;
        }

        _waitingSince = runs[0].RequestedAt ?? _waitingSince;
        RunRequest? last = await InProcessRunner.FindRequestAsync(_storage.Runs, runs[0].RunId, cancellationToken);
        if (last is not null && !SameResults(last.Options, _options))
        {
            await _runs.RequestRunAsync(RunCause.Options, cancellationToken);
        }
    }

    // How the work is spread and kept changes no result.
    private static bool SameResults(IReadOnlyDictionary<string, string> last, IReadOnlyDictionary<string, string> now) =>
        now.All(option => option.Key.StartsWith("workflow.", StringComparison.Ordinal) || last.GetValueOrDefault(option.Key) == option.Value);
}
