namespace Segmentation.Core.Synthetic;

/// <summary>Turns the share of rows already written into a wall time, by how busy each day is. Calls must not go back.</summary>
internal sealed class ShopCalendar
{
    private const int OpeningSecond = 8 * 3600;
    private const int OpenSeconds = 10 * 3600;

    private static readonly int[] MonthWeights = [60, 55, 70, 65, 75, 75, 75, 70, 95, 105, 140, 120];

    // Sunday first; closed on Saturdays.
    private static readonly int[] WeekdayWeights = [60, 95, 105, 100, 115, 85, 0];

    private readonly DateOnly _start;
    private readonly long _rows;
    private readonly long[] _before = new long[SyntheticShop.Days + 1];
    private int _day;

    public ShopCalendar(DateOnly start, long rows)
    {
        _start = start;
        _rows = rows;
        for (int day = 0; day < SyntheticShop.Days; day++)
        {
            _before[day + 1] = _before[day] + Weight(start.AddDays(day));
        }
    }

    /// <summary>The time at which row <paramref name="row" /> (from 0) is written.</summary>
    public DateTime TimeOf(long row)
    {
        long position = checked(row * _before[^1]);
        while (position >= _before[_day + 1] * _rows)
        {
            _day++;
        }

        double share = (double)(position - (_before[_day] * _rows)) / ((_before[_day + 1] - _before[_day]) * _rows);

        // A second before closing at the latest, whatever the division rounds to.
        int second = Math.Min((int)(share * OpenSeconds), OpenSeconds - 1);
        return _start.AddDays(_day).ToDateTime(TimeOnly.MinValue).AddSeconds(OpeningSecond + second);
    }

    public static bool IsSeason(DateTime time) => time.Month >= 10;

    private static int Weight(DateOnly date)
    {
        bool isHoliday = date is { Month: 12, Day: >= 24 } or { Month: 1, Day: <= 3 };
        return isHoliday ? 0 : MonthWeights[date.Month - 1] * WeekdayWeights[(int)date.DayOfWeek];
    }
}
