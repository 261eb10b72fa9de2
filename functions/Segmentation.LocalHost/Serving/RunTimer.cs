using NCrontab;

namespace Segmentation.LocalHost.Serving;

/// <summary>Says when the schedule asks for a run. Pure; a time that passed while no host was up is made up for once.</summary>
internal sealed class RunTimer
{
    private readonly CrontabSchedule? _schedule;

    /// <summary>A timer by a schedule of six NCrontab fields in UTC, or one that never asks.</summary>
    public RunTimer(string? schedule) =>
        _schedule = schedule is null ? null : CrontabSchedule.Parse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true });

    /// <summary>Whether a run is due.</summary>
    /// <param name="since">When the last run was asked for, or when waiting began.</param>
    /// <param name="now">The time.</param>
    public bool IsDue(DateTime since, DateTime now) => _schedule is not null && since < now && _schedule.GetNextOccurrence(since) <= now;
}
