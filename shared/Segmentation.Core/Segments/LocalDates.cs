using System.Globalization;

namespace Segmentation.Core.Segments;

/// <summary>Dates as people read them in a sentence. The formats are fixed here, so every machine writes the same bytes; data files keep ISO.</summary>
public static class LocalDates
{
    private static readonly string[] RussianMonths =
    [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ];

    /// <summary><c>10 December 2011</c>; <c>10 декабря 2011 г.</c></summary>
    public static string InFull(DateOnly date, Language language) => language.Pick(
        date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{date.Day} {RussianMonths[date.Month - 1]} {date.Year} г."));
}
