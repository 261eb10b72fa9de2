namespace Segmentation.Functions.Tests.Engine;

/// <summary>A clock that goes on only when it is told to; timers fire on the way, in their order.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private long _ticks = now.UtcTicks;
    private TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public DateTimeOffset Now => new(GetTimestamp(), TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    /// <summary>When the next timer fires, or null.</summary>
    public DateTimeOffset? NextTimer => Next(_ => true);

    /// <summary>When the next timer fires that somebody waits for: no beat of something that goes on, and no limit of something; or null.</summary>
    public DateTimeOffset? NextWait => Next(timer => timer.IsWait);

    /// <summary>Completed when a timer is set next.</summary>
    public Task Armed
    {
        get
        {
            lock (_gate)
            {
                return _armed.Task;
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // A source of cancellations has a timer for the time that something may take at most.
        var timer = new Timer(this, () => callback(state), isLimit: state is CancellationTokenSource);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    public void AdvanceTo(DateTimeOffset time)
    {
        while (NextTimer is { } next && next <= time)
        {
            Volatile.Write(ref _ticks, Math.Max(_ticks, next.UtcTicks));
            Timer[] due;
            lock (_gate)
            {
                due = [.. _timers.Where(timer => timer.Due <= next.UtcTicks)];
            }

            foreach (Timer timer in due)
            {
                timer.Fire();
            }
        }

        Volatile.Write(ref _ticks, Math.Max(_ticks, time.UtcTicks));
    }

    private DateTimeOffset? Next(Func<Timer, bool> counts)
    {
        lock (_gate)
        {
            long next = _timers.Where(counts).Select(timer => timer.Due).DefaultIfEmpty(long.MaxValue).Min();
            return next == long.MaxValue ? null : new DateTimeOffset(next, TimeSpan.Zero);
        }
    }

    private void Arm()
    {
        TaskCompletionSource armed;
        lock (_gate)
        {
            armed = _armed;
            _armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        armed.SetResult();
    }

    private sealed class Timer(TestClock clock, Action fire, bool isLimit) : ITimer
    {
        private TimeSpan _period;

        public long Due { get; private set; } = long.MaxValue;

        public bool IsWait => !isLimit && _period <= TimeSpan.Zero;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock.GetTimestamp() + dueTime.Ticks;
            clock.Arm();
            return true;
        }

        public void Fire()
        {
            Due = _period <= TimeSpan.Zero ? long.MaxValue : Due + _period.Ticks;
            fire();
        }

        public void Dispose()
        {
            Due = long.MaxValue;
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
