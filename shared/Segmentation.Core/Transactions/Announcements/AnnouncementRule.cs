using System.Globalization;
using System.Text;

namespace Segmentation.Core.Transactions;

/// <summary>Decides what the rejected rows of a table have to announce.</summary>
/// <remarks>
/// Announced is what a row does not show by itself, since a person may drop any of the rows again, corrected in any way: the order of day
/// and month, bare digits as dates, decimal commas, a code page, columns that no name gives. A file with ISO dates, decimal points and names
/// that are known announces nothing, but where a rejected row speaks for another form.
/// </remarks>
internal static class AnnouncementRule
{
    private static readonly byte[] Detectable = [.. ",;\t| "u8];
    private static readonly TransactionField[] Fields = Enum.GetValues<TransactionField>();

    /// <summary>The line without its end, or nothing.</summary>
    /// <param name="dialect">How the table was read.</param>
    /// <param name="encoding">The web name of the encoding in which the rows are written.</param>
    /// <param name="strays">What rejected rows say.</param>
    public static string Of(DetectedDialect dialect, string encoding, StrayValues strays)
    {
        var values = new List<(string Key, string Value)>();
        if (TextDecoding.Declared(encoding) is not (UTF8Encoding or UnicodeEncoding or UTF32Encoding or ASCIIEncoding))
        {
            values.Add((Announcement.EncodingKey, encoding));
        }

        AddColumns(dialect, values);
        AddDates(dialect, strays, values);
        if (dialect.DecimalSeparator == ',' || dialect.Delimiter == ';' || strays.HaveNumbers
            || dialect.Confidence[Announcement.DecimalSeparatorKey] is Confidence.Guess or Confidence.Announced)
        {
            values.Add((Announcement.DecimalSeparatorKey, Announcement.WordOf(dialect.DecimalSeparator)));
        }

        return AnnouncementLine.Write(values);
    }

    private static void AddDates(DetectedDialect dialect, StrayValues strays, List<(string Key, string Value)> values)
    {
        DateOrder order = dialect.Dates.Order;
        bool showsItself = (order == DateOrder.YearMonthDay && !dialect.Dates.HasShortYear) || order is DateOrder.DayNameYear or DateOrder.NameDayYear;
        if (!showsItself || strays.HaveDates || dialect.Confidence[Announcement.DateFormatKey] == Confidence.Announced)
        {
            values.Add((Announcement.DateFormatKey, DatePattern.OfDate(dialect.Dates)));
        }

        if (dialect.IsSheet && order != DateOrder.YearMonthDay)
        {
            values.Add((Announcement.IsoDatesKey, Announcement.Yes));
        }
    }

    private static void AddColumns(DetectedDialect dialect, List<(string Key, string Value)> values)
    {
        ColumnMapping columns = dialect.Columns;
        ColumnMapping? named = dialect.ByName;
        bool isNamed = named is { IsComplete: true };

        // Whether a total is the line's is told by comparing rows, of which too few may be left.
        (string Key, string Value)[] told =
        [
            .. Fields.Where(field => columns[field] != (named?[field] ?? -1) || (columns[field] >= 0 && (!isNamed || field == TransactionField.Amount)))
                .Select(field => (ColumnMapping.OptionName(field), columns[field] < 0 ? Announcement.None : Text(columns[field] + 1))),
        ];
        bool isDetectable = Detectable.Contains(dialect.Delimiter);
        if (!isNamed || !isDetectable)
        {
            values.Add((Announcement.DelimiterKey, Announcement.WordOf(dialect.Delimiter)));
        }

        if (!isNamed)
        {
            values.Add((Announcement.HeaderKey, dialect.HasHeader ? Announcement.Yes : Announcement.No));
        }

        if (told.Length > 0 || !isDetectable)
        {
            values.Add((Announcement.ColumnsKey, Text(columns.Count)));
            values.AddRange(told);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
