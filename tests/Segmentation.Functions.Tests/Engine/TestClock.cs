namespace Segmentation.Functions.Tests.Engine;

/// <summary>A clock that goes on only when it is told to; timers fire on the way, in their order.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private long _ticks = now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public DateTimeOffset Now => new(GetTimestamp(), TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    /// <summary>When the next timer fires, or null.</summary>
    public DateTimeOffset? NextTimer => Next(_ => true);

    /// <summary>When the next timer fires that somebody waits for, and that is no beat of something that goes on; or null.</summary>
    public DateTimeOffset? NextWait => Next(timer => !timer.IsPeriodic);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }

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

    private sealed class Timer(TestClock clock, Action fire) : ITimer
    {
        private TimeSpan _period;

        public long Due { get; private set; } = long.MaxValue;

        public bool IsPeriodic => _period > TimeSpan.Zero;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock.GetTimestamp() + dueTime.Ticks;
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
