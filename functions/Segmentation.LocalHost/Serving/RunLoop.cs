using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Segmentation.Core.Options;
using Segmentation.Core.Storage;
using Segmentation.Core.Workflow;

namespace Segmentation.LocalHost.Serving;

/// <summary>Runs what was asked for, one run at a time, and goes on with a run that was interrupted. Thread-safe.</summary>
internal sealed class RunLoop : IRunHost, IDisposable
{
    /// <summary>The part of the host's health that is about storage.</summary>
    public const string StoragePart = "runs of this host";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(1);

    private readonly RunLoopParts _parts;
    private readonly ILogger<RunLoop> _logger;
    private readonly ConcurrentDictionary<string, StepProgress> _progress = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0);
    private readonly SemaphoreSlim _storage = new(1, 1);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _interrupt;
    private int _changes;
    private CancellationToken _stop = CancellationToken.None;

    // What a host that was killed left: known after a first look. Touched by whoever holds the storage.
    private bool _isToBeMended = true;

    /// <summary>A loop over the parts of a host.</summary>
    public RunLoop(RunLoopParts parts, ILogger<RunLoop> logger)
    {
        _parts = parts;
        _logger = logger;
    }

    /// <summary>Raised after each run, and after each change of what is stored.</summary>
    public event EventHandler? StoreChanged;

    /// <summary>Whether no run goes on.</summary>
    public bool IsIdle => Volatile.Read(ref _interrupt) is null && Volatile.Read(ref _changes) == 0;

    /// <inheritdoc />
    public async Task<RunTicket> RequestRunAsync(RunCause cause, CancellationToken cancellationToken)
    {
        RunTicket ticket = await _parts.Requests.RequestAsync(cause, cancellationToken);
        _signal.Release();
        return ticket;
    }

    /// <inheritdoc />
    public ValueTask<StepProgress?> FindProgressAsync(string runId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<StepProgress?>(_progress.TryGetValue(runId, out StepProgress progress) ? progress : null);

    /// <inheritdoc />
    public async Task<RunTicket> ChangeAloneAsync(RunCause cause, Func<CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _changes);
        try
        {
            lock (_gate)
            {
                _interrupt?.Cancel();
            }

            await _storage.WaitAsync(cancellationToken);
            try
            {
                // Begun, it goes on to its end, whether the caller waits or not.
                RunTicket ticket = await _parts.Requests.RequestAsync(cause, _stop);
                _isToBeMended = true;
                await StartOverAsync(_stop);
                await change(_stop);
                _isToBeMended = false;
                return ticket;
            }
            finally
            {
                _storage.Release();
                StoreChanged?.Invoke(this, EventArgs.Empty);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _changes);
            _signal.Release();
        }
    }

    /// <summary>Works until it is stopped; a run in progress is left as it is recorded, and the next host goes on with it.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        _stop = cancellationToken;

        // Another host may have worked on the store since the last time.
        _isToBeMended = true;
        while (true)
        {
            if (Volatile.Read(ref _changes) > 0 || !await WorkOnceAsync(cancellationToken))
            {
                await _signal.WaitAsync(cancellationToken);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _signal.Dispose();
        _storage.Dispose();
    }

    // Storage that is full, not there for a while, or damaged is waited for: what was recorded of a run stays good, what can be read goes on
    // being answered, and health says what is wrong.
    private ResiliencePipeline Patience(string runId) => new ResiliencePipelineBuilder { TimeProvider = _parts.Clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(fault => fault is not OperationCanceledException),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstDelay,
            MaxDelay = MaxDelay,
            OnRetry = attempt =>
            {
                string message = attempt.Outcome.Exception!.Message;
                _parts.Health.Say(StoragePart, $"Run {runId} is held up: {message}");
                HostLog.RunHeldUp(_logger, runId, attempt.RetryDelay.TotalSeconds, message);
                return default;
            },
        })
        .Build();

    private async Task<bool> WorkOnceAsync(CancellationToken cancellationToken)
    {
        await _storage.WaitAsync(cancellationToken);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            lock (_gate)
            {
                _interrupt = interrupt;
            }

            if (Volatile.Read(ref _changes) > 0)
            {
                return false;
            }

            return await Patience("to come").ExecuteAsync(TakeAndRunAsync, interrupt.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A change of what is stored comes first; it signals when it is done.
            return false;
        }
        finally
        {
            lock (_gate)
            {
                _interrupt = null;
            }

            _storage.Release();
        }
    }

    private async ValueTask<bool> TakeAndRunAsync(CancellationToken cancellationToken)
    {
        if (_isToBeMended)
        {
            await MendAsync(cancellationToken);
        }

        if (await _parts.Requests.TakeAsync(_parts.Language, cancellationToken) is not { } run)
        {
            _parts.Health.Say(StoragePart, null);
            return false;
        }

        try
        {
            await Patience(run.RunId).ExecuteAsync(token => RunAsync(run, token), cancellationToken);
        }
        finally
        {
            _progress.TryRemove(run.RunId, out _);
        }

        _parts.Health.Say(StoragePart, null);
        StoreChanged?.Invoke(this, EventArgs.Empty);
        return true;
    }

    // An erasure that was cut off is finished before anything runs, and what a removal that was cut off left goes.
    private async Task MendAsync(CancellationToken cancellationToken)
    {
        if (await _parts.Erasure.IsPendingAsync(cancellationToken))
        {
            await _parts.Requests.RequestAsync(RunCause.Erasure, cancellationToken);
            await StartOverAsync(cancellationToken);
            await _parts.Erasure.ScrubAsync(cancellationToken);
        }

        await SweepAsync(cancellationToken);
        _isToBeMended = false;
    }

    private async ValueTask RunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        long start = _parts.Clock.GetTimestamp();
        try
        {
            RunRequest? begun = await InProcessRunner.FindRequestAsync(_parts.Storage.Runs, run.RunId, cancellationToken);
            if (begun is null)
            {
                HostLog.RunBegins(_logger, run.RunId, run.Cause);
            }
            else
            {
                HostLog.RunGoesOn(_logger, run.RunId);
            }

            RunRequest request = begun ?? new RunRequest(
                run.RunId, run.RequestedAt!.Value, run.Language, OptionCatalog.Describe(_parts.Options), OnlySettled: true);
            var progress = new SynchronousProgress(value => _progress[run.RunId] = value);
            var runner = new InProcessRunner(_parts.Activities, _parts.Storage.Runs, _parts.Threads, progress);
            RunOutcome outcome = await runner.RunAsync(request, cancellationToken);
            await EndAsync(run.RunId, outcome, _parts.Clock.GetElapsedTime(start), cancellationToken);
        }
        catch (Exception fault) when (fault is not (IOException or UnauthorizedAccessException) && !cancellationToken.IsCancellationRequested)
        {
            HostLog.RunFailed(_logger, run.RunId, fault.Message, fault);
            await _parts.Requests.EndAsync(run.RunId, RunStatus.Failed, fault.Message, cancellationToken);
        }

        await SweepAsync(cancellationToken);
    }

    private async Task EndAsync(string runId, RunOutcome outcome, TimeSpan taken, CancellationToken cancellationToken)
    {
        if (outcome.Status == RunStatus.NothingUsable)
        {
            const string message = "The uploads hold no purchase that counts.";
            HostLog.RunWithoutResults(_logger, runId, message);
            await _parts.Requests.EndAsync(runId, RunStatus.NothingUsable, message, cancellationToken);
            return;
        }

        HostLog.RunEnded(_logger, runId, taken.TotalSeconds, outcome.Customers, outcome.Clusters);
        if (!outcome.Activated)
        {
            HostLog.RunNotActivated(_logger, runId, outcome.Message ?? "");
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<string> removed = await _parts.Retention.SweepAsync(_parts.Options.Workflow.KeepRuns, cancellationToken);
            if (removed.Count > 0)
            {
                HostLog.RunsRemoved(_logger, string.Join(", ", removed));
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing depends on it.
            HostLog.SweepFailed(_logger, fault.Message);
        }
    }

    private async Task StartOverAsync(CancellationToken cancellationToken)
    {
        var restart = new RunRestart(_parts.Storage, _parts.Requests, _parts.Clock);
        foreach (string runId in await restart.RestartAsync(cancellationToken))
        {
            HostLog.RunStartsOver(_logger, runId);
        }
    }

    private sealed class SynchronousProgress(Action<StepProgress> report) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => report(value);
    }
}

/// <summary>What a loop of runs works with.</summary>
internal sealed record RunLoopParts
{
    public required SegmentationStorage Storage { get; init; }

    public required RunRequests Requests { get; init; }

    public required SegmentationActivities Activities { get; init; }

    public required SegmentationOptions Options { get; init; }

    public required string Language { get; init; }

    public required int Threads { get; init; }

    public required TimeProvider Clock { get; init; }

    public required RunRetention Retention { get; init; }

    public required Core.Erasure.CustomerErasure Erasure { get; init; }

    public required HostHealth Health { get; init; }
}
