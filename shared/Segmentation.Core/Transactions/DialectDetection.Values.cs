namespace Segmentation.Core.Transactions;

/// <content>What the values of columns say of the form of dates and numbers.</content>
internal sealed partial class DialectDetection
{
    private async Task<long> LookAsync(RecordReader reader, ColumnMapping columns, bool hasHeader, long maxRows, CancellationToken cancellationToken)
    {
        long rows = hasHeader ? -1 : 0;
        while (rows < maxRows)
        {
            switch (reader.Read())
            {
                case ReadOutcome.NeedMore:
                    await reader.FillAsync(cancellationToken);
                    break;
                case ReadOutcome.End:
                    return Math.Max(rows, 0);
                case ReadOutcome.Broken:
                    rows++;
                    break;
                default:
                    if (++rows > 0 && reader.FieldCount >= columns.Count)
                    {
                        Look(reader, columns, rows);
                    }

                    if (maxRows == long.MaxValue && rows % UploadSample.MaxRows == 0 && (_configuredDates is not null || _dates.IsSettled) && !_numbers.IsUnclear)
                    {
                        return rows;
                    }

                    break;
            }
        }

        return rows;
    }

    private void Look(RecordReader reader, ColumnMapping columns, long row)
    {
        _firstRowLine = row == 1 ? reader.Line : _firstRowLine;
        if (_configuredDates is null)
        {
            _dates.Add(reader.Field(columns[TransactionField.Date]));
        }

        foreach (TransactionField field in Numbers)
        {
            if (columns[field] >= 0)
            {
                _numbers.Add(reader.Field(columns[field]));
                _columnNumbers[field].Add(reader.Field(columns[field]));
            }
        }
    }

    private byte DecimalSeparator(byte delimiter, ColumnMapping columns)
    {
        _confidence["decimalSeparator"] = _read.DecimalSeparator is not null ? Given(import.DecimalSeparator is not null) : _numbers.Confidence;
        if (_read.DecimalSeparator is { } configured)
        {
            return configured is '.' or ','
                ? (byte)configured
                : throw new UnusableUploadException(
                    $"import.decimalSeparator '{configured}' is none; expected '.' or ','.", advice: "Correct import.decimalSeparator, or leave it out.");
        }

        byte decided = _numbers.Decide(delimiter);
        if (_numbers.IsUnclear)
        {
            warnings.Add(
                $"Numbers like 1,234 or 1.234 do not say whether they have thousands or decimals; '{(char)decided}' was taken as the decimal separator. "
                + "Set import.decimalSeparator if that is wrong.");
            return decided;
        }

        foreach (TransactionField field in Numbers.Where(field => columns[field] >= 0 && _columnNumbers[field].Contradicts(decided)))
        {
            char other = decided == (byte)',' ? '.' : ',';
            warnings.Add(
                $"Column {columns.ColumnName(field)} has numbers like 1{other}234, which look like decimals, while the other numbers of the file have '{(char)decided}' "
                + $"as the decimal separator: 1{other}234 was read as one thousand. If that is wrong, write all numbers of the file alike.");
        }

        return decided;
    }

    private DateFormat Dates(ColumnMapping columns)
    {
        if (_dates.Best is { } best)
        {
            _confidence["dateFormat"] = _dates.Confidence;
            if (_dates.IsUnclear)
            {
                string order = best.Order == DateOrder.MonthDayYear ? "month-first" : "day-first";
                warnings.Add(
                    $"No date in column {columns.ColumnName(TransactionField.Date)} says whether the day or the month comes first; {order} was taken. "
                    + "Set import.dateFormat if that is wrong.");
            }

            return best;
        }

        return _dates.Total == 0
            ? new DateFormat(DateOrder.YearMonthDay, (byte)'-')
            : throw new UnusableUploadException(
                $"Line {_firstRowLine}: no date in column {columns.ColumnName(TransactionField.Date)} is in a form that is known; "
                + "expected one like 2010-12-31 23:59, 31.12.2010, 12/31/2010 or 31-Dec-2010.",
                _firstRowLine,
                "Set import.dateFormat to the pattern of the dates (like 'dd.MM.yyyy HH:mm', or excel, or unix), or import.columns.date to another column.");
    }
}
